package interest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// StageLimit is how long a case may be in a stage.
type StageLimit struct {
	Stage       Stage
	WorkingDays int        // 0 until the faculty sets it
	ChangedAt   *time.Time // nil until then
	ChangedBy   string     // a staff account's id; "" until then
}

// StageLimits are those of the stages that end no case, in the order of the way
// through them.
type StageLimits []StageLimit

// Of gives the limit of a stage; one that ends a case has none.
func (limits StageLimits) Of(stage Stage) StageLimit {
	for _, l := range limits {
		if l.Stage == stage {
			return l
		}
	}
	return StageLimit{Stage: stage}
}

// Edition tells one state of the limits from another.
func (limits StageLimits) Edition() string {
	var days []string
	for _, l := range limits {
		days = append(days, strconv.Itoa(l.WorkingDays))
	}
	return strings.Join(days, " ")
}

// mostWorkingDays is about a year: more is a slip of the keyboard.
const mostWorkingDays = 250

// NewStageLimits is the form that sets the limits, as typed.
type NewStageLimits struct {
	Edition string           // of the limits that the form was made from
	Days    map[Stage]string // "" leaves a stage without a limit
}

// Number is what was typed for a stage; 0 where that is nothing, or no number.
func (n NewStageLimits) Number(stage Stage) int {
	days, _ := strconv.Atoi(validate.Line(n.Days[stage]))
	return days
}

// Validate says what is wrong, by the slugs of the stages.
func (n NewStageLimits) Validate() validate.Errors {
	var errs validate.Errors
	for _, info := range stages {
		if info.Ends || validate.Line(n.Days[info.Stage]) == "" {
			continue
		}
		if days := n.Number(info.Stage); days < 1 || days > mostWorkingDays {
			errs.Add(string(info.Stage), fmt.Sprintf("Enter the working days for “%s” as a whole number from 1 to %d, or leave them empty", info.Name, mostWorkingDays))
		}
	}
	return errs
}

// changes are the limits that the form would change.
func (n NewStageLimits) changes(limits StageLimits) StageLimits {
	var changes StageLimits
	for _, l := range limits {
		if days := n.Number(l.Stage); days != l.WorkingDays {
			changes = append(changes, StageLimit{Stage: l.Stage, WorkingDays: days})
		}
	}
	return changes
}

// ErrLimitsChanged is a form for limits that somebody changed since it was made.
var ErrLimitsChanged = fmt.Errorf("the times of the stages changed since they were opened: %w", fault.Conflict)

// StageLimits gives how long a case may be in each stage.
func (s *Store) StageLimits(ctx context.Context) (StageLimits, error) {
	limits, err := readLimits(ctx, s.DB, "")
	if err != nil {
		return nil, fmt.Errorf("reading how long stages may take: %w", err)
	}
	return limits, nil
}

func readLimits(ctx context.Context, db postgres.DB, lock string) (StageLimits, error) {
	found, err := postgres.List[StageLimit](ctx, db, `
		select stage, coalesce(working_days, 0) as working_days, changed_at, coalesce(changed_by::text, '') as changed_by
		from stage_limit order by stage `+lock)
	var limits StageLimits
	for _, info := range stages {
		if !info.Ends {
			limits = append(limits, StageLimits(found).Of(info.Stage))
		}
	}
	return limits, err
}

// SetStageLimits sets how long a case may be in each stage. A form that was made
// from other limits gives ErrLimitsChanged, unless it changes nothing: the same
// form again does nothing.
func (s *Store) SetStageLimits(ctx context.Context, by By, n NewStageLimits) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		limits, err := readLimits(ctx, tx, `for update`)
		if err != nil {
			return err
		}
		if n.Validate().Any() {
			return fault.Invalid
		}
		changes := n.changes(limits)
		if len(changes) > 0 && n.Edition != limits.Edition() {
			return ErrLimitsChanged
		}
		for _, change := range changes {
			if err := s.setLimit(ctx, tx, by, change); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("setting how long stages may take: %w", err)
	}
	return nil
}

func (s *Store) setLimit(ctx context.Context, tx pgx.Tx, by By, l StageLimit) error {
	_, err := tx.Exec(ctx, `update stage_limit set working_days = nullif($2, 0), changed_at = $3, changed_by = $4 where stage = $1`,
		l.Stage, l.WorkingDays, s.now(), by.StaffID)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{
		ActorKind: audit.Staff, ActorID: by.StaffID, Action: "stage-limit.set",
		SubjectKind: "stage", SubjectID: string(l.Stage), Outcome: audit.Done, RequestID: by.RequestID,
	})
}

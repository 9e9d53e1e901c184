package retention

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Store keeps the periods and the record of what was deleted. Every exported
// method is one transaction, a savepoint where DB is a transaction.
type Store struct {
	DB  postgres.DB
	Now func() time.Time
}

// Rules gives the rules of every kind.
func (s *Store) Rules(ctx context.Context) (Rules, error) {
	rules, err := postgres.List[Rule](ctx, s.DB, selectRule+` order by position`)
	if err != nil {
		return nil, fmt.Errorf("reading the periods of keeping: %w", err)
	}
	return rules, nil
}

const selectRule = `
	select kind, unit, period, least, most, changed_at, coalesce(changed_by::text, '') as changed_by from retention`

// Set sets another period. One that somebody else changed since it was seen
// gives ErrChanged, one beyond its bounds an Invalid fault.
func (s *Store) Set(ctx context.Context, by By, c Change) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		r, err := postgres.One[Rule](ctx, tx, selectRule+` where kind = $1 for update`, c.Kind)
		if err != nil {
			return err
		}
		if r.Period != c.Seen {
			return ErrChanged
		}
		if !r.Choice() || c.Validate(r).Any() {
			return fault.Invalid
		}
		_, err = tx.Exec(ctx, `update retention set period = $2, changed_at = $3, changed_by = $4 where kind = $1`,
			c.Kind, c.Number(), s.Now().UTC(), by.StaffID)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Staff, ActorID: by.StaffID, Action: "retention.set",
			SubjectKind: "retention", SubjectID: string(c.Kind), Outcome: audit.Done, RequestID: by.RequestID,
		})
	})
	if err != nil {
		return fmt.Errorf("setting how long %s is kept: %w", c.Kind, err)
	}
	return nil
}

// Record keeps how much a rule deleted, or would have. What a rule deletes in
// several transactions is recorded in each, with the time of the run.
func (s *Store) Record(ctx context.Context, k Kind, dry bool, rows int64) error {
	_, err := s.DB.Exec(ctx, `insert into retention_run (rule, at, dry, rows) values ($1, $2, $3, $4)`, k, s.Now().UTC(), dry, rows)
	if err != nil {
		return fmt.Errorf("recording a run of %s: %w", k, err)
	}
	return nil
}

// Latest is the latest run of a rule that deleted, and what it deleted lately.
type Latest struct {
	Rule   Kind
	At     time.Time
	Rows   int64 // of that run
	Lately int64 // of all runs of the last 30 days
}

// Latest gives the latest run of each rule that has run.
func (s *Store) Latest(ctx context.Context) (map[Kind]Latest, error) {
	list, err := postgres.List[Latest](ctx, s.DB, `
		select distinct on (rule) rule, at, (sum(rows) over (partition by rule, at))::bigint as rows,
			coalesce(sum(rows) filter (where at > $1) over (partition by rule), 0)::bigint as lately
		from retention_run
		where not dry
		order by rule, at desc, id desc`, s.Now().AddDate(0, 0, -30))
	if err != nil {
		return nil, fmt.Errorf("reading the runs of retention: %w", err)
	}
	latest := map[Kind]Latest{}
	for _, one := range list {
		latest[one.Rule] = one
	}
	return latest, nil
}

// RunRow is one run of a rule.
type RunRow struct {
	Rule Kind
	At   time.Time
	Dry  bool
	Rows int64
}

// Runs gives the newest runs that found something, at most limit of them.
func (s *Store) Runs(ctx context.Context, limit int) ([]RunRow, error) {
	list, err := postgres.List[RunRow](ctx, s.DB, `
		select rule, at, dry, sum(rows)::bigint as rows from retention_run where rows > 0
		group by rule, at, dry order by at desc, max(id) desc limit $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the runs of retention: %w", err)
	}
	return list, nil
}

// PurgeRuns deletes the record of runs of before a time, and says how many.
func (s *Store) PurgeRuns(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from retention_run where at < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("purging runs of retention: %w", err)
	}
	return tag.RowsAffected(), nil
}

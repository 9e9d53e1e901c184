package report

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// countLate counts what each has to do, and what is late in each stage.
func (s *Store) countLate(ctx context.Context, tx pgx.Tx, f *Figures) error {
	today := workday.DayOf(f.MadeAt).Time()
	var err error
	f.Loads, err = postgres.List[Load](ctx, tx, `
		select coalesce(assignee_id::text, '') as staff_id, count(*) as open, count(*) filter (where due_on < $1) as late
		from expression where not stage_ends(stage) and set_aside_at is null
		group by assignee_id order by open desc, assignee_id`, today)
	if err != nil {
		return err
	}
	late, err := postgres.List[interest.StageCount](ctx, tx, `
		select stage, count(*) as count from expression where due_on < $1 and set_aside_at is null group by stage`, today)
	of := map[interest.Stage]int{}
	for _, one := range late {
		of[one.Stage] = one.Count
	}
	for _, info := range interest.Stages() {
		if !info.Ends {
			f.Late = append(f.Late, interest.StageCount{Stage: info.Stage, Count: of[info.Stage]})
		}
	}
	if err != nil {
		return err
	}
	return tx.QueryRow(ctx, `select exists (select from stage_limit where working_days is not null)`).Scan(&f.Limited)
}

// Own is what concerns one member of staff, as it is now.
type Own struct {
	Open int // cases assigned to them that have not ended
	Late int // of these
	New  int // expressions received since yesterday began, whoever works on them

	Since updating.Date `db:"-"` // yesterday
}

// Own counts what concerns a member of staff.
func (s *Store) Own(ctx context.Context, staffID string) (Own, error) {
	today := workday.DayOf(s.Now())
	yesterday := today.AddDays(-1)
	own, err := postgres.One[Own](ctx, s.DB, `
		select count(*) as open, count(*) filter (where due_on < $2) as late,
			(select count(*) from expression where queue in ('ours', 'returner', 'on-hold', 'ended')
				and received_at >= ($3::date::timestamp at time zone 'Europe/London')) as new
		from expression where assignee_id = $1 and queue in ('ours', 'returner', 'on-hold')`,
		staffID, today.Time(), yesterday.Time())
	if err != nil {
		return Own{}, fmt.Errorf("counting what concerns one member of staff: %w", err)
	}
	own.Since = yesterday
	return own, nil
}

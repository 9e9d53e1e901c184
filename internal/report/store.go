package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Store makes the figures and keeps the last ones, so that a page need not count
// every case.
type Store struct {
	DB  postgres.DB
	Now func() time.Time
}

// How old figures may be.
const (
	// oldest is the age at which figures are made again even where nothing
	// happened: with a day, something may be late.
	oldest = 5 * time.Minute
	// cheap is how long making them may take for somebody to wait for it.
	cheap = 100 * time.Millisecond
	// share is how small a part of the time may go into making them.
	share = 100
)

// kept is the row of the last figures.
type kept struct {
	MadeAt  time.Time
	TookMs  int64
	Mark    int64 // the last event that they know
	Latest  int64 // the last event that there is
	Figures Figures
}

func (k kept) took() time.Duration { return time.Duration(k.TookMs) * time.Millisecond }

// stale reports whether the figures are worth making again.
func (k kept) stale(now time.Time) bool {
	age := now.Sub(k.MadeAt)
	return age >= share*k.took() && (k.Mark != k.Latest || age >= oldest)
}

const selectLatest = `select coalesce(max(id), 0) from event`

// Latest gives the figures for a page: as they are now where counting is cheap,
// otherwise as they were made last.
func (s *Store) Latest(ctx context.Context) (Figures, error) {
	last, err := s.last(ctx)
	if errors.Is(err, fault.NotFound) || err == nil && last.took() < cheap && (last.Mark != last.Latest || last.stale(s.Now())) {
		return s.Make(ctx)
	}
	if err != nil {
		return Figures{}, fmt.Errorf("reading the figures: %w", err)
	}
	return last.Figures, nil
}

// Refresh makes the figures again where they are stale, and says whether.
func (s *Store) Refresh(ctx context.Context) (bool, error) {
	last, err := s.last(ctx)
	if err == nil && !last.stale(s.Now()) {
		return false, nil
	}
	if err != nil && !errors.Is(err, fault.NotFound) {
		return false, fmt.Errorf("reading the figures: %w", err)
	}
	_, err = s.Make(ctx)
	return err == nil, err
}

func (s *Store) last(ctx context.Context) (kept, error) {
	return postgres.One[kept](ctx, s.DB, `select made_at, took_ms, mark, (`+selectLatest+`) as latest, figures from report`)
}

// Make counts everything and keeps it.
func (s *Store) Make(ctx context.Context) (Figures, error) {
	var f Figures
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		begun := time.Now()
		var mark int64
		if err := tx.QueryRow(ctx, selectLatest).Scan(&mark); err != nil {
			return err
		}
		var err error
		if f, err = s.count(ctx, tx); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into report (made_at, took_ms, mark, figures) values ($1, $2, $3, $4)
			on conflict (only_row) do update set made_at = excluded.made_at, took_ms = excluded.took_ms, mark = excluded.mark, figures = excluded.figures`,
			f.MadeAt, time.Since(begun).Milliseconds(), mark, f)
		return err
	})
	if err != nil {
		return Figures{}, fmt.Errorf("making the figures: %w", err)
	}
	return f, nil
}

func (s *Store) count(ctx context.Context, tx pgx.Tx) (Figures, error) {
	now := s.Now()
	f := Figures{MadeAt: now}
	var err error
	if f.Cohorts, err = cohorts(ctx, tx); err != nil {
		return f, err
	}
	if f.Stages, err = (&interest.Store{DB: tx, Now: s.Now}).Counts(ctx); err != nil {
		return f, err
	}
	if f.Times, err = stageTimes(ctx, tx, now); err != nil {
		return f, err
	}
	f.Public = f.conceal()
	return f, s.countLate(ctx, tx, &f)
}

type cohortRow struct {
	Profession                                     string
	Quarter                                        time.Time
	Received, Contacted, Placed, Updated, Returned int
}

// cohorts counts how far expressions came, by profession and quarter. Events say
// it of those that are there, and what was kept of it of those that were erased.
func cohorts(ctx context.Context, tx pgx.Tx) ([]Cohort, error) {
	rows, err := postgres.List[cohortRow](ctx, tx, `
		select profession, quarter, count(*) as received, count(*) filter (where contacted) as contacted,
			count(*) filter (where placed) as placed, count(*) filter (where updated) as updated,
			count(*) filter (where returned) as returned
		from (
			select x.profession, date_trunc('quarter', x.received_at at time zone 'Europe/London')::date as quarter,
				r.contacted, r.placed, r.updated, r.returned
			from expression x left join (
				select expression_id, bool_or(to_stage = 'contacted') as contacted, bool_or(to_stage = 'updating') as placed,
					bool_or(to_stage = 'applied-to-regulator') as updated, bool_or(to_stage = 'returned') as returned
				from event where kind = 'moved' group by expression_id) r on r.expression_id = x.id
			where x.set_aside_at is null
			union all
			select g.profession, date_trunc('quarter', g.received_month)::date,
				bool_or(s.stage = 'contacted'), bool_or(s.stage = 'updating'), bool_or(s.stage = 'applied-to-regulator'), bool_or(s.stage = 'returned')
			from erased_expression g left join erased_stage s on s.erased_id = g.id group by g.id
		) every
		group by profession, quarter order by profession, quarter`)
	found := make([]Cohort, len(rows))
	for i, r := range rows {
		found[i] = Cohort{Profession: r.Profession, Quarter: updating.DateOf(r.Quarter),
			Reached: Reached{r.Received, r.Contacted, r.Placed, r.Updated, r.Returned}}
	}
	return found, err
}

// stageTimes works out the median of the working days that cases were in each
// stage, of the stays that ended in the last twelve months. The day on which a
// case came to a stage does not count, the day on which it left it does. A
// spreadsheet says when a case came to its last stage alone: what was before it
// was imported counts as no stay, and neither does what is set aside.
func stageTimes(ctx context.Context, tx pgx.Tx, now time.Time) ([]StageTime, error) {
	found, err := postgres.List[StageTime](ctx, tx, `
		with stay as (
			select to_stage as stage, at as came, lead(at) over (partition by expression_id order by id) as went
			from (select id, expression_id, coalesce(to_stage, 'received') as to_stage, at from event where kind in ('received', 'moved')) e
				left join (select expression_id, id as came from event where kind = 'imported') i using (expression_id)
			where (i.came is null or e.id > i.came) and expression_id not in (select id from expression where set_aside_at is not null)
		), ended as (
			select stage, (came at time zone 'Europe/London')::date as came, (went at time zone 'Europe/London')::date as went
			from stay where went >= $1
		), calendar as (
			select d::date as day, count(*) filter (where extract(isodow from d) < 6 and h.day is null) over (order by d) as number
			from generate_series((select min(came) from ended), $2::date, interval '1 day') d
			left join bank_holiday h on h.day = d::date
		)
		select stage, percentile_disc(0.5) within group (order by w.number - c.number)::int as median, count(*)::int as stays
		from ended join calendar c on c.day = came join calendar w on w.day = went
		group by stage`, now.AddDate(-1, 0, 0), workday.DayOf(now).Time())
	of := map[interest.Stage]StageTime{}
	for _, one := range found {
		of[one.Stage] = one
	}
	var times []StageTime
	for _, info := range interest.Stages() {
		if one, ok := of[info.Stage]; ok && !info.Ends {
			times = append(times, one)
		}
	}
	return times, err
}

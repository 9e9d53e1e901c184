package interest

import (
	"context"
	"slices"
	"time"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// clock is how the working days of a case's stage run, as the columns have it.
// The database keeps it while a case changes; here it is worked out for cases
// that are copied with their timeline.
type clock struct {
	used  int
	since updating.Date // no date while it is stopped
	due   updating.Date
}

// clocks are those of cases that are copied.
func (c *copier) clocks(ctx context.Context, cases []Case) ([]clock, error) {
	clocks := make([]clock, len(cases))
	stages, since, used := make([]string, len(cases)), make([]*time.Time, len(cases)), make([]int, len(cases))
	for i, one := range cases {
		clocks[i] = clockOf(one, c.holidays)
		stages[i], since[i], used[i] = string(one.Stage), dayColumn(clocks[i].since), clocks[i].used
	}
	// Many cases have the same clock: the day is worked out once for each.
	days, err := postgres.List[struct{ Due *time.Time }](ctx, c.tx, `
		with every as materialized (
			select * from unnest($1::text[], $2::date[], $3::integer[]) with ordinality e (stage, since, used, position)),
		due as materialized (
			select stage, since, used, due_day(stage, since, used) as due from (select distinct stage, since, used from every where since is not null) d)
		select due from every left join due using (stage, since, used) order by position`, stages, since, used)
	for i, day := range days {
		clocks[i].due = dateOf(day.Due)
	}
	return clocks, err
}

// clockOf replays the timeline of a case.
func clockOf(c Case, holidays []workday.Holiday) clock {
	began := DayOf(c.ReceivedAt)
	k := clock{since: began}
	asked, held := false, false
	for _, e := range slices.Backward(c.Events) { // the oldest first
		day, waited := DayOf(e.At), asked || held
		switch e.Kind {
		case EventAsked: // which ends a hold
			asked, held = true, false
		case EventAnswered, EventTakenBack:
			asked = false
		case EventHeld:
			held = true
		case EventResumed:
			held = false
		case EventMoved:
			began, k = day, clock{since: day}
			if e.To.Info().Ends {
				asked, held = false, false
			}
		}
		switch waits := asked || held; {
		case waits && e.Kind == EventMoved:
			k.since = updating.Date{}
		case waits && !waited:
			k.used += workday.Between(k.since, day.AddDays(-1), holidays)
			k.since = updating.Date{}
		case waited && !waits && e.Kind != EventMoved:
			// The day on which it is ours again counts, unless it is the stage's first.
			if k.since = day.AddDays(-1); k.since.Before(began) {
				k.since = began
			}
		}
	}
	if c.Stage.Info().Ends {
		k.since = updating.Date{}
	}
	return k
}

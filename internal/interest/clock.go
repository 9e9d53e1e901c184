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
	for i, one := range cases {
		clocks[i] = clockOf(one, c.holidays)
	}
	if err := c.learnDue(ctx, cases, clocks); err != nil {
		return nil, err
	}
	for i, one := range cases {
		clocks[i].due = c.due[running{one.Stage, clocks[i].used, clocks[i].since}]
	}
	return clocks, nil
}

// running is a clock that runs in a stage.
type running struct {
	stage Stage
	used  int
	since updating.Date
}

// learnDue asks when cases are due whose clock runs as none before: many have the
// same one.
func (c *copier) learnDue(ctx context.Context, cases []Case, clocks []clock) error {
	var unknown []running
	var stages []string
	var since []*time.Time
	var used []int
	for i, one := range cases {
		r := running{one.Stage, clocks[i].used, clocks[i].since}
		if _, known := c.due[r]; known || r.since.IsZero() {
			continue
		}
		c.due[r] = updating.Date{}
		unknown = append(unknown, r)
		stages, since, used = append(stages, string(r.stage)), append(since, dayColumn(r.since)), append(used, r.used)
	}
	if len(unknown) == 0 {
		return nil
	}
	days, err := postgres.List[struct{ Due *time.Time }](ctx, c.tx, `
		select due_day(stage, since, used) as due
		from unnest($1::text[], $2::date[], $3::integer[]) with ordinality clock (stage, since, used, position)
		order by position`, stages, since, used)
	for i, day := range days {
		c.due[unknown[i]] = dateOf(day.Due)
	}
	return err
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

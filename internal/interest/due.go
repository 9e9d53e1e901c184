package interest

import (
	"context"
	"fmt"
	"slices"

	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Due is the day by which a case should move on: so many working days after it
// came to its stage, those left out on which it waited for the returner or for
// a day. Zero days are no limit, and a case that waits now or has ended has
// none either: no date.
func (c Case) Due(workingDays int, holidays []workday.Holiday) updating.Date {
	if workingDays == 0 || c.Turn != Ours || c.Stage.Info().Ends {
		return updating.Date{}
	}
	day, waits := DayOf(c.StageSince), c.waits()
	if n := len(waits); n > 0 && waits[n-1].to.IsZero() {
		return updating.Date{} // the timeline says that it waits still
	}
	for left := workingDays; left > 0; {
		day = day.AddDays(1)
		if workday.Is(day, holidays) && !within(waits, day) {
			left--
		}
	}
	return day
}

// wait is a time during which a case was not ours to move on: from a day on, up
// to the day on which it became ours again, which counts.
type wait struct{ from, to updating.Date }

// waits are those since the case came to its stage, which may have begun before.
func (c Case) waits() []wait {
	var waits []wait
	asked, held := false, false
	for _, e := range slices.Backward(c.Events) { // the oldest first
		ours := !asked && !held
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
			if e.To.Info().Ends { // it waits for nobody any more
				asked, held = false, false
			}
		}
		switch {
		case ours && (asked || held):
			waits = append(waits, wait{from: DayOf(e.At)})
		case !ours && !asked && !held:
			waits[len(waits)-1].to = DayOf(e.At)
		}
	}
	return waits
}

func within(waits []wait, day updating.Date) bool {
	return slices.ContainsFunc(waits, func(w wait) bool {
		return !day.Before(w.from) && (w.to.IsZero() || day.Before(w.to))
	})
}

// DueDay is the day by which the faculty should move a case on, as it has set
// how long each stage may take; no date where it has not. A form that is not
// read yet is due by the time in which the faculty answers everybody, where its
// stage has no limit of its own.
func (s *Store) DueDay(ctx context.Context, c Case, replyWorkingDays int) (updating.Date, error) {
	limits, err := s.StageLimits(ctx)
	if err != nil {
		return updating.Date{}, err
	}
	holidays, err := workday.Store{DB: s.DB}.Holidays(ctx)
	if err != nil {
		return updating.Date{}, fmt.Errorf("working out when a case is due: %w", err)
	}
	days := limits.Of(c.Stage).WorkingDays
	if days == 0 && c.Stage == Received {
		days = replyWorkingDays
	}
	return c.Due(days, holidays), nil
}

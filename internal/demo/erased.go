package demo

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// What ended longer ago than it is kept was erased, as the portal does every
// hour: of the oldest cases only what counts need is left.

const (
	// longest is for how many days cases are open, but for few.
	longest = 550
	// rest is how many of those are still there that were sent so long ago.
	rest = .1
)

// oldest is the day from which on cases are still there.
func (w *world) oldest() updating.Date {
	day := interest.DayOf(w.keptSince).AddDays(-longest)
	if first := w.calendar.first; day.Before(first) {
		return first
	}
	return day
}

// stays is how likely it is that a case is still there that was sent on a day.
func (w *world) stays(day updating.Date) float64 {
	days := w.keptSince.Sub(day.Time()).Hours() / 24
	if days <= 0 {
		return 1
	}
	return 1 - (1-rest)*min(days/longest, 1)
}

// gone reports whether a case was erased by now.
func (w *world) gone(c interest.Case) bool {
	return c.Stage.Info().Ends && c.StageSince.Before(w.keptSince)
}

// tries is how often a case takes another way when it is gone by now.
const tries = 40

// kept is the case on a way on which it is still there.
func (j *journey) kept() interest.Case {
	fresh := *j
	for range tries {
		*j = fresh
		if j.run(); !j.w.gone(j.Case) {
			return j.Case
		}
	}
	// It never found its way: nobody looked at it yet.
	*j = fresh
	j.Events = []interest.Event{arrived(j.ReceivedAt)}
	return j.Case
}

// fillErased writes what is left of cases that were erased since people send
// forms.
func (w *world) fillErased(ctx context.Context, tx pgx.Tx, expressions int) error {
	n := min(2*expressions, erasedAtMost)
	d := roll(w.seed, forErased, uint64(w.already), uint64(expressions))
	always := func(updating.Date) float64 { return 1 }
	var erased []interest.Case
	for _, at := range w.arrivals(d, n, w.calendar.first, interest.DayOf(w.keptSince), always) {
		id, err := uuid.NewRandomFromReader(d)
		if err != nil {
			return err
		}
		p := drawPerson(d)
		answers := interest.Answers{Profession: &interest.Profession{Slug: p.profession.Slug}}
		j := journey{w: w, d: d, Case: received(id.String(), at, answers, updating.Result{})}
		if j.run(); w.gone(j.Case) {
			erased = append(erased, j.Case)
		}
	}
	w.report.Erased = len(erased)
	return interest.CopyErased(ctx, tx, erased)
}

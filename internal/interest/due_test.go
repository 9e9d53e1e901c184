package interest_test

import (
	"slices"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

func TestACaseIsDueInWorkingDaysThatAreOurs(t *testing.T) {
	t.Parallel()
	at := func(day int) time.Time { return time.Date(2026, time.December, day, 10, 0, 0, 0, time.UTC) }
	happened := func(kind interest.EventKind, day int) interest.Event { return interest.Event{Kind: kind, At: at(day)} }
	christmas := []workday.Holiday{
		{Day: updating.Date{Year: 2026, Month: time.December, Day: 25}, Name: "Christmas Day"},
		{Day: updating.Date{Year: 2026, Month: time.December, Day: 28}, Name: "Boxing Day (substitute day)"},
	}
	for _, one := range []struct {
		what  string
		since int // the day in December 2026; the 1st is a Tuesday
		turn  interest.Turn
		days  int
		then  []interest.Event // the oldest first
		want  string           // "" is no date
	}{
		{"within a week", 1, interest.Ours, 3, nil, "2026-12-04"},
		{"over a weekend", 1, interest.Ours, 4, nil, "2026-12-07"},
		{"over Christmas", 23, interest.Ours, 3, nil, "2026-12-30"},
		{"no limit", 1, interest.Ours, 0, nil, ""},
		{"their turn", 1, interest.Returners, 3, []interest.Event{happened(interest.EventAsked, 2)}, ""},
		{"asked for 5 days", 1, interest.Ours, 3, []interest.Event{happened(interest.EventAsked, 2), happened(interest.EventAnswered, 9)}, "2026-12-11"},
		{"answered the same day", 1, interest.Ours, 3, []interest.Event{happened(interest.EventAsked, 2), happened(interest.EventAnswered, 2)}, "2026-12-04"},
		{"held while it was asked", 1, interest.Ours, 3, []interest.Event{happened(interest.EventAsked, 2), happened(interest.EventHeld, 3),
			happened(interest.EventAnswered, 4), happened(interest.EventResumed, 9)}, "2026-12-11"},
		{"asked while it was held", 1, interest.Ours, 3, []interest.Event{happened(interest.EventHeld, 2), happened(interest.EventAsked, 3),
			happened(interest.EventAnswered, 9)}, "2026-12-11"},
		{"a timeline that waits on", 1, interest.Ours, 3, []interest.Event{happened(interest.EventHeld, 2)}, ""},
		{"asked in the stage before", 7, interest.Ours, 2, []interest.Event{happened(interest.EventAsked, 1), {Kind: interest.EventMoved, At: at(7), To: interest.Contacted},
			happened(interest.EventTakenBack, 9)}, "2026-12-10"},
	} {
		slices.Reverse(one.then)
		c := interest.Case{Events: one.then, Expression: interest.Expression{Stage: interest.InReview, StageSince: at(one.since), Turn: one.turn}}
		got := c.Due(one.days, christmas)
		if want := one.want; got.IsZero() != (want == "") || want != "" && got.String() != want {
			t.Errorf("%s: due on %v, want %q", one.what, got, want)
		}
	}
}

func TestAFormThatIsNotReadIsDueByTheTimeForEverybody(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	for _, one := range []struct {
		days int
		want string
	}{{5, "2026-11-27"}, {0, "0000-00-00"}} {
		if due, err := store.DueDay(t.Context(), c, one.days); err != nil || due.String() != one.want {
			t.Errorf("DueDay(within %d days) = %v, %v, want %s", one.days, due, err, one.want)
		}
	}
}

package interest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// wait is a time during which a case was not ours to move on: from a day on, up
// to the day on which it became ours again, which counts.
type wait struct{ from, to updating.Date }

// waitsOf are those in the timeline of a case.
func waitsOf(c interest.Case) []wait {
	var waits []wait
	asked, held := false, false
	for _, e := range slices.Backward(c.Events) { // the oldest first
		ours := !asked && !held
		switch e.Kind {
		case interest.EventAsked: // which ends a hold
			asked, held = true, false
		case interest.EventAnswered, interest.EventTakenBack:
			asked = false
		case interest.EventHeld:
			held = true
		case interest.EventResumed:
			held = false
		case interest.EventMoved:
			if e.To.Info().Ends {
				asked, held = false, false
			}
		}
		switch {
		case ours && (asked || held):
			waits = append(waits, wait{from: interest.DayOf(e.At)})
		case !ours && !asked && !held:
			waits[len(waits)-1].to = interest.DayOf(e.At)
		}
	}
	return waits
}

// dueByTimeline works out from the timeline when a case is due: so many working
// days after it came to its stage, those left out on which it waited. Where it
// was late before it waited last, it is as many working days late as it was.
func dueByTimeline(c interest.Case, days int, holidays []workday.Holiday) updating.Date {
	if days == 0 || c.Turn != interest.Ours || c.Stage.Info().Ends {
		return updating.Date{}
	}
	waits, day := waitsOf(c), interest.DayOf(c.StageSince)
	waited := func(day updating.Date) bool {
		return slices.ContainsFunc(waits, func(w wait) bool { return !day.Before(w.from) && day.Before(w.to) })
	}
	again := day // the clock runs on the days after it
	if n := len(waits); n > 0 && waits[n-1].to.AddDays(-1).After(day) {
		again = waits[n-1].to.AddDays(-1)
	}
	left := days
	for day.Before(again) || left > 0 {
		day = day.AddDays(1)
		if workday.Is(day, holidays) && !waited(day) {
			left--
		}
	}
	for ; left < 0 || !workday.Is(day, holidays); day = day.AddDays(-1) {
		if workday.Is(day, holidays) {
			left++
		}
	}
	return day
}

func mustHolidays(t *testing.T, db postgres.DB) []workday.Holiday {
	t.Helper()
	holidays, err := workday.Store{DB: db}.Holidays(t.Context())
	if err != nil {
		t.Fatalf("Holidays() = %v", err)
	}
	return holidays
}

// mustSetDue works out when every case is due, as the job does, and says for how
// many that was another day.
func mustSetDue(t *testing.T, s *interest.Store) int {
	t.Helper()
	place, all := interest.DuePlace{}, 0
	for {
		next, changed, err := s.SetDue(t.Context(), place)
		if err != nil {
			t.Fatalf("SetDue(%+v) = %v", place, err)
		}
		all += changed
		if place = next; place.ID == "" {
			return all
		}
	}
}

// change does something to a case that may be done to it now; nothing where
// chance picks what may not.
func change(t *testing.T, s *interest.Store, c interest.Case, random *rand.Rand, nonce string) {
	t.Helper()
	turning := interest.Turning{Reference: c.Reference, Version: c.Version, Nonce: nonce}
	_, asked := c.Open()
	var err error
	switch n := random.IntN(6); {
	case n < 2:
		moves := interest.Moves(c.Stage)
		to := moves[random.IntN(len(moves))]
		move := interest.Move{Reference: c.Reference, Version: c.Version, To: to, Nonce: nonce}
		if reasons := to.Info().Reasons; len(reasons) > 0 {
			move.Reason = reasons[0].Slug
		}
		err = s.Move(t.Context(), by, move)
	case n == 2 && !asked && !c.Stage.Info().Ends:
		err = s.Ask(t.Context(), by, interest.Asking{Reference: c.Reference, Version: c.Version, Message: "When?", Nonce: nonce})
	case n == 3 && asked:
		err = s.TakeBack(t.Context(), by, turning)
	case n == 4 && !c.Stage.Info().Ends:
		err = s.Hold(t.Context(), by, interest.Hold{Reference: c.Reference, Version: c.Version, Reason: "waiting-for-placement",
			Until: interest.DayInput{Day: "1", Month: "1", Year: strconv.Itoa(s.Now().Year() + 1)}, Nonce: nonce})
	case n == 5 && c.Turn == interest.OnHold:
		err = s.Resume(t.Context(), by, turning)
	}
	if err != nil {
		t.Fatalf("changing a case in %s, turn %s: %v", c.Stage, c.Turn, err)
	}
}

// TestACaseIsDueAsItsTimelineSays changes cases at random, the times that stages
// may take and the bank holidays, and compares the column with the timeline.
func TestACaseIsDueAsItsTimelineSays(t *testing.T) {
	t.Parallel()
	const seed, steps = 7, 600
	random, tx := rand.New(rand.NewPCG(seed, seed)), postgrestest.Tx(t)
	s := newStore(t, tx)
	now := noon
	s.Now = func() time.Time { return now }
	lead := newLead(t, tx)
	var references []string
	for range 12 {
		references = append(references, mustSend(t, s, newAnswers(t)).Reference)
	}
	compare := func(step int) {
		limits, holidays := mustLimits(t, s), mustHolidays(t, tx)
		for _, reference := range references {
			c := mustRead(t, s, reference)
			if want := dueByTimeline(c, limits.Of(c.Stage).WorkingDays, holidays); c.DueOn != want {
				t.Fatalf("seed %d, step %d: a case in %s since %s, turn %s, is due on %s, want %s: %+v",
					seed, step, c.Stage, c.StageSince, c.Turn, c.DueOn, want, c.Events)
			}
		}
	}
	for step := range steps {
		now = now.Add(time.Duration(random.IntN(30)) * time.Hour)
		switch {
		case step%97 == 0:
			form := interest.NewStageLimits{Edition: mustLimits(t, s).Edition(), Days: map[interest.Stage]string{}}
			for _, info := range interest.Stages() {
				if !info.Ends && random.IntN(4) > 0 {
					form.Days[info.Stage] = strconv.Itoa(1 + random.IntN(8))
				}
			}
			if err := s.SetStageLimits(t.Context(), lead, form); err != nil {
				t.Fatalf("SetStageLimits() = %v", err)
			}
			mustSetDue(t, s)
		case step%41 == 0:
			day := interest.DayOf(now).AddDays(random.IntN(9))
			if workday.Is(day, mustHolidays(t, tx)) {
				holiday := workday.NewHoliday{Day: strconv.Itoa(day.Day), Month: strconv.Itoa(int(day.Month)), Year: strconv.Itoa(day.Year), Name: "A day off"}
				if err := (workday.Store{DB: tx}).Add(t.Context(), workday.By{StaffID: lead.StaffID}, holiday, interest.DayOf(now)); err != nil {
					t.Fatalf("Add(%v) = %v", holiday, err)
				}
				mustSetDue(t, s)
			}
		default:
			change(t, s, mustRead(t, s, references[random.IntN(len(references))]), random, fmt.Sprint("step ", step))
		}
		compare(step)
	}
	if _, err := tx.Exec(t.Context(), `update expression set clock_used = 0, clock_since = null, due_on = null`); err != nil {
		t.Fatalf("forgetting the clocks: %v", err)
	}
	if _, err := tx.Exec(t.Context(), `select replay_clock(id) from expression`); err != nil {
		t.Fatalf("replaying: %v", err)
	}
	compare(steps)
}

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
		{"asked in the stage before", 7, interest.Ours, 2, []interest.Event{happened(interest.EventAsked, 1), {Kind: interest.EventMoved, At: at(7), To: interest.Contacted},
			happened(interest.EventTakenBack, 9)}, "2026-12-10"},
		{"two days late when it was asked", 1, interest.Ours, 1, []interest.Event{happened(interest.EventAsked, 7), happened(interest.EventAnswered, 15)}, "2026-12-10"},
	} {
		slices.Reverse(one.then)
		c := interest.Case{Events: one.then, Expression: interest.Expression{Stage: interest.InReview, StageSince: at(one.since), Turn: one.turn}}
		got := dueByTimeline(c, one.days, christmas)
		if want := one.want; got.IsZero() != (want == "") || want != "" && got.String() != want {
			t.Errorf("%s: due on %v, want %q", one.what, got, want)
		}
	}
}

func TestAFormThatIsNotReadIsDueByTheTimeForEverybody(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	if !c.DueOn.IsZero() {
		t.Errorf("due on %s before anybody said when the faculty replies, want no day", c.DueOn)
	}
	for _, one := range []struct {
		sql  string
		want string
	}{
		{`insert into faculty (name, short_name, ics, area, reply_working_days) values ('A', 'A', 'A', 'A', 5)`, "2026-11-27"},
		{`update faculty set reply_working_days = 2`, "2026-11-24"},
		{`update faculty set reply_working_days = 0`, "0000-00-00"},
	} {
		if _, err := tx.Exec(t.Context(), one.sql); err != nil {
			t.Fatalf("%s: %v", one.sql, err)
		}
		mustSetDue(t, store)
		if got := mustRead(t, store, c.Reference).DueOn.String(); got != one.want {
			t.Errorf("after %s: due on %s, want %s", one.sql, got, one.want)
		}
	}
}

// A run that is stopped half way is begun again from the first case.
func TestEveryCaseGetsItsDayInHoweverManyTransactions(t *testing.T) {
	t.Parallel()
	const cases = 2300
	tx := postgrestest.Tx(t)
	s := newStore(t, tx)
	fill(t, tx, mustSend(t, s, newAnswers(t)).ID, cases-1)
	for _, days := range []int{5, 7} {
		if _, err := tx.Exec(t.Context(), `update stage_limit set working_days = $1`, days); err != nil {
			t.Fatalf("limiting the stages: %v", err)
		}
		place, first, err := s.SetDue(t.Context(), interest.DuePlace{})
		if err != nil || place.ID == "" || first == 0 || first == cases {
			t.Fatalf("SetDue() = %+v, %d, %v, want some of the cases", place, first, err)
		}
		if rest := mustSetDue(t, s); first+rest != cases {
			t.Errorf("%d and %d cases got another day, want %d together", first, rest, cases)
		}
		if n := count(t, tx, `select count(*) from expression where due_on is distinct from due_day(stage, clock_since, clock_used)`); n != 0 {
			t.Errorf("%d cases are due on another day than their clock says", n)
		}
		if again := mustSetDue(t, s); again != 0 {
			t.Errorf("%d cases got another day when nothing had changed", again)
		}
	}
}

func TestWhatWasSetAsideIsDueByTheTimesOfTheDayOfItsRescue(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	s := newStore(t, tx)
	c := mustSend(t, s, newAnswers(t))
	for _, sql := range []string{
		`update expression set suspicion = 'trap', set_aside_at = received_at`,
		`update stage_limit set working_days = 5`,
		`update expression set set_aside_at = null`,
	} {
		if _, err := tx.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	if got := mustRead(t, s, c.Reference).DueOn.String(); got != "2026-11-27" {
		t.Errorf("due on %s, want 5 working days after the 20th, 2026-11-27", got)
	}
}

// Each change of what due days depend on leaves one job, and nothing else does.
func TestAChangeOfTimesLeavesAJob(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s, days, members := newStore(t, pool), workday.Store{DB: pool}, faculty.Store{DB: pool}
	lead := newLead(t, pool)
	holidays := mustHolidays(t, pool)
	more := append(slices.Clone(holidays), workday.Holiday{Day: updating.Date{Year: 2031, Month: time.May, Day: 5}, Name: "A day"},
		workday.Holiday{Day: updating.Date{Year: 2031, Month: time.May, Day: 6}, Name: "Another day"})
	renamed := append(slices.Clone(holidays), workday.Holiday{Day: more[len(holidays)].Day, Name: "Renamed"}, more[len(more)-1])
	limits := map[interest.Stage]string{}
	for _, info := range interest.Stages() {
		limits[info.Stage] = "5"
	}
	set := func() error {
		return s.SetStageLimits(t.Context(), lead, interest.NewStageLimits{Edition: mustLimits(t, s).Edition(), Days: limits})
	}
	replace := func(h []workday.Holiday) func() error { return func() error { return days.Replace(t.Context(), h) } }
	details := func(d faculty.Details) func() error {
		return func() error { return members.Replace(t.Context(), d, nil, nil) }
	}
	for _, one := range []struct {
		what string
		do   func() error
		jobs int
	}{
		{"limits of every stage", set, 1},
		{"the same limits", set, 0},
		{"two more bank holidays", replace(more), 1},
		{"the same bank holidays", replace(more), 0},
		{"another name of one", replace(renamed), 0},
		{"fewer bank holidays", replace(holidays), 1},
		{"a faculty that promises no time", details(faculty.Details{Name: "A"}), 0},
		{"a time of replying", details(faculty.Details{Name: "A", ReplyWorkingDays: 5}), 1},
		{"another name of the faculty", details(faculty.Details{Name: "B", ReplyWorkingDays: 5}), 0},
	} {
		before := count(t, pool, `select count(*) from river_job where kind = 'due'`)
		if err := one.do(); err != nil {
			t.Fatalf("%s: %v", one.what, err)
		}
		if jobs := count(t, pool, `select count(*) from river_job where kind = 'due'`) - before; jobs != one.jobs {
			t.Errorf("%s: %d jobs, want %d", one.what, jobs, one.jobs)
		}
	}
}

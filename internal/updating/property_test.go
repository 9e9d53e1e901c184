package updating

import (
	"math/rand/v2"
	"testing"
	"time"

	"ahpfaculty/internal/profession"
)

// TestWhatHoldsForEveryProfessionStandingAndDate walks six years of absences,
// leap days among them, for every profession and standing.
func TestWhatHoldsForEveryProfessionStandingAndDate(t *testing.T) {
	t.Parallel()
	for _, p := range profession.All() {
		for _, standing := range Standings() {
			for _, on := range []Date{applyOn, {2028, time.February, 29}, {2026, time.March, 1}, {2025, time.January, 31}} {
				holdsForEveryDay(t, p, standing, on)
			}
		}
	}
}

func holdsForEveryDay(t *testing.T, p profession.Profession, standing Standing, on Date) {
	t.Helper()
	// Every day for one profession; the others have the same rules or none.
	step := 29
	if p.Slug == "physiotherapists" {
		step = 1
	}
	fewest := 0
	for out := 0; out < 6*366; out += step {
		day := on.AddDays(-out)
		r := mustCompute(t, Answers{Profession: p.Slug, Standing: standing, ApplyOn: on, LastPractised: When(day), Qualified: When(day)})
		if len(r.Outcomes) != 1 {
			t.Fatalf("%s, %s, %s: %d answers for a known day, want 1", p.Slug, standing, day, len(r.Outcomes))
		}
		o := r.First()
		if o.Hours != o.Days*7 || o.PrivateCap*2 > o.Days || (o.Kind == Days) != (o.Days > 0) {
			t.Fatalf("%s, %s, %s = %+v: figures do not agree", p.Slug, standing, day, o)
		}
		if p.Regulator == profession.GOsC && (o.Days != 0 || r.Regulator != "gosc" || o.Kind != AnotherRoute) {
			t.Fatalf("%s, %s, %s = %+v, want no days for an osteopath", p.Slug, standing, day, o)
		}
		if o.Days < fewest {
			t.Fatalf("%s, %s: %d days when out since %s, want at least the %d of a shorter absence", p.Slug, standing, o.Days, day, fewest)
		}
		fewest = o.Days
		holdsForItsChange(t, r)
	}
}

// holdsForItsChange checks the announced date of change from both sides.
func holdsForItsChange(t *testing.T, r Result) {
	t.Helper()
	change := r.First().Next
	if change.IsZero() {
		return
	}
	a := r.Answers
	a.ApplyOn = change.From
	if after := mustCompute(t, a).First(); after.Kind != change.Kind || after.Days != change.Days {
		t.Fatalf("applying on %s = %+v, want the announced %+v", a.ApplyOn, after, change)
	}
	a.ApplyOn = change.From.AddDays(-1)
	if before := mustCompute(t, a).First(); before.Kind != r.First().Kind || before.Days != r.First().Days {
		t.Fatalf("applying on %s = %+v, want still %+v", a.ApplyOn, before, r.First())
	}
}

// TestAMonthIsTheSumOfItsDays compares the answer for a month with the answers
// for each of its days.
func TestAMonthIsTheSumOfItsDays(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		on := Date{2020 + random.IntN(12), time.Month(1 + random.IntN(12)), 1}.AddDays(random.IntN(31))
		first := on.AddMonths(-random.IntN(7 * 12))
		month := When{Year: first.Year, Month: first.Month}
		standing := Standings()[random.IntN(len(Standings()))]
		r := mustCompute(t, Answers{Standing: standing, ApplyOn: on, LastPractised: month, Qualified: month})
		if first, last := month.Earliest(), month.Latest(); !first.After(on) && !r.First().From.IsZero() {
			if end := r.Outcomes[len(r.Outcomes)-1].To; r.First().From != first || end != earlier(last, on) {
				t.Fatalf("%s applying on %s covers %s to %s, want the whole month", month.Words(), on, r.First().From, end)
			}
		}
		for _, o := range r.Outcomes {
			holdsOnEachDay(t, r.Answers, o)
		}
	}
}

func holdsOnEachDay(t *testing.T, a Answers, o Outcome) {
	t.Helper()
	for day := o.From; !day.IsZero() && !day.After(o.To); day = day.AddDays(1) {
		a.LastPractised, a.Qualified = When(day), When(day)
		one := mustCompute(t, a).First()
		if one.Kind != o.Kind || one.Days != o.Days || one.Route != o.Route {
			t.Fatalf("%+v = %+v, want the month's %+v", a, one, o)
		}
		if !one.Exactly.IsZero() && o.Exactly.IsZero() {
			t.Fatalf("%+v is exactly on a threshold, which the month's answer %+v does not say", a, o)
		}
		if one.Next.From.Before(o.Next.From) || one.Next.To.After(o.Next.To) {
			t.Fatalf("%+v changes on %s, want within %+v", a, one.Next.From, o.Next)
		}
	}
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

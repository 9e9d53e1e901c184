package report

import (
	"math/rand/v2"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// randomFigures are those of a faculty whose cohorts are small and large.
func randomFigures(random *rand.Rand) Figures {
	f := Figures{MadeAt: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	received := 0
	for _, profession := range []string{"dietitians", "orthoptists", "paramedics", "physiotherapists"} {
		for back := range 4 {
			n := random.IntN(1 << random.IntN(7))
			if n == 0 {
				continue
			}
			one := Cohort{Profession: profession, Quarter: updating.Date{Year: 2026, Month: 10, Day: 1}.AddMonths(-3 * back)}
			for s := range one.Reached {
				one.Reached[s] = n
				n = random.IntN(n + 1)
			}
			received += one.Reached[Received]
			f.Cohorts = append(f.Cohorts, one)
		}
	}
	for i, info := range interest.Stages() {
		n := received
		if i < len(interest.Stages())-1 {
			n = random.IntN(received + 1)
		}
		received -= n
		f.Stages = append(f.Stages, interest.StageCount{Stage: info.Stage, Count: n})
	}
	return f
}

func TestWhatViewersSeeGivesNoSmallNumberAway(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	shownOnes := 0
	for round := range 200 {
		f := randomFigures(random)
		l, lines := f.lay(Choice{})
		hidden := conceal(l.numbers, l.unshown, lines)
		for _, i := range determined(hidden, lines) {
			if small(l.numbers[i]) {
				t.Fatalf("round %d: %d of %v can be worked out", round, l.numbers[i], f.Cohorts)
			}
		}
		shown := f.conceal()
		for _, row := range append(append([]Row{{Numbers: shown.Total}}, shown.Professions...), shown.Quarters...) {
			for _, n := range row.Numbers {
				if !n.Hidden {
					shownOnes++
				}
				if !n.Hidden && n.N < hiddenUnder || n.Hidden && n.N != 0 {
					t.Fatalf("round %d: a viewer is shown %+v", round, n)
				}
			}
		}
	}
	if shownOnes < 1000 {
		t.Errorf("only %d numbers are shown in 200 rounds: what is large should be", shownOnes)
	}
}

func TestEveryCohortCountsOnceInEachTable(t *testing.T) {
	t.Parallel()
	f := randomFigures(rand.New(rand.NewPCG(7, 8)))
	f.Cohorts = append(f.Cohorts, Cohort{Profession: "dietitians", Quarter: updating.Date{Year: 2019, Month: 1, Day: 1}, Reached: Reached{9, 8, 7, 6, 5}})
	shown := f.Exact(Choice{})
	for s := range shown.Total {
		for name, rows := range map[string][]Row{"professions": shown.Professions, "quarters": shown.Quarters} {
			sum := 0
			for _, row := range rows {
				sum += row.Numbers[s].N
			}
			if sum != shown.Total[s].N {
				t.Errorf("%s: %d %s, want %d", name, sum, Step(s).Name(), shown.Total[s].N)
			}
		}
	}
	if last := shown.Quarters[len(shown.Quarters)-1]; last.Key != Earlier || last.Numbers[Returned].N != 5 {
		t.Errorf("the last row of quarters is %+v, want what was earlier", last)
	}
	chosen := f.Exact(Choice{Profession: "dietitians", From: updating.Date{Year: 2026, Month: 10, Day: 1}})
	if len(chosen.Professions) > 1 || len(chosen.Quarters) > 1 {
		t.Errorf("a choice of one profession and quarter shows %+v", chosen)
	}
}

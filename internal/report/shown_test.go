package report

import (
	"math/rand/v2"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// randomFigures are those of cases that went ways that the table of moves
// allows, of a faculty whose cohorts are small and large.
func randomFigures(random *rand.Rand) Figures {
	f := Figures{MadeAt: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	in := map[interest.Stage]int{}
	far := 1 + random.IntN(8) // how many moves a case makes
	for _, profession := range []string{"dietitians", "orthoptists", "paramedics", "physiotherapists"} {
		for back := range 4 {
			one := Cohort{Profession: profession, Quarter: updating.Date{Year: 2026, Month: 10, Day: 1}.AddMonths(-3 * back)}
			for range random.IntN(1 << random.IntN(7)) {
				last, came := randomCase(random, far)
				in[last]++
				one.Reached = one.Reached.plus(came)
			}
			if one.Reached[Received] > 0 {
				f.Cohorts = append(f.Cohorts, one)
			}
		}
	}
	for _, info := range interest.Stages() {
		f.Stages = append(f.Stages, interest.StageCount{Stage: info.Stage, Count: in[info.Stage]})
	}
	return f
}

// randomCase is the stage of a case after some moves, mostly the usual ones,
// with the steps that it came to.
func randomCase(random *rand.Rand, far int) (interest.Stage, Reached) {
	at, came := interest.Received, Reached{Received: 1}
	for range random.IntN(far + 1) {
		next := interest.Moves(at)
		if at.Info().Ends && random.IntN(20) > 0 {
			break
		}
		if at = next[0]; random.IntN(4) == 0 {
			at = next[random.IntN(len(next))]
		}
		for _, step := range Steps() {
			if step.Stage() == at {
				came[step] = 1
			}
		}
	}
	return at, came
}

// sameNumbers are the steps of the total of which nothing is left beside the
// stages that no case comes to without them.
func sameNumbers(l *laid) []line {
	first := 0 // the place of the first stage
	for _, group := range l.parts {
		first += len(group) * int(steps)
	}
	var same []line
	for _, step := range Steps()[1:] {
		without := map[interest.Stage]bool{interest.Received: true}
		for ways := []interest.Stage{interest.Received}; len(ways) > 0; ways = ways[1:] {
			for _, next := range interest.Moves(ways[0]) {
				if next != step.Stage() && !without[next] {
					without[next], ways = true, append(ways, next)
				}
			}
		}
		one, sum := line{total: int(step)}, 0
		for i, info := range interest.Stages() {
			if !without[info.Stage] {
				one.parts, sum = append(one.parts, first+i), sum+l.numbers[first+i]
			}
		}
		if sum == l.numbers[one.total] {
			same = append(same, one)
		}
	}
	return same
}

// between is what somebody knows of a number: that it is not less and not more.
type between struct{ least, most int }

// worked is what somebody knows of every number who sees those that are not
// hidden, and knows that none is negative.
func worked(numbers []int, hidden []bool, lines []line) []between {
	known := make([]between, len(numbers))
	for i, n := range numbers {
		if known[i] = (between{n, n}); hidden[i] {
			known[i] = between{0, 1 << 30}
		}
	}
	for again := true; again; {
		again = false
		narrow := func(i, least, most int) {
			if least > known[i].least {
				known[i].least, again = least, true
			}
			if most < known[i].most {
				known[i].most, again = most, true
			}
		}
		for _, l := range lines {
			least, most := 0, 0
			for _, i := range l.parts {
				least, most = least+known[i].least, most+known[i].most
			}
			whole := known[l.total]
			narrow(l.total, least, most)
			for _, i := range l.parts {
				narrow(i, whole.least-(most-known[i].most), whole.most-(least-known[i].least))
			}
		}
	}
	return known
}

// mustHide works with what a viewer is shown, and finds no small number.
func mustHide(t *testing.T, f Figures) {
	t.Helper()
	l, lines := f.lay(Choice{})
	hidden := conceal(l.numbers, l.unshown, lines)
	lines = append(lines, sameNumbers(l)...)
	for _, i := range determined(hidden, lines) {
		if small(l.numbers[i]) {
			t.Fatalf("%d can be worked out: cohorts %v, stages %v", l.numbers[i], f.Cohorts, f.Stages)
		}
	}
	for i, known := range worked(l.numbers, hidden, lines) {
		if small(l.numbers[i]) && known.least == known.most {
			t.Fatalf("only %d is possible: cohorts %v, stages %v", known.least, f.Cohorts, f.Stages)
		}
	}
}

func TestWhatViewersSeeGivesNoSmallNumberAway(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	shownOnes := 0
	for round := range 1000 {
		f := randomFigures(random)
		mustHide(t, f)
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
	if shownOnes < 5000 {
		t.Errorf("only %d numbers are shown in 1,000 rounds: what is large should be", shownOnes)
	}
}

// TestAStageIsHiddenWithTheStepThatItIs has few cases that were closed, beside
// which the stage Returned is the least: the step Returned says how many those are.
func TestAStageIsHiddenWithTheStepThatItIs(t *testing.T) {
	t.Parallel()
	f := Figures{MadeAt: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	f.Cohorts = []Cohort{{Profession: "dietitians", Quarter: updating.Date{Year: 2026, Month: 10, Day: 1}, Reached: Reached{300, 150, 90, 45, 22}}}
	for i, n := range []int{90, 27, 26, 25, 24, 23, 22, 30, 30, 3} {
		f.Stages = append(f.Stages, interest.StageCount{Stage: interest.Stages()[i].Stage, Count: n})
	}
	mustHide(t, f)
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

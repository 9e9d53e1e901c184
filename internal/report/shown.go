package report

import (
	"slices"
	"strconv"

	"ahpfaculty/internal/interest"
)

// Number is a count as somebody may see it.
type Number struct {
	N      int // 0 where it is hidden
	Hidden bool
}

// String is the number as people read it: "12", or "Hidden".
func (n Number) String() string {
	if n.Hidden {
		return "Hidden"
	}
	return strconv.Itoa(n.N)
}

// Row is how many of a part came to each step.
type Row struct {
	Key     string // as a Part's
	Numbers [steps]Number
}

// StageNumber is how many expressions are in a stage.
type StageNumber struct {
	Stage  interest.Stage
	Number Number
}

// Shown is the figures as somebody may see them.
type Shown struct {
	Total       [steps]Number
	Professions []Row
	Quarters    []Row
	Stages      []StageNumber
}

// Exact shows every number of the chosen cohorts, to who may see cases.
func (f Figures) Exact(c Choice) Shown {
	shown, _ := f.lay(c)
	return shown.fill(func(int) bool { return false })
}

// conceal shows everything that was ever received, without the numbers that
// could point at a person. There is no choice: numbers of two choices could be
// taken from each other.
func (f Figures) conceal() Shown {
	l, lines := f.lay(Choice{})
	hidden := conceal(l.numbers, l.unshown, lines)
	return l.fill(func(i int) bool { return hidden[i] })
}

// laid is every number that pages show, and what is left between them, in one
// row.
type laid struct {
	figures Figures
	choice  Choice
	parts   [][]Part // the total alone, the professions, the quarters
	numbers []int
	unshown map[int]bool
}

// lay puts the numbers in a row: the parts' steps, then the stages, then what is
// left between them; and says what adds up to what.
func (f Figures) lay(c Choice) (*laid, []line) {
	l := &laid{figures: f, choice: c, unshown: map[int]bool{},
		parts: [][]Part{{{Reached: f.Total(c)}}, f.ByProfession(c), f.ByQuarter(c)}}
	var places [][]int // of the first step of each part
	for _, group := range l.parts {
		var at []int
		for _, part := range group {
			at = append(at, len(l.numbers))
			l.numbers = append(l.numbers, part.Reached[:]...)
		}
		places = append(places, at)
	}
	var lines []line
	total := places[0][0]
	for s := range int(steps) {
		for _, group := range places[1:] {
			sum := line{total: total + s}
			for _, at := range group {
				sum.parts = append(sum.parts, at+s)
			}
			lines = append(lines, sum)
		}
	}
	all, stages := line{total: total}, map[interest.Stage]int{}
	for _, one := range f.Stages {
		stages[one.Stage] = len(l.numbers)
		all.parts = append(all.parts, len(l.numbers))
		l.numbers = append(l.numbers, one.Count)
	}
	lines = append(append(lines, all), l.stagesOfSteps(total, stages)...)
	for _, group := range places {
		for _, at := range group {
			for s := range int(steps) - 1 {
				lines = append(lines, l.withRest(at+s, at+s+1))
			}
		}
	}
	return l, lines
}

// stagesOfSteps says which stages are a part of which step of the total: those
// that no case comes to without it. Who was received and is still in the first
// stage was not contacted.
func (l *laid) stagesOfSteps(total int, stages map[interest.Stage]int) []line {
	if len(stages) == 0 {
		return nil
	}
	lines := []line{l.withRest(total, total+int(Contacted), stages[interest.Received])}
	var after []int
	for _, one := range []struct {
		step   Step
		stages []interest.Stage // that the step adds to those of the steps after it
	}{
		{Returned, []interest.Stage{interest.Returned}},
		{Updated, []interest.Stage{interest.AppliedToRegister}},
		{Placed, []interest.Stage{interest.Updating}},
		{Contacted, []interest.Stage{interest.Contacted, interest.FindingPlacement}},
	} {
		for _, stage := range one.stages {
			after = append(after, stages[stage])
		}
		lines = append(lines, l.withRest(total+int(one.step), slices.Clone(after)...))
	}
	return lines
}

// withRest is a total with its parts and what is left of it, which no page shows.
// Where nothing is left there is no rest that anybody could be unsure of.
func (l *laid) withRest(total int, parts ...int) line {
	rest := l.numbers[total]
	for _, i := range parts {
		rest -= l.numbers[i]
	}
	if rest == 0 {
		return line{total: total, parts: parts}
	}
	l.unshown[len(l.numbers)] = true
	l.numbers = append(l.numbers, rest)
	return line{total: total, parts: append(parts, len(l.numbers)-1)}
}

// fill shows the numbers that are not hidden.
func (l *laid) fill(hidden func(int) bool) Shown {
	next := 0
	number := func() Number {
		n := Number{N: l.numbers[next], Hidden: hidden(next)}
		if n.Hidden {
			n.N = 0
		}
		next++
		return n
	}
	var rows [3][]Row
	for g, group := range l.parts {
		for _, part := range group {
			row := Row{Key: part.Key}
			for s := range row.Numbers {
				row.Numbers[s] = number()
			}
			rows[g] = append(rows[g], row)
		}
	}
	shown := Shown{Total: rows[0][0].Numbers, Professions: rows[1], Quarters: rows[2]}
	for _, one := range l.figures.Stages {
		shown.Stages = append(shown.Stages, StageNumber{Stage: one.Stage, Number: number()})
	}
	return shown
}

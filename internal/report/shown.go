package report

import (
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

// laid is every number that pages show, and the differences that they lead to,
// in one row.
type laid struct {
	figures Figures
	choice  Choice
	parts   [][]Part // the total alone, the professions, the quarters
	numbers []int
	unshown map[int]bool
}

// lay puts the numbers in a row: the parts' steps, then the stages, then how many
// got no further from step to step; and says what adds up to what.
func (f Figures) lay(c Choice) (laid, []line) {
	l := laid{figures: f, choice: c, unshown: map[int]bool{},
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
	all := line{total: total}
	for _, one := range f.Stages {
		all.parts = append(all.parts, len(l.numbers))
		l.numbers = append(l.numbers, one.Count)
	}
	lines = append(lines, all)
	for _, group := range places {
		for _, at := range group {
			for s := range int(steps) - 1 {
				l.unshown[len(l.numbers)] = true
				lines = append(lines, line{total: at + s, parts: []int{at + s + 1, len(l.numbers)}})
				l.numbers = append(l.numbers, l.numbers[at+s]-l.numbers[at+s+1])
			}
		}
	}
	return l, lines
}

// fill shows the numbers that are not hidden.
func (l laid) fill(hidden func(int) bool) Shown {
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

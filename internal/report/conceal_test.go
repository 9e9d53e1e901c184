package report

import (
	"math/rand/v2"
	"testing"
)

// table is a small table with a total for each row, each column and all of it,
// made of its cells: its numbers, and the sums that anybody can work out.
func table(cells []int, height, width int) ([]int, []line) {
	numbers := make([]int, (height+1)*(width+1))
	at := func(r, c int) int { return r*(width+1) + c }
	for i, n := range cells {
		r, c := i/width, i%width
		numbers[at(r, c)] = n
		numbers[at(r, width)] += n
		numbers[at(height, c)] += n
		numbers[at(height, width)] += n
	}
	var lines []line
	for r := range height + 1 {
		l := line{total: at(r, width)}
		for c := range width {
			l.parts = append(l.parts, at(r, c))
		}
		lines = append(lines, l)
	}
	for c := range width + 1 {
		l := line{total: at(height, c)}
		for r := range height {
			l.parts = append(l.parts, at(r, c))
		}
		lines = append(lines, l)
	}
	return numbers, lines
}

func randomCells(random *rand.Rand, n, most int) []int {
	cells := make([]int, n)
	for i := range cells {
		cells[i] = random.IntN(most + 1)
	}
	return cells
}

// possible are the values that a hidden number can have for somebody who sees
// the others of a table of one row: it tries every table of numbers up to most.
func possible(numbers []int, hidden []bool, of, width, most int) map[int]bool {
	values, cells := map[int]bool{}, make([]int, width)
	var try func(k int)
	try = func(k int) {
		if k < width {
			for cells[k] = range most + 1 {
				try(k + 1)
			}
			return
		}
		tried, _ := table(cells, 1, width)
		for i, n := range tried {
			if !hidden[i] && n != numbers[i] {
				return
			}
		}
		values[tried[of]] = true
	}
	try(0)
	return values
}

func TestNoSmallNumberCanBeWorkedOut(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		const most = 9
		numbers, lines := table(randomCells(random, 3, most), 1, 3)
		hidden := conceal(numbers, nil, lines)
		for i, n := range numbers {
			if n < hiddenUnder && !hidden[i] {
				t.Fatalf("round %d: conceal(%v) shows the small number %d", round, numbers, n)
			}
			if small(n) && len(possible(numbers, hidden, i, 3, 2*most)) < 2 {
				t.Fatalf("round %d: conceal(%v) = %v gives away number %d", round, numbers, hidden, i)
			}
		}
	}
}

func TestNoTwoSumsTogetherGiveASmallNumberAway(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 2000 {
		height, width := 2+random.IntN(5), 2+random.IntN(4)
		numbers, lines := table(randomCells(random, height*width, 4+random.IntN(40)), height, width)
		hidden := conceal(numbers, nil, lines)
		for _, i := range determined(hidden, lines) {
			if small(numbers[i]) {
				t.Fatalf("round %d: conceal(%v) = %v gives away number %d", round, numbers, hidden, i)
			}
		}
	}
}

func TestWhatIsLargeIsShown(t *testing.T) {
	t.Parallel()
	for _, hidden := range conceal([]int{60, 10, 20, 30}, nil, []line{{total: 0, parts: []int{1, 2, 3}}}) {
		if hidden {
			t.Errorf("conceal hides numbers of 10 and more, with no small one beside them")
		}
	}
}

func TestADifferenceThatIsSmallIsNotGivenAway(t *testing.T) {
	t.Parallel()
	// 20 were received, 18 of them contacted: two were not.
	hidden := conceal([]int{20, 18, 2}, map[int]bool{2: true}, []line{{total: 0, parts: []int{1, 2}}})
	if hidden[0] || !hidden[1] {
		t.Errorf("conceal(20 received, 18 contacted) = %v, want the 18 hidden", hidden)
	}
}

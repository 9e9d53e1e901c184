package report

import "slices"

// hiddenUnder is the least number that somebody who may not see cases is shown:
// a smaller one could point at a person.
const hiddenUnder = 5

// line is one sum that anybody can work out: a total and its parts, by their
// places among the numbers.
type line struct {
	total int
	parts []int
}

func (l line) members() []int { return append([]int{l.total}, l.parts...) }

// conceal says which numbers to hide so that nobody can work out one under
// hiddenUnder: the small ones themselves, and as many others as it takes that no
// sum, and no two sums together, gives one away. Numbers that are not shown
// anyway, such as the difference of two that are, take part as unshown.
func conceal(numbers []int, unshown map[int]bool, lines []line) []bool {
	hidden := make([]bool, len(numbers))
	for i, n := range numbers {
		hidden[i] = n < hiddenUnder || unshown[i]
	}
	for {
		weak, found := weakLine(numbers, hidden, lines)
		if !found {
			weak, found = givenAway(numbers, hidden, lines)
		}
		if !found {
			return hidden
		}
		hidden[weak] = true
	}
}

// weakLine finds a number to hide in a sum whose hidden parts are one alone, or
// so small together that each of them is known to be small.
func weakLine(numbers []int, hidden []bool, lines []line) (int, bool) {
	for _, l := range lines {
		sensitive, alone, sum := false, 0, 0
		for _, i := range l.members() {
			if hidden[i] {
				alone++
				sensitive = sensitive || small(numbers[i])
			}
		}
		for _, i := range l.parts {
			if hidden[i] {
				sum += numbers[i]
			}
		}
		if sensitive && (alone == 1 || !hidden[l.total] && sum < hiddenUnder) {
			if i, ok := smallestShown(numbers, hidden, l); ok {
				return i, true
			}
		}
	}
	return 0, false
}

func small(n int) bool { return n > 0 && n < hiddenUnder }

// smallestShown is the part, or else the total, whose hiding takes least.
func smallestShown(numbers []int, hidden []bool, l line) (int, bool) {
	best, found := 0, false
	for _, i := range l.parts {
		if !hidden[i] && (!found || numbers[i] < numbers[best]) {
			best, found = i, true
		}
	}
	if !found && !hidden[l.total] {
		return l.total, true
	}
	return best, found
}

// givenAway finds a number to hide where all sums together give a small one
// away: the smallest shown one of its own sums, or else of any that hides some.
func givenAway(numbers []int, hidden []bool, lines []line) (int, bool) {
	for _, known := range determined(hidden, lines) {
		if !small(numbers[known]) {
			continue
		}
		for _, l := range lines {
			if !slices.Contains(l.members(), known) {
				continue
			}
			if i, ok := smallestShown(numbers, hidden, l); ok {
				return i, true
			}
		}
		for _, l := range lines {
			if !slices.ContainsFunc(l.members(), func(i int) bool { return hidden[i] }) {
				continue
			}
			if i, ok := smallestShown(numbers, hidden, l); ok {
				return i, true
			}
		}
	}
	return 0, false
}

// determined are the hidden numbers that the shown ones lead to: those that
// stand alone in a row once the sums are brought into reduced echelon form.
func determined(hidden []bool, lines []line) []int {
	column := map[int]int{} // of each hidden number that is in a sum
	var number []int
	for _, l := range lines {
		for _, i := range l.members() {
			if _, seen := column[i]; hidden[i] && !seen {
				column[i] = len(number)
				number = append(number, i)
			}
		}
	}
	rows := make([][]float64, len(lines))
	for r, l := range lines {
		rows[r] = make([]float64, len(number))
		for _, i := range l.parts {
			if hidden[i] {
				rows[r][column[i]]--
			}
		}
		if hidden[l.total] {
			rows[r][column[l.total]]++
		}
	}
	reduce(rows, len(number))
	var found []int
	for _, row := range rows {
		if c, alone := onlyOne(row); alone {
			found = append(found, number[c])
		}
	}
	return found
}

// tiny is what rounding leaves of a zero.
const tiny = 1e-9

func isZero(x float64) bool { return x > -tiny && x < tiny }

// reduce brings rows into reduced echelon form (Gauss and Jordan), by the row
// with the largest number in each column.
func reduce(rows [][]float64, columns int) {
	top := 0
	for c := 0; c < columns && top < len(rows); c++ {
		best := top
		for r := top; r < len(rows); r++ {
			if rows[r][c]*rows[r][c] > rows[best][c]*rows[best][c] {
				best = r
			}
		}
		if isZero(rows[best][c]) {
			continue
		}
		rows[top], rows[best] = rows[best], rows[top]
		pivot := rows[top][c]
		for k := range rows[top] {
			rows[top][k] /= pivot
		}
		for r := range rows {
			if factor := rows[r][c]; r != top && !isZero(factor) {
				for k := range rows[r] {
					rows[r][k] -= factor * rows[top][k]
				}
			}
		}
		top++
	}
}

func onlyOne(row []float64) (int, bool) {
	at, n := 0, 0
	for c, x := range row {
		if !isZero(x) {
			at, n = c, n+1
		}
	}
	return at, n == 1
}

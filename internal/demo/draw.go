package demo

import (
	"encoding/binary"
	"math/rand/v2"
)

// dice draws everything that is invented. The same numbers make the same dice.
type dice struct {
	*rand.Rand
	source *rand.ChaCha8
}

// roll makes dice of their own for a purpose, from numbers that tell it from
// every other.
func roll(numbers ...uint64) dice {
	var seed [32]byte
	for i, n := range numbers {
		binary.LittleEndian.PutUint64(seed[8*i:], n)
	}
	source := rand.NewChaCha8(seed)
	return dice{Rand: rand.New(source), source: source}
}

// Read fills p, so that ids and references can be drawn.
func (d dice) Read(p []byte) (int, error) { return d.source.Read(p) }

// chance reports whether something happens that does so often, from 0 to 1.
func (d dice) chance(often float64) bool { return d.Float64() < often }

// between is a number from least to most, both included.
func (d dice) between(least, most int) int { return least + d.IntN(most-least+1) }

// pick takes one of a list.
func pick[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// some takes up to most of a list, at least one, in the list's order.
func some[T any](d dice, from []T, most int) []T {
	n := min(d.between(1, most), len(from))
	var taken []T
	for i, one := range from {
		if d.IntN(len(from)-i) < n-len(taken) {
			taken = append(taken, one)
		}
	}
	return taken
}

// weighted is one of several with how often it comes beside the others.
type weighted[T any] struct {
	of     T
	weight int
}

// weigh takes one of a list by their weights.
func weigh[T any](d dice, from []weighted[T]) T {
	total := 0
	for _, w := range from {
		total += w.weight
	}
	drawn := d.IntN(total)
	for _, w := range from {
		if drawn -= w.weight; drawn < 0 {
			return w.of
		}
	}
	return from[len(from)-1].of
}

package demo

import (
	"fmt"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// situation is how somebody stands with their regulator, and what the rules say
// for it.
type situation struct {
	answers interest.Answers // of the first section
	result  updating.Result
}

// variants is how many situations the people of one profession have who send on
// one day: people who share one share what was computed for it.
const variants = 3

// place tells a day's situations apart.
type place struct {
	profession, branch string
	variant            int
}

// situations computes each situation of a day once.
type situations struct {
	w    *world
	day  updating.Date
	seen map[place]situation
}

// of gives a situation for somebody who sends on a day.
func (s *situations) of(d dice, p person, day updating.Date) (situation, error) {
	if day != s.day {
		s.day, s.seen = day, map[place]situation{}
	}
	at := place{p.profession.Slug, p.branch, d.IntN(variants)}
	if known, seen := s.seen[at]; seen {
		return known, nil
	}
	made, err := s.compute(at)
	s.seen[at] = made
	return made, err
}

func (s *situations) compute(at place) (situation, error) {
	text := []byte(at.profession + at.branch)
	var name uint64
	for _, c := range text {
		name = name*31 + uint64(c)
	}
	d := roll(s.w.seed, forSituation, uint64(s.day.Time().Unix())<<8+uint64(at.variant), name)
	a := interest.Answers{
		On: s.day, Book: s.w.book,
		Profession: &interest.Profession{Slug: at.profession}, Standing: &interest.Standing{Standing: updating.Left},
		Abroad: &interest.Abroad{Answer: interest.No},
	}
	if at.branch != "" {
		a.Branch = &interest.Branch{Slug: at.branch}
	}
	switch {
	case d.chance(.06):
		a.Standing.Standing, a.Abroad = updating.Never, nil
		a.QualifiedWhere = &interest.QualifiedWhere{InUK: interest.Yes}
		a.Qualified = &interest.Qualified{DayInput: drawDay(d, s.day, 6*12, 24*12)}
	case d.chance(.22):
		a.Standing.Standing = updating.NotPractising
		a.LastPractised = &interest.LastPractised{DayInput: drawDay(d, s.day, 7, 7*12)}
	default:
		a.LastPractised = &interest.LastPractised{DayInput: drawDay(d, s.day, 14, 22*12)}
	}
	result, err := a.Result()
	if err != nil {
		return situation{}, fmt.Errorf("computing an invented situation: %w", err)
	}
	return situation{answers: a, result: result}, nil
}

// drawDay is a day so many months back, of which most people know the month
// alone. Short absences are likelier than long ones.
func drawDay(d dice, on updating.Date, least, most int) interest.DayInput {
	back := least + int(float64(most-least)*d.Float64()*d.Float64())
	day := on.AddMonths(-back)
	input := interest.DayInput{Month: fmt.Sprint(int(day.Month)), Year: fmt.Sprint(day.Year)}
	if d.chance(.3) {
		input.Day = fmt.Sprint(d.between(1, 28))
	}
	return input
}

// Package updating keeps the regulators' rules as dated figures and sentences,
// and works out from them how many days of updating a regulator asks of
// somebody who returns to practice.
package updating

import (
	"fmt"
	"slices"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/profession"
)

// Kind is one of the four kinds of answer.
type Kind string

// The four kinds of answer.
const (
	None             Kind = "none"              // no updating is asked for
	Days             Kind = "days"              // so many days
	RegulatorDecides Kind = "regulator-decides" // no number is shown; the form may still be sent
	AnotherRoute     Kind = "another-route"     // these rules are not theirs; Route says which is
)

// Route is the way that somebody goes whom the days of updating are not for.
type Route string

// The other routes.
const (
	ToGOsC          Route = "gosc"               // osteopaths
	Restoration     Route = "restoration"        // removed after a fitness to practise case
	StayRegistered  Route = "stay-registered"    // registered and practising
	International   Route = "international"      // qualified outside the UK, never registered
	FirstTime       Route = "first-registration" // qualified lately, never registered
	PractisedAbroad Route = "practised-abroad"   // readmission with other papers
)

// Result is what the rules say for one person's answers. It keeps the answers
// and the version of the rules, so that it can be explained years later.
type Result struct {
	Version   string    `json:"version"`   // of the rule set
	Answers   Answers   `json:"answers"`   // what it was computed from
	Regulator string    `json:"regulator"` // slug
	Outcomes  []Outcome `json:"outcomes"`  // one, or two where a month straddles a threshold: the longer absence first
	Window    Window    `json:"window,omitzero"`
	Rules     []Rule    `json:"rules"` // that it rests on
}

// Outcome is one answer, and the days in the past for which it holds.
type Outcome struct {
	Kind       Kind   `json:"kind"`
	Route      Route  `json:"route,omitempty"`
	Days       int    `json:"days,omitempty"`
	Hours      int    `json:"hours,omitempty"`
	PrivateCap int    `json:"privateCap,omitempty"` // days of private study that count
	From       Date   `json:"from,omitzero"`        // it holds if the day of last practice (or of qualifying) is one of From to To
	To         Date   `json:"to,omitzero"`
	Exactly    Date   `json:"exactly,omitzero"` // a day of From to To that is exactly on the threshold that HCPC's pages dispute
	Next       Change `json:"next,omitzero"`    // what applying later changes
}

// Change is the answer that takes another's place when the application is made
// later.
type Change struct {
	Kind Kind `json:"kind"`
	Days int  `json:"days,omitempty"`
	From Date `json:"from"` // applying on this day or later changes it; a range where only a month is known
	To   Date `json:"to"`
}

// IsZero reports whether nothing changes however late the application is.
func (c Change) IsZero() bool { return c == Change{} }

// Window is the time that all updating must lie within.
type Window struct {
	Months int  `json:"months"`
	From   Date `json:"from"`
	To     Date `json:"to"`
}

// IsZero reports whether no updating is asked for, so that there is no window.
func (w Window) IsZero() bool { return w == Window{} }

// Straddles reports whether the month that was given lies on both sides of a
// threshold, so that there are two answers.
func (r Result) Straddles() bool { return len(r.Outcomes) > 1 }

// First is the answer, or of two the one for the longer absence: who plans by
// it has planned enough.
func (r Result) First() Outcome { return r.Outcomes[0] }

// Known reports whether there is an answer: old cases may lack what it takes.
func (r Result) Known() bool { return len(r.Outcomes) > 0 }

// Leaves reports whether every answer is another route, so that there is no
// expression of interest to send.
func (r Result) Leaves() bool {
	return r.Known() && !slices.ContainsFunc(r.Outcomes, func(o Outcome) bool { return o.Kind != AnotherRoute })
}

// Compute applies the rules in force on the day of applying. Answers that are
// missing, or that no calendar has, are an Invalid fault; a book without its
// figures is an Unavailable one.
func Compute(b Book, a Answers) (Result, error) {
	if err := a.check(); err != nil {
		return Result{}, err
	}
	set := b.On(a.ApplyOn)
	if set.IsZero() {
		return Result{}, fmt.Errorf("the book of rules lacks figures: %w", fault.Unavailable)
	}
	p, _ := profession.BySlug(a.Profession)
	r := Result{Version: set.Version, Answers: a, Regulator: p.Regulator.Slug}
	r.Outcomes = set.outcomes(a, p.Regulator)
	if slices.ContainsFunc(r.Outcomes, func(o Outcome) bool { return o.Kind == Days }) {
		r.Window = Window{Months: set.WindowMonths, From: a.ApplyOn.AddMonths(-set.WindowMonths), To: a.ApplyOn}
	}
	r.Rules = set.behind(r)
	return r, nil
}

// outcomes asks the questions in their order; the first that fits wins.
func (s RuleSet) outcomes(a Answers, regulator profession.Regulator) []Outcome {
	elsewhere := func(route Route) []Outcome {
		return []Outcome{{Kind: AnotherRoute, Route: route}}
	}
	switch {
	case regulator == profession.GOsC:
		return elsewhere(ToGOsC)
	case a.Standing == Removed:
		return elsewhere(Restoration)
	case a.Standing == Practising:
		return elsewhere(StayRegistered)
	case a.Standing == Never && a.QualifiedOutsideUK:
		return elsewhere(International)
	case a.Standing == Never:
		return s.over(a.Qualified, a.ApplyOn, s.sinceQualifying)
	case a.Abroad:
		return elsewhere(PractisedAbroad)
	}
	return s.over(a.LastPractised, a.ApplyOn, s.sincePractising)
}

// over computes every day that the person may mean and joins neighbours with
// the same answer: a month has 31 at most, and no threshold can be missed.
func (s RuleSet) over(w When, applyOn Date, one func(day, applyOn Date) Outcome) []Outcome {
	var all []Outcome
	for day := w.Earliest(); !day.After(w.Latest()) && !day.After(applyOn); day = day.AddDays(1) {
		next := one(day, applyOn)
		last := len(all) - 1
		if last < 0 || all[last].Kind != next.Kind || all[last].Days != next.Days {
			all = append(all, next)
			continue
		}
		all[last].To = next.To
		all[last].Next.To = next.Next.To
		if all[last].Exactly.IsZero() {
			all[last].Exactly = next.Exactly
		}
	}
	return all
}

// sincePractising is the answer for a known day of last practice.
func (s RuleSet) sincePractising(day, applyOn Date) Outcome {
	at := s.band(day, applyOn)
	b := s.Bands[at]
	o := Outcome{Kind: None, Days: b.Days, Hours: s.Hours(b.Days), PrivateCap: s.PrivateCap(b.Days), From: day, To: day}
	if b.Days > 0 {
		o.Kind = Days
	}
	if b.Disputed && day.AddYears(b.FromYears) == applyOn {
		o.Exactly = day
	}
	if at+1 < len(s.Bands) {
		next := s.Bands[at+1]
		on := day.AddYears(next.FromYears)
		o.Next = Change{Kind: Days, Days: next.Days, From: on, To: on}
	}
	return o
}

// sinceQualifying is the answer for a known day of qualifying in the UK,
// never registered.
func (s RuleSet) sinceQualifying(day, applyOn Date) Outcome {
	// "Over 5 years" begins the day after the anniversary.
	turns := day.AddYears(s.NewlyQualified).AddDays(1)
	if turns.After(applyOn) {
		return Outcome{Kind: AnotherRoute, Route: FirstTime, From: day, To: day,
			Next: Change{Kind: RegulatorDecides, From: turns, To: turns}}
	}
	return Outcome{Kind: RegulatorDecides, From: day, To: day}
}

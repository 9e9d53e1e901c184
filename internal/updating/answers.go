package updating

import (
	"fmt"
	"slices"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/profession"
)

// Standing is how somebody stands with their regulator.
type Standing string

// The closed list of standings.
const (
	Practising    Standing = "registered-practising"
	NotPractising Standing = "registered-not-practising"
	Left          Standing = "left-register"
	Never         Standing = "never-registered"
	Removed       Standing = "removed-from-register"
)

// Standings gives the closed list, in the order in which a form offers it.
func Standings() []Standing {
	return []Standing{Left, NotPractising, Practising, Never, Removed}
}

// Known reports whether s is in the closed list.
func (s Standing) Known() bool { return slices.Contains(Standings(), s) }

// Label says the standing as an answer on a form, in the first person.
func (s Standing) Label() string {
	switch s {
	case Practising:
		return "I am registered and practising"
	case NotPractising:
		return "I am registered but not practising"
	case Left:
		return "I was registered, and my registration has ended"
	case Never:
		return "I have never been registered"
	case Removed:
		return "I was removed from the register after a fitness to practise case"
	}
	return ""
}

// Answers are what the rules need to know about one person.
type Answers struct {
	Profession         string   `json:"profession"`       // slug
	Branch             string   `json:"branch,omitempty"` // slug; no rule depends on it yet
	Standing           Standing `json:"standing"`
	LastPractised      When     `json:"lastPractised,omitzero"`       // asked of NotPractising and Left
	Abroad             bool     `json:"abroad,omitempty"`             // practised abroad in the last 2 years
	Qualified          When     `json:"qualified,omitzero"`           // asked of Never
	QualifiedOutsideUK bool     `json:"qualifiedOutsideUk,omitempty"` // asked of Never
	ApplyOn            Date     `json:"applyOn"`                      // the day of applying to the register
}

// Asks says which questions the rules need besides the profession: none are
// asked where the answer would change nothing.
type Asks struct {
	Standing           bool
	Abroad             bool
	LastPractised      bool
	QualifiedOutsideUK bool
	Qualified          bool
}

// Asks gives the questions that are still needed; an answer already given can
// make a later one needless.
func (a Answers) Asks() Asks {
	p, known := profession.BySlug(a.Profession)
	if !known || p.Regulator == profession.GOsC {
		return Asks{}
	}
	switch a.Standing {
	case Never:
		return Asks{Standing: true, QualifiedOutsideUK: true, Qualified: !a.QualifiedOutsideUK}
	case NotPractising, Left:
		return Asks{Standing: true, Abroad: true, LastPractised: !a.Abroad}
	}
	return Asks{Standing: true}
}

// check finds answers that no rule can work with; forms validate before, so
// an error here is a caller's fault.
func (a Answers) check() error {
	if _, known := profession.BySlug(a.Profession); !known {
		return fmt.Errorf("no profession %q: %w", a.Profession, fault.Invalid)
	}
	if !a.ApplyOn.Valid() {
		return fmt.Errorf("no day of applying: %w", fault.Invalid)
	}
	asks := a.Asks()
	if asks.Standing && !a.Standing.Known() {
		return fmt.Errorf("no standing %q: %w", a.Standing, fault.Invalid)
	}
	if asks.LastPractised {
		return checkPast("last practised", a.LastPractised, a.ApplyOn)
	}
	if asks.Qualified {
		return checkPast("qualified", a.Qualified, a.ApplyOn)
	}
	return nil
}

func checkPast(what string, w When, applyOn Date) error {
	if !w.Valid() {
		return fmt.Errorf("%s: no such day: %w", what, fault.Invalid)
	}
	if w.Earliest().After(applyOn) {
		return fmt.Errorf("%s: after the day of applying: %w", what, fault.Invalid)
	}
	return nil
}

// Package interest is the expression of interest: the questions, the drafts
// that keep the answers, sending, and the case work that staff do afterwards.
package interest

import (
	"errors"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
)

// Answer is what one step asks for. Each has a Validate method of its own,
// with what it must be checked against as parameters; its errors carry the
// names of the form's fields.
type Answer interface {
	// Step is the slug of the step that asks for it.
	Step() string
}

// Answers are what a returner has answered so far; nil is not answered yet.
// Its JSON is what a draft stores, one key a step.
type Answers struct {
	// On is the day of applying that days of updating are computed for: the day
	// of looking at the answers or of sending them. A draft does not store it.
	On updating.Date `json:"-"`
	// Book is the regulators' rules that they are computed with: those of the
	// database when the answers were read. A draft does not store it either.
	Book updating.Book `json:"-"`

	Profession     *Profession     `json:"profession,omitempty"`
	Branch         *Branch         `json:"branch,omitempty"`
	Standing       *Standing       `json:"standing,omitempty"`
	Abroad         *Abroad         `json:"abroad,omitempty"`
	LastPractised  *LastPractised  `json:"last-practised,omitempty"`
	QualifiedWhere *QualifiedWhere `json:"qualified-where,omitempty"`
	Qualified      *Qualified      `json:"qualified,omitempty"`

	Name           *Name           `json:"name,omitempty"`
	RegisteredName *RegisteredName `json:"registered-name,omitempty"`
	Email          *Email          `json:"email,omitempty"`
	Phone          *Phone          `json:"phone,omitempty"`
	Contact        *Contact        `json:"contact,omitempty"`
	Postcode       *Postcode       `json:"postcode,omitempty"`

	RegisterNumber *RegisterNumber `json:"register-number,omitempty"`
	Programme      *Programme      `json:"programme,omitempty"`

	Experience *Experience `json:"experience,omitempty"`

	Organisations *Organisations `json:"organisations,omitempty"`
	Settings      *Settings      `json:"settings,omitempty"`
	Hours         *Hours         `json:"hours,omitempty"`
	Start         *Start         `json:"start,omitempty"`
	Help          *Help          `json:"help,omitempty"`

	Privacy *Privacy `json:"privacy,omitempty"`
}

// professionSlug is the chosen profession, or "".
func (a Answers) professionSlug() string {
	if a.Profession == nil {
		return ""
	}
	return a.Profession.Slug
}

// Situation gives the answers that the rules of updating work with. They may
// be incomplete; updating.Answers.Asks says what the rules still need.
func (a Answers) Situation() updating.Answers {
	s := updating.Answers{Profession: a.professionSlug(), ApplyOn: a.On}
	if a.Branch != nil {
		s.Branch = a.Branch.Slug
	}
	if a.Standing != nil {
		s.Standing = a.Standing.Standing
	}
	if a.Abroad != nil {
		s.Abroad = a.Abroad.Answer == Yes
	}
	if a.QualifiedWhere != nil {
		s.QualifiedOutsideUK = a.QualifiedWhere.InUK == No
	}
	asks := s.Asks()
	if asks.LastPractised && a.LastPractised != nil {
		s.LastPractised = a.LastPractised.When()
	}
	if asks.Qualified && a.Qualified != nil {
		s.Qualified = a.Qualified.When()
	}
	return s
}

// Result computes the days of updating for the day On; an Invalid fault while
// the questions about the situation are not all answered.
func (a Answers) Result() (updating.Result, error) {
	situation := a.Situation()
	if osteopath(a) && situation.Standing == "" {
		// It is not asked, because no answer changes the route; the rules want one.
		situation.Standing = updating.Left
	}
	return updating.Compute(a.Book, situation)
}

// resultSoFar is the Result, or one without an answer where the questions about
// the situation are not all answered, as in a case that came from a spreadsheet.
func (a Answers) resultSoFar() (updating.Result, error) {
	result, err := a.Result()
	if errors.Is(err, fault.Invalid) {
		return updating.Result{Answers: a.Situation()}, nil
	}
	return result, err
}

// Leaves reports whether the situation leads to another route, so that there
// is no expression of interest to send.
func (a Answers) Leaves() bool {
	result, err := a.Result()
	return err == nil && result.Leaves()
}

// Applicable gives the answers without those whose question no longer applies,
// such as when somebody last practised after they said that they never did.
func (a Answers) Applicable() Answers {
	for _, step := range steps {
		if step.clear != nil && !step.Applies(a) {
			step.clear(&a)
		}
	}
	return a
}

package interest

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// The answers to when somebody could start.
const (
	StartSoon   = "as-soon-as-possible"
	StartFrom   = "from"
	StartUnsure = "not-sure"
)

var startOptions = []Option{
	{Slug: StartSoon, Label: "As soon as possible"},
	{Slug: StartFrom, Label: "From a certain month"},
	{Slug: StartUnsure, Label: "I am not sure yet"},
}

// StartOptions are the answers to when somebody could start.
func StartOptions() []Option { return startOptions }

// Start is the earliest that somebody could begin.
type Start struct {
	Choice string `json:"choice"`
	Month  string `json:"month,omitempty"` // as typed; "" unless Choice is StartFrom
	Year   string `json:"year,omitempty"`
}

// Step is "start".
func (Start) Step() string { return "start" }

// yearsAhead is how far in the future a start may lie.
const yearsAhead = 5

// Validate says what is wrong, by the form's field names: choice, month, year.
func (s Start) Validate(today updating.Date) validate.Errors {
	s = s.Clean()
	var errs validate.Errors
	if !has(startOptions, s.Choice) {
		errs.Add("choice", "Select when you could start")
	}
	if s.Choice != StartFrom {
		return errs
	}
	if updating.MonthOf(s.Month) == 0 {
		errs.Add("month", "Enter the month you could start, like 11 or November")
	}
	if number(s.Year) < firstYear {
		errs.Add("year", "Enter the year you could start with 4 numbers")
	}
	if errs.Any() || today.IsZero() {
		return errs
	}
	from := s.From()
	if from.Latest().Before(today) {
		errs.Add("year", "The month you could start must be this month or later")
	}
	if from.Earliest().After(today.AddYears(yearsAhead)) {
		errs.Add("year", "The month you could start must be in the next 5 years")
	}
	return errs
}

// From is the month of starting; the zero When if they gave none.
func (s Start) From() updating.When {
	return DayInput{Month: s.Month, Year: s.Year}.When()
}

// Clean gives the answer as it is stored: a month only where they start from
// one.
func (s Start) Clean() Start {
	if s.Choice != StartFrom {
		return Start{Choice: s.Choice}
	}
	return Start{Choice: StartFrom, Month: validate.Line(s.Month), Year: validate.Line(s.Year)}
}

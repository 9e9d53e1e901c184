package interest

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// LastPractised is when somebody last used their professional skills at work;
// the day may be missing.
type LastPractised struct {
	DayInput
}

// Step is "last-practised".
func (LastPractised) Step() string { return "last-practised" }

// Validate says what is wrong, by the form's field names: day, month, year.
func (l LastPractised) Validate(today updating.Date) validate.Errors {
	var errs validate.Errors
	l.check(&errs, "last practised", today)
	return errs
}

// Clean gives the answer as it is stored.
func (l LastPractised) Clean() LastPractised { return LastPractised{l.clean()} }

package interest

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// Qualified is when somebody who never registered finished their course; month
// and year are enough.
type Qualified struct {
	DayInput
}

// Step is "qualified".
func (Qualified) Step() string { return "qualified" }

// Validate says what is wrong, by the form's field names: day, month, year.
func (q Qualified) Validate(today updating.Date) validate.Errors {
	var errs validate.Errors
	q.check(&errs, "qualified", today)
	return errs
}

// Clean gives the answer as it is stored.
func (q Qualified) Clean() Qualified { return Qualified{q.clean()} }

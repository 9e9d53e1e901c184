package workday

import (
	"fmt"
	"strconv"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

const (
	// yearsAhead is how far ahead a holiday may be: further off is a slip of the
	// keyboard.
	yearsAhead = 10
	// maxName is the most characters of a holiday's name.
	maxName = 100
)

// NewHoliday is the form that adds a bank holiday, as typed.
type NewHoliday struct {
	Day   string
	Month string // a number, or a name such as Nov
	Year  string
	Name  string
}

// Holiday is what was typed; without a date when that is none.
func (n NewHoliday) Holiday() Holiday {
	day := updating.Date{Year: number(n.Year), Month: updating.MonthOf(n.Month), Day: number(n.Day)}
	if !day.Valid() {
		day = updating.Date{}
	}
	return Holiday{Day: day, Name: validate.Line(n.Name)}
}

func number(typed string) int {
	n, _ := strconv.Atoi(validate.Line(typed))
	return n
}

// Validate says what is wrong, by the form's field names: day, name.
func (n NewHoliday) Validate(today updating.Date) validate.Errors {
	var errs validate.Errors
	h := n.Holiday()
	switch {
	case validate.Line(n.Day+n.Month+n.Year) == "":
		errs.Add("day", "Enter the date of the bank holiday")
	case h.Day.IsZero():
		errs.Add("day", "The date of the bank holiday must be a real date, like 25 12 "+strconv.Itoa(today.Year+1))
	case h.Day.Before(today), h.Day.After(today.AddYears(yearsAhead)):
		errs.Add("day", fmt.Sprintf("The date of the bank holiday must be today or in the next %d years", yearsAhead))
	case !Is(h.Day, nil):
		errs.Add("day", fmt.Sprintf("%s is a %s, no working day already. Enter the substitute day", h.Day.Words(), h.Day.Time().Weekday()))
	}
	errs.Need("name", h.Name, "Enter what the bank holiday is called")
	errs.Max("name", h.Name, maxName, fmt.Sprintf("The name of the bank holiday must be %d characters or less", maxName))
	return errs
}

// ErrKnown is a day that is a bank holiday already, by another name.
var ErrKnown = fmt.Errorf("the day is a bank holiday already: %w", fault.Conflict)

// By is the member of staff on whose behalf the list is changed.
type By struct {
	StaffID   string
	RequestID string
}

package interest

import (
	"fmt"
	"strconv"
	"strings"

	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// The years that a date in somebody's working life can have.
const firstYear = 1940

// DayInput is a date as it was typed into the fields day, month and year. The
// day may be left out where only the month is known. It is kept as typed, so
// that a page can show it again.
type DayInput struct {
	Day   string `json:"day,omitempty"`
	Month string `json:"month"` // a number, or a name such as Nov
	Year  string `json:"year"`
}

// When is the date; the zero When if there is none like it.
func (d DayInput) When() updating.When {
	w := updating.When{Year: number(d.Year), Month: updating.MonthOf(d.Month), Day: number(d.Day)}
	if !w.Valid() || (d.Day != "" && w.Day == 0) || w.Year < firstYear {
		return updating.When{}
	}
	return w
}

func (d DayInput) clean() DayInput {
	return DayInput{Day: validate.Line(d.Day), Month: validate.Line(d.Month), Year: validate.Line(d.Year)}
}

// check adds what is wrong with a date that must not lie after today. What is
// the thing that happened, as in "Enter the month you last practised".
func (d DayInput) check(errs *validate.Errors, what string, today updating.Date) {
	d = d.clean()
	if d.Month == "" && d.Year == "" {
		errs.Add("month", "Enter the month and year you "+what)
		return
	}
	d.checkParts(errs, what)
	if errs.Any() {
		return
	}
	w := d.When()
	if w.IsZero() {
		errs.Add("day", "The date you "+what+" must be a real date")
		return
	}
	if !today.IsZero() && w.Earliest().After(today) {
		errs.Add("year", "The date you "+what+" must be today or in the past")
	}
}

func (d DayInput) checkParts(errs *validate.Errors, what string) {
	if n := number(d.Day); d.Day != "" && (n < 1 || n > 31) {
		errs.Add("day", "The day you "+what+" must be a number from 1 to 31, or empty if you do not know it")
	}
	if updating.MonthOf(d.Month) == 0 {
		errs.Add("month", "Enter the month you "+what+", like 11 or November")
	}
	if n := number(d.Year); n < firstYear || n > 9999 {
		errs.Add("year", fmt.Sprintf("Enter the year you %s with 4 numbers, from %d on", what, firstYear))
	}
}

// number reads a positive number of at most 4 digits; 0 when it is none.
func number(s string) int {
	if len(s) > 4 || strings.HasPrefix(s, "+") {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// inputOf writes a date back into the fields.
func inputOf(w updating.When) DayInput {
	d := DayInput{Month: strconv.Itoa(int(w.Month)), Year: strconv.Itoa(w.Year)}
	if w.Day != 0 {
		d.Day = strconv.Itoa(w.Day)
	}
	return d
}

// checkAhead adds what is wrong with a day that must lie after today, by at
// most some years. What is the day, as in "the date to go on".
func (d DayInput) checkAhead(errs *validate.Errors, what string, today updating.Date, years int) {
	d = d.clean()
	w, day := d.When(), what
	what = strings.ToUpper(what[:1]) + what[1:]
	switch {
	case d == DayInput{}:
		errs.Add("day", "Enter "+day+", with day, month and year")
	case d.Day == "":
		errs.Add("day", what+" must include a day")
	case d.Month == "":
		errs.Add("month", what+" must include a month")
	case d.Year == "":
		errs.Add("year", what+" must include a year")
	case w.IsZero():
		errs.Add("day", what+" must be a real date")
	case !w.Earliest().After(today):
		errs.Add("day", what+" must be in the future")
	case w.Earliest().After(today.AddYears(years)):
		errs.Add("year", fmt.Sprintf("%s must be in the next %s", what, yearsAheadWords(years)))
	}
}

func yearsAheadWords(n int) string {
	if n == 1 {
		return "12 months"
	}
	return strconv.Itoa(n) + " years"
}

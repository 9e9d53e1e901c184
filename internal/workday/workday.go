// Package workday counts working days: Monday to Friday without England's bank
// holidays, which it keeps.
package workday

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a machine without a zone database still knows when a day begins here

	"ahpfaculty/internal/updating"
)

// Holiday is a day on which nobody is expected to work.
type Holiday struct {
	Day     updating.Date `yaml:"day"`
	Name    string        `yaml:"name"`
	AddedBy string        `yaml:"-"` // a staff account's id; "" for one that came with the content
}

var london = sync.OnceValue(func() *time.Location {
	location, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(fmt.Sprintf("the embedded zone database has no Europe/London: %v", err))
	}
	return location
})

// DayOf is the day that a time falls on in England.
func DayOf(t time.Time) updating.Date { return updating.DateOf(t.In(london())) }

// At is an hour of a day in England.
func At(day updating.Date, hour int) time.Time {
	return time.Date(day.Year, day.Month, day.Day, hour, 0, 0, 0, london())
}

// Is reports whether a day is a working day.
func Is(day updating.Date, holidays []Holiday) bool {
	weekday := day.Time().Weekday()
	if weekday == time.Saturday || weekday == time.Sunday {
		return false
	}
	for _, holiday := range holidays {
		if holiday.Day == day {
			return false
		}
	}
	return true
}

// After is the working day that is so many working days after a day, which
// does not count itself; for none it is that day.
func After(day updating.Date, days int, holidays []Holiday) updating.Date {
	for days > 0 {
		day = day.AddDays(1)
		if Is(day, holidays) {
			days--
		}
	}
	return day
}

// Between is how many working days lie after a day, up to another one, which
// counts; none where the other one is earlier.
func Between(after, upTo updating.Date, holidays []Holiday) int {
	days := 0
	for day := after.AddDays(1); !day.After(upTo); day = day.AddDays(1) {
		if Is(day, holidays) {
			days++
		}
	}
	return days
}

// usualInAYear is how many bank holidays England has in a year without a special
// one. A year that has fewer is not listed whole.
const usualInAYear = 8

// KnownUntil is the last day of the last year whose holidays are all known; no
// date where there is no such year.
func KnownUntil(holidays []Holiday) updating.Date {
	in := map[int]int{}
	last := 0
	for _, holiday := range holidays {
		year := holiday.Day.Year
		if in[year]++; in[year] >= usualInAYear {
			last = max(last, year)
		}
	}
	if last == 0 {
		return updating.Date{}
	}
	return updating.Date{Year: last, Month: time.December, Day: 31}
}

// monthsAhead is how long before the list ends somebody should add to it.
const monthsAhead = 6

// EndsSoon reports whether the holidays that are known end within some months.
func EndsSoon(known, today updating.Date) bool { return today.AddMonths(monthsAhead).After(known) }

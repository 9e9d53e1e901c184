package updating

import (
	"fmt"
	"strings"
	"time"
)

// Date is a civil date: a day of the calendar, without a time or a zone. The
// zero Date is no date. In text and JSON it is written 2026-11-20.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day that t falls on in its own location: convert to
// Europe/London first.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// MonthOf reads a month as people type it: its number, its name, or the name's
// start of three letters or more; 0 when it is none.
func MonthOf(typed string) time.Month {
	lower := strings.ToLower(strings.TrimSpace(typed))
	if n := digits(lower); n >= 1 && n <= 12 {
		return time.Month(n)
	}
	if len(lower) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), lower) || lower == "sept" && m == time.September {
			return m
		}
	}
	return 0
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has the day; years are 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

// Compare is negative when d is before other, positive when it is after, and 0
// on the same day.
func (d Date) Compare(other Date) int {
	if d.Year != other.Year {
		return d.Year - other.Year
	}
	if d.Month != other.Month {
		return int(d.Month - other.Month)
	}
	return d.Day - other.Day
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// AddDays is the date so many days later; n may be negative.
func (d Date) AddDays(n int) Date {
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddMonths is the same day so many months later, or the first of the next
// month where that month is too short; n may be negative.
func (d Date) AddMonths(n int) Date {
	months := d.Year*12 + int(d.Month) - 1 + n
	moved := Date{Year: months / 12, Month: time.Month(months%12 + 1), Day: d.Day}
	if moved.Day > daysIn(moved.Year, moved.Month) {
		return Date{Year: moved.Year, Month: moved.Month, Day: daysIn(moved.Year, moved.Month)}.AddDays(1)
	}
	return moved
}

// AddYears is the anniversary so many years later; that of 29 February is
// 1 March in a year without one.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// Time is midnight of the day in UTC, for formatting and for a column of dates.
func (d Date) Time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// String writes the date as 2026-11-20.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Words writes the date as people read it: 20 November 2026.
func (d Date) Words() string {
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// MarshalText writes the date as 2026-11-20, and no date as nothing.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes, and refuses days that the
// calendar does not have.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("reading a date: %w", err)
	}
	*d = DateOf(t)
	return nil
}

// When is a day as somebody remembers it: a month of a year and, if they know
// it, the day. Day is 0 where only the month is known; the zero When is
// nothing known.
type When struct {
	Year  int        `json:"year,omitzero"`
	Month time.Month `json:"month,omitzero"`
	Day   int        `json:"day,omitzero"`
}

// IsZero reports whether nothing is known.
func (w When) IsZero() bool { return w == When{} }

// Valid reports whether there is such a month, and such a day in it.
func (w When) Valid() bool {
	return w.Earliest().Valid() && w.Latest().Valid()
}

// Earliest is the first day it can have been.
func (w When) Earliest() Date {
	return Date{Year: w.Year, Month: w.Month, Day: max(w.Day, 1)}
}

// Latest is the last day it can have been.
func (w When) Latest() Date {
	if w.Day != 0 || w.Month < time.January || w.Month > time.December {
		return Date(w)
	}
	return Date{Year: w.Year, Month: w.Month, Day: daysIn(w.Year, w.Month)}
}

// Words writes it as far as it is known: 20 November 2026, or November 2026.
func (w When) Words() string {
	if w.Day != 0 {
		return Date(w).Words()
	}
	return fmt.Sprintf("%s %d", w.Month, w.Year)
}

// daysIn is the length of a month: the day before the first of the next.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

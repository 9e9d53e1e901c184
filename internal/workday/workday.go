// Package workday counts working days: Monday to Friday without England's bank
// holidays.
package workday

import (
	"context"
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a machine without a zone database still knows when a day begins here

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Holiday is a day on which nobody is expected to work.
type Holiday struct {
	Day  updating.Date `yaml:"day"`
	Name string        `yaml:"name"`
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

// KnownUntil is the last day of the years whose holidays are known; no date
// where none are.
func KnownUntil(holidays []Holiday) updating.Date {
	var last updating.Date
	for _, holiday := range holidays {
		last.Year = max(last.Year, holiday.Day.Year)
	}
	if last.Year == 0 {
		return last
	}
	return updating.Date{Year: last.Year, Month: time.December, Day: 31}
}

// Store keeps the bank holidays that are known.
type Store struct {
	DB postgres.DB
}

type row struct {
	Day  time.Time
	Name string
}

// Holidays gives the bank holidays, the earliest first.
func (s Store) Holidays(ctx context.Context) ([]Holiday, error) {
	rows, err := postgres.List[row](ctx, s.DB, `select day, name from bank_holiday order by day`)
	if err != nil {
		return nil, fmt.Errorf("listing bank holidays: %w", err)
	}
	holidays := make([]Holiday, len(rows))
	for i, r := range rows {
		holidays[i] = Holiday{Day: updating.DateOf(r.Day), Name: r.Name}
	}
	return holidays, nil
}

// Replace puts these bank holidays in the place of all that there are.
func (s Store) Replace(ctx context.Context, holidays []Holiday) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from bank_holiday`); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"bank_holiday"}, []string{"day", "name"},
			pgx.CopyFromSlice(len(holidays), func(i int) ([]any, error) {
				return []any{holidays[i].Day.Time(), holidays[i].Name}, nil
			}))
		return err
	})
	if err != nil {
		return fmt.Errorf("replacing bank holidays: %w", err)
	}
	return nil
}

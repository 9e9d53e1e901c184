package workday_test

import (
	"reflect"
	"testing"
	"time"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func date(year int, month time.Month, day int) updating.Date {
	return updating.Date{Year: year, Month: month, Day: day}
}

var christmas = []workday.Holiday{
	{Day: date(2026, time.December, 25), Name: "Christmas Day"}, {Day: date(2026, time.December, 28), Name: "Boxing Day (substitute day)"},
	{Day: date(2027, time.January, 1), Name: "New Year’s Day"},
}

func TestWorkingDaysLeaveOutWeekendsAndHolidays(t *testing.T) {
	t.Parallel()
	friday := date(2026, time.November, 20)
	for _, test := range []struct {
		from updating.Date
		days int
		want updating.Date
	}{
		{friday, 0, friday},
		{friday, 1, date(2026, time.November, 23)},
		{friday, 5, date(2026, time.November, 27)},
		{date(2026, time.November, 21), 1, date(2026, time.November, 23)}, // from a Saturday
		{date(2026, time.December, 24), 1, date(2026, time.December, 29)}, // over Christmas
		{date(2026, time.December, 24), 5, date(2027, time.January, 5)},   // and the New Year
		{date(2028, time.February, 28), 1, date(2028, time.February, 29)}, // a leap year
	} {
		if got := workday.After(test.from, test.days, christmas); got != test.want {
			t.Errorf("After(%s, %d) = %s, want %s", test.from, test.days, got, test.want)
		}
		if got := workday.Between(test.from, test.want, christmas); got != test.days {
			t.Errorf("Between(%s, %s) = %d, want %d", test.from, test.want, got, test.days)
		}
	}
}

// TestTheDatabaseCountsTheSameDays compares add_working_days with going from day
// to day, forwards and, for what is late, backwards.
func TestTheDatabaseCountsTheSameDays(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	holidays := append(wholeYear(2026), christmas...)
	store := workday.Store{DB: tx}
	if err := store.Replace(t.Context(), holidays); err != nil {
		t.Fatalf("Replace() = %v", err)
	}
	days, err := postgres.List[struct {
		After time.Time
		Days  int
		Found time.Time
	}](t.Context(), tx, `
		select after, days, add_working_days(after, days) as found
		from generate_series(-40, 40) days, (select date '2026-01-01' + step as after from generate_series(0, 400) step) d`)
	if err != nil || len(days) != 81*401 {
		t.Fatalf("asked for %d days: %v", len(days), err)
	}
	for _, d := range days {
		after, found := updating.DateOf(d.After), updating.DateOf(d.Found)
		want := workday.After(after, d.Days, holidays)
		if d.Days <= 0 { // the first working day of those that end with it counts as none
			want = after
			for left := d.Days; left < 0 || !workday.Is(want, holidays); want = want.AddDays(-1) {
				if workday.Is(want, holidays) {
					left++
				}
			}
		}
		if found != want {
			t.Fatalf("add_working_days(%s, %d) = %s, want %s", after, d.Days, found, want)
		}
	}
}

// wholeYear are as many holidays as a year usually has.
func wholeYear(year int) []workday.Holiday {
	var holidays []workday.Holiday
	for month := range time.Month(8) {
		holidays = append(holidays, workday.Holiday{Day: date(year, month+1, 10), Name: "A holiday"})
	}
	return holidays
}

func TestHolidaysAreKnownByTheWholeYear(t *testing.T) {
	t.Parallel()
	known := append(wholeYear(2026), wholeYear(2027)...)
	if got := workday.KnownUntil(known); got != date(2027, time.December, 31) {
		t.Errorf("KnownUntil = %s, want the end of 2027", got)
	}
	known = append(known, workday.Holiday{Day: date(2029, time.June, 8), Name: "A special day"})
	if got := workday.KnownUntil(known); got != date(2027, time.December, 31) {
		t.Errorf("KnownUntil(with one day of 2029) = %s, want the end of 2027", got)
	}
	if got := workday.KnownUntil(christmas); !got.IsZero() {
		t.Errorf("KnownUntil(no whole year) = %s, want no date", got)
	}
	for today, soon := range map[updating.Date]bool{
		date(2027, time.June, 30): false, date(2027, time.July, 1): true, date(2028, time.March, 1): true,
	} {
		if got := workday.EndsSoon(date(2027, time.December, 31), today); got != soon {
			t.Errorf("EndsSoon on %s = %t, want %t", today, got, soon)
		}
	}
	if !workday.EndsSoon(updating.Date{}, date(2027, time.June, 30)) {
		t.Error("EndsSoon(none known) = false, want true")
	}
}

func TestStoreGivesBackTheHolidays(t *testing.T) {
	t.Parallel()
	store := workday.Store{DB: postgrestest.Tx(t)}
	if err := store.Replace(t.Context(), []workday.Holiday{{Day: date(2025, time.December, 25), Name: "Old"}}); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	if err := store.Replace(t.Context(), christmas); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	if got, err := store.Holidays(t.Context()); err != nil || !reflect.DeepEqual(got, christmas) {
		t.Errorf("Holidays = %v, %v, want %v", got, err, christmas)
	}
}

package workday_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

var today = date(2026, time.November, 20)

// newStore is a store with a member of staff to act for.
func newStore(t *testing.T) (workday.Store, workday.By) {
	t.Helper()
	store := workday.Store{DB: postgrestest.Tx(t)}
	var id string
	err := store.DB.QueryRow(t.Context(), `
		insert into staff_account (email, name, role, created_at) values ('sam@example.org', 'Sam', 'lead', now()) returning id::text`).Scan(&id)
	if err != nil {
		t.Fatalf("adding a member of staff: %v", err)
	}
	return store, workday.By{StaffID: id}
}

func TestABankHolidayIsARealWorkingDayToCome(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typed workday.NewHoliday
		field string // with the fault; "" for none
		says  string
	}{
		{workday.NewHoliday{Day: "8", Month: "6", Year: "2027", Name: " A  special day "}, "", ""},
		{workday.NewHoliday{Day: "20", Month: "11", Year: "2026", Name: "Today"}, "", ""},
		{workday.NewHoliday{Name: "A day"}, "day", "Enter the date"},
		{workday.NewHoliday{Day: "31", Month: "6", Year: "2027", Name: "A day"}, "day", "real date"},
		{workday.NewHoliday{Day: "8", Month: "June", Year: "2027", Name: "A day"}, "", ""},
		{workday.NewHoliday{Day: "8", Month: "summer", Year: "2027", Name: "A day"}, "day", "real date"},
		{workday.NewHoliday{Day: "19", Month: "11", Year: "2026", Name: "A day"}, "day", "today or in the next"},
		{workday.NewHoliday{Day: "8", Month: "6", Year: "2037", Name: "A day"}, "day", "today or in the next"},
		{workday.NewHoliday{Day: "25", Month: "12", Year: "2027", Name: "Christmas Day"}, "day", "25 December 2027 is a Saturday"},
		{workday.NewHoliday{Day: "8", Month: "6", Year: "2027"}, "name", "Enter what"},
		{workday.NewHoliday{Day: "8", Month: "6", Year: "2027", Name: strings.Repeat("x", 101)}, "name", "100 characters"},
	} {
		errs := test.typed.Validate(today)
		if errs.Any() != (test.field != "") || !strings.Contains(errs.For(test.field), test.says) {
			t.Errorf("Validate(%+v) = %v, want %q of %q", test.typed, errs, test.says, test.field)
		}
	}
}

func TestAHolidayThatIsAddedCountsAndIsRemovedAgain(t *testing.T) {
	t.Parallel()
	store, by := newStore(t)
	if err := store.Replace(t.Context(), christmas); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	special := workday.NewHoliday{Day: "23", Month: "11", Year: "2026", Name: "A special day"}
	for range 2 {
		if err := store.Add(t.Context(), by, special, today); err != nil {
			t.Fatalf("Add = %v", err)
		}
	}
	special.Name = "Another name"
	if err := store.Add(t.Context(), by, special, today); !errors.Is(err, workday.ErrKnown) {
		t.Errorf("Add(by another name) = %v, want ErrKnown", err)
	}
	if err := store.Add(t.Context(), by, workday.NewHoliday{}, today); !errors.Is(err, fault.Invalid) {
		t.Errorf("Add(nothing) = %v, want Invalid", err)
	}
	added := workday.Holiday{Day: date(2026, time.November, 23), Name: "A special day", AddedBy: by.StaffID}
	holidays, err := store.Holidays(t.Context())
	if want := append([]workday.Holiday{added}, christmas...); err != nil || !reflect.DeepEqual(holidays, want) {
		t.Errorf("Holidays = %v, %v, want %v", holidays, err, want)
	}
	if got := workday.After(today, 1, holidays); got != date(2026, time.November, 24) {
		t.Errorf("the next working day is %s, want the one after the holiday", got)
	}

	for range 2 {
		if err := store.Remove(t.Context(), by, added.Day); err != nil {
			t.Fatalf("Remove = %v", err)
		}
	}
	if err := store.Remove(t.Context(), by, christmas[0].Day); !errors.Is(err, fault.Invalid) {
		t.Errorf("Remove(one of the content) = %v, want Invalid", err)
	}
	if got, err := store.Holidays(t.Context()); err != nil || !reflect.DeepEqual(got, christmas) {
		t.Errorf("Holidays = %v, %v, want %v", got, err, christmas)
	}
	var audited int
	err = store.DB.QueryRow(t.Context(), `
		select count(*) from audit_event where action in ('bank-holiday.add', 'bank-holiday.remove') and subject_id = '2026-11-23' and actor_id = $1`, by.StaffID).Scan(&audited)
	if audited != 2 || err != nil {
		t.Errorf("%d rows in the audit, %v, want 2", audited, err)
	}
}

func TestImportedContentKeepsTheHolidaysThatStaffAdded(t *testing.T) {
	t.Parallel()
	store, by := newStore(t)
	for _, n := range []workday.NewHoliday{
		{Day: "8", Month: "June", Year: "2027", Name: "A special day"}, {Day: "25", Month: "12", Year: "2026", Name: "Christmas"},
	} {
		if err := store.Add(t.Context(), by, n, today); err != nil {
			t.Fatalf("Add = %v", err)
		}
	}
	if err := store.Replace(t.Context(), christmas); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	want := append(append([]workday.Holiday{}, christmas...), workday.Holiday{Day: updating.Date{Year: 2027, Month: time.June, Day: 8}, Name: "A special day", AddedBy: by.StaffID})
	if got, err := store.Holidays(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Holidays = %v, %v, want %v", got, err, want)
	}
}

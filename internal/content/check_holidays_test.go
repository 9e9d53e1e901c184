package content

import (
	"strings"
	"testing"

	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/workday"
)

func TestDefaultContentHasTheBankHolidaysOfEngland(t *testing.T) {
	t.Parallel()
	want := strings.Fields(`
		2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
		2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
		2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26`)
	holidays := mustParseDefault(t).Holidays
	if len(holidays) != len(want) {
		t.Fatalf("got %d bank holidays, want %d", len(holidays), len(want))
	}
	for i, holiday := range holidays {
		if holiday.Day.String() != want[i] {
			t.Errorf("bank holiday %d = %s, want %s", i+1, holiday.Day, want[i])
		}
		if !workday.Is(holiday.Day, nil) {
			t.Errorf("%s, %s, falls on a weekend: its substitute day is the holiday", holiday.Name, holiday.Day)
		}
	}
}

func TestParseNamesFaultsInTheBankHolidays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- day: 2026-12-25\n  name: \"\"\n": `bank-holidays.yaml:2: "name" is missing`,
		"- name: Christmas Day\n":           `bank-holidays.yaml:1: "day" is missing`,
		"- day: 2026-12-25\n  name: Christmas Day\n- day: 2026-12-25\n  name: B\n": "bank-holidays.yaml:3: day is not after that of the holiday before it, 2026-12-25",
		"- day: 25 December\n  name: Christmas Day\n":                              `"day" must be a date such as 2026-11-20`,
		"": "bank-holidays.yaml:1: is missing",
	} {
		if _, err := Parse(newPack(map[string]string{holidaysFile: text})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want %s", text, err, want)
		}
	}
}

func TestBankHolidaysComeToContentThatIsOlder(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	days := workday.Store{DB: tx}
	if err := days.Replace(t.Context(), nil); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	if imported, err := ImportIfEmpty(t.Context(), tx, pack.Files); err != nil || imported {
		t.Fatalf("ImportIfEmpty = %t, %v, want nothing of the content imported", imported, err)
	}
	if holidays, err := days.Holidays(t.Context()); err != nil || len(holidays) != 24 {
		t.Errorf("Holidays = %d, %v, want the 24 of the default content", len(holidays), err)
	}
}

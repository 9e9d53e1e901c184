package updating

import (
	"encoding/json"
	"testing"
	"time"
)

func TestAnniversariesOfShortMonths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2024-02-29", 24, "2026-03-01"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2024-02-28", 24, "2026-02-28"},
		{"2023-03-31", 1, "2023-05-01"},
		{"2028-02-29", -12, "2027-03-01"},
		{"2026-11-20", -12, "2025-11-20"},
		{"2026-01-15", -2, "2025-11-15"},
		{"2026-12-31", 2, "2027-03-01"},
	} {
		if got := date(t, c.from).AddMonths(c.months); got != date(t, c.want) {
			t.Errorf("%s.AddMonths(%d) = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDateIsTheDayInTheLocation(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, time.June, 30, 23, 30, 0, 0, time.UTC)
	if got := DateOf(late.In(time.FixedZone("BST", 3600))); got != date(t, "2026-07-01") {
		t.Errorf("DateOf(half past midnight in summer) = %s, want 2026-07-01", got)
	}
}

func TestOnlyDaysOfTheCalendarAreValid(t *testing.T) {
	t.Parallel()
	for _, good := range []When{{2024, 2, 29}, {2026, 12, 31}, {2026, 2, 0}, {1, 1, 1}} {
		if !good.Valid() {
			t.Errorf("%v.Valid() = false, want true", good)
		}
	}
	for _, bad := range []When{{}, {2026, 0, 1}, {2026, 13, 1}, {2026, 13, 0}, {2025, 2, 29}, {2026, 4, 31}, {0, 1, 1}, {10000, 1, 0}, {2026, 1, -1}} {
		if bad.Valid() {
			t.Errorf("%v.Valid() = true, want false", bad)
		}
	}
}

func TestAMonthIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]time.Month{
		"1": time.January, "09": time.September, " 12 ": time.December, "June": time.June, "june": time.June, "nov": time.November, "Sept": time.September,
		"": 0, "0": 0, "13": 0, "-1": 0, "+1": 0, "Ju": 0, "Juneish": 0, "soon": 0,
	} {
		if got := MonthOf(typed); got != want {
			t.Errorf("MonthOf(%q) = %v, want %v", typed, got, want)
		}
	}
}

func TestDatesReadBackFromJSON(t *testing.T) {
	t.Parallel()
	for _, want := range []Date{{}, {2026, time.November, 20}, {987, time.January, 2}} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Date
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Errorf("Unmarshal(%s) = %v, %v, want %v", text, got, err, want)
		}
	}
	var d Date
	if err := json.Unmarshal([]byte(`"2026-02-30"`), &d); err == nil {
		t.Error("Unmarshal(30 February) = nil, want an error")
	}
}

func date(t testing.TB, text string) Date {
	t.Helper()
	var d Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

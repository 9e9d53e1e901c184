package resultview

import (
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func mustCompute(t *testing.T, a updating.Answers) Answer {
	t.Helper()
	a.Profession = "dietitians"
	a.ApplyOn = updating.Date{Year: 2026, Month: time.November, Day: 20}
	book := updatingtest.Book(t)
	r, err := updating.Compute(book, a)
	if err != nil {
		t.Fatalf("Compute(%+v) = %v", a, err)
	}
	return Answer{Result: r, Rules: book.On(a.ApplyOn)}
}

func TestTheWordsOfAResult(t *testing.T) {
	t.Parallel()
	left := func(year, month, day int) updating.Answers {
		return updating.Answers{Standing: updating.Left, LastPractised: updating.When{Year: year, Month: time.Month(month), Day: day}}
	}
	for _, c := range []struct {
		name                 string
		answers              updating.Answers
		title, later, warned string
	}{
		{"a day short of two years", left(2024, 11, 21), "No updating is asked for",
			"If you apply on or after 21 November 2026, it is at least 30 days.", ""},
		{"exactly two years", left(2024, 11, 20), "At least 30 days of updating",
			"If you apply on or after 20 November 2029, it is at least 60 days.", "pages differ about exactly 2 years"},
		{"five years", left(2021, 11, 20), "At least 60 days of updating", "", ""},
		{"a month with one answer", left(2023, 5, 0), "At least 30 days of updating",
			"If you apply later, it is at least 60 days from a day between 1 May 2028 and 31 May 2028. Which day depends on the exact date.", ""},
		{"a month with two answers", left(2024, 11, 0), "Your days of updating depend on the exact date",
			"If you apply later, it is at least 60 days from a day between 1 November 2029 and 20 November 2029. Which day depends on the exact date.", "exactly 2 years"},
		{"newly qualified", updating.Answers{Standing: updating.Never, Qualified: updating.When{Year: 2024, Month: time.July, Day: 1}},
			"You apply for registration in the ordinary way",
			"If you apply on or after 2 July 2029, HCPC decides how many days of updating you need.", ""},
	} {
		a := mustCompute(t, c.answers)
		if got := a.Title(); got != c.title {
			t.Errorf("%s: title %q, want %q", c.name, got, c.title)
		}
		if got := change(a.Result.First()); got != c.later {
			t.Errorf("%s: change %q, want %q", c.name, got, c.later)
		}
		if got := a.caution(a.Result.First()); !strings.Contains(got, c.warned) || c.warned == "" && got != "" {
			t.Errorf("%s: caution %q, want it to say %q", c.name, got, c.warned)
		}
	}
}

func TestEveryOtherRouteHasItsWords(t *testing.T) {
	t.Parallel()
	for _, known := range []updating.Route{
		updating.ToGOsC, updating.Restoration, updating.StayRegistered, updating.International, updating.FirstTime, updating.PractisedAbroad,
	} {
		if r := routes[known]; r.title == "" || len(r.words) == 0 {
			t.Errorf("route %s = %+v, want a title and words", known, r)
		}
	}
	if len(routes) != 6 {
		t.Errorf("%d routes have words, want the 6 that there are", len(routes))
	}
}

package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

const calculator = "/return-to-practice/days"

// newCalculator is a portal on the day of the rules' examples, 20 November 2026.
func newCalculator(t *testing.T) *servertest.Portal {
	t.Helper()
	return servertest.New(t, func(deps *server.Deps) {
		deps.Now = func() time.Time { return time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC) }
	})
}

func fields(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// left is somebody who left the register and last practised on a date; the day
// may be "".
func left(day, month, year string) url.Values {
	return fields("profession", "physiotherapists", "standing", "left-register", "left-abroad", "no", "left-day", day, "left-month", month, "left-year", year)
}

// with adds fields to those of a situation.
func with(values url.Values, pairs ...string) url.Values {
	for name, value := range fields(pairs...) {
		values[name] = value
	}
	return values
}

func TestTheCalculatorGivesEverybodyTheirOwnAnswer(t *testing.T) {
	t.Parallel()
	v := newCalculator(t).Visitor(t)
	form := v.Get(calculator).Want(http.StatusOK).Has("h1", "Work out your days of updating")
	if got, _ := form.Doc().Find("#apply-year").Attr("value"); got != "2026" {
		t.Errorf("the day of applying begins with the year %q, want today's", got)
	}
	never := func(pairs ...string) url.Values {
		return with(fields("profession", "dietitians", "standing", "never-registered"), pairs...)
	}
	for name, c := range map[string]struct {
		typed url.Values
		title string
		says  []string
		never string // what the page must not say
	}{
		"a day short of two years": {left("21", "11", "2024"), "No updating is asked for",
			[]string{"If you apply on or after 21 November 2026, it is at least 30 days.", "Use this in my form"}, "Plan your days"},
		"exactly two years": {left("20", "11", "2024"), "At least 30 days of updating",
			[]string{"30 days are 210 hours", "at most 15 days", "from 20 November 2025 to 20 November 2026", "pages differ about exactly 2 years",
				"on or after 20 November 2029, it is at least 60 days", "HCPC decides", "checked 20 November 2026"}, "GOsC"},
		"five years": {left("20", "11", "2021"), "At least 60 days of updating", []string{"60 days are 420 hours", "at most 30 days"}, "If you apply"},
		"a month that straddles": {left("", "November", "2024"), "Your days of updating depend on the exact date",
			[]string{"from 1 to 20 November 2024: at least 30 days", "from 21 to 30 November 2024: no updating", "between 21 November 2026 and 30 November 2026"}, ""},
		"29 February": {with(left("29", "2", "2024"), "apply-day", "28", "apply-month", "2", "apply-year", "2027"), "At least 30 days of updating",
			[]string{"on or after 1 March 2029"}, ""},
		"applying later": {with(left("20", "1", "2022"), "apply-day", "20", "apply-month", "1", "apply-year", "2027"), "At least 60 days of updating",
			[]string{"from 20 January 2026 to 20 January 2027"}, ""},
		"no day of applying": {with(left("20", "11", "2021"), "apply-day", "", "apply-month", "", "apply-year", ""), "At least 60 days of updating",
			[]string{"on 20 November 2026"}, ""},
		"an osteopath six years out": {with(left("", "11", "2020"), "profession", "osteopaths"), "Osteopaths return through GOsC",
			[]string{"Go to GOsC’s website"}, "Use this in my form"},
		"an osteopath who says nothing more": {fields("profession", "osteopaths"), "Osteopaths return through GOsC", []string{"Ask GOsC"}, "hours"},
		"removed":                            {fields("profession", "paramedics", "standing", "removed-from-register"), "You return by restoration", []string{"HCPC tells you"}, "Plan your days"},
		"still practising":                   {fields("profession", "paramedics", "standing", "registered-practising"), "You are registered and practising", []string{"Keep your registration up"}, "Plan your days"},
		"practised abroad": {fields("profession", "paramedics", "standing", "left-register", "left-abroad", "yes"), "HCPC has another way back",
			[]string{"outside the UK in the last 2 years", "readmission"}, "Plan your days"},
		"registered, out for 6 years": {fields("profession", "paramedics", "standing", "registered-not-practising", "registered-abroad", "no", "registered-month", "6", "registered-year", "2020"),
			"At least 60 days of updating", []string{"you may apply when you renew"}, ""},
		"registered, out for 1 year": {fields("profession", "paramedics", "standing", "registered-not-practising", "registered-abroad", "no", "registered-month", "6", "registered-year", "2025"),
			"No updating is asked for", []string{"Keep your registration up"}, ""},
		"never registered, long ago": {never("in-uk", "yes", "qualified-month", "7", "qualified-year", "2015"), "HCPC decides how many days",
			[]string{"over 5 years ago", "Use this in my form"}, "Plan your days"},
		"never registered, lately":    {never("in-uk", "yes", "qualified-month", "7", "qualified-year", "2025"), "You apply for registration in the ordinary way", []string{"5 years ago or less"}, "Plan your days"},
		"never registered, elsewhere": {never("in-uk", "no"), "You apply by HCPC’s international route", []string{"national programme does not cover it"}, "Plan your days"},
	} {
		page := v.Send(form, calculator, c.typed)
		if page.Status != http.StatusOK || !strings.Contains(page.Text("h1"), c.title) {
			t.Errorf("%s: %d %q, want %q; errors: %s", name, page.Status, page.Text("h1"), c.title, page.Text(".nhsuk-error-summary"))
			continue
		}
		text := page.Text("main")
		for _, words := range c.says {
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say %q: %.1500s", name, words, text)
			}
		}
		if c.never != "" && strings.Contains(text, c.never) {
			t.Errorf("%s says %q", name, c.never)
		}
		if cookie := page.Header.Get("Set-Cookie"); cookie != "" {
			t.Errorf("%s sets the cookie %q", name, cookie)
		}
	}
}

func TestTheCalculatorSaysWhatIsWrongAndLosesNothing(t *testing.T) {
	t.Parallel()
	v := newCalculator(t).Visitor(t)
	form := v.Get(calculator)
	v.Send(form, calculator, nil).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Select the profession").Has(".nhsuk-error-summary", "Select whether you are on the register")
	page := v.Send(form, calculator, with(left("31", "2", "2020"), "apply-year", "2020", "qualified-year", "not a year")).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "The date you last practised must be a real date").Has(".nhsuk-error-summary", "must be today or later")
	if strings.Contains(page.Text(".nhsuk-error-summary"), "qualified") {
		t.Error("a question that is not asked of this person is at fault")
	}
	for id, want := range map[string]string{"left-day": "31", "left-month": "2", "left-year": "2020", "apply-year": "2020", "qualified-year": "not a year"} {
		if got, _ := page.Doc().Find("#" + id).Attr("value"); got != want {
			t.Errorf("%s = %q, want what was typed, %q", id, got, want)
		}
	}
	if page.Doc().Find(`input[value="left-register"][checked]`).Length() != 1 || page.Doc().Find("#left-abroad-2[checked]").Length() != 1 {
		t.Error("what was chosen is lost")
	}
	page.Doc().Find(".nhsuk-error-summary a").Each(func(_ int, link *pagetest.Field) {
		if href, _ := link.Attr("href"); page.Doc().Find(href).Length() != 1 {
			t.Errorf("the error summary leads to %q, which is not there", href)
		}
	})
	v.Post(calculator, left("20", "11", "2021")).Want(http.StatusForbidden)
}

func TestThePlannerRefusesNothingButWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	v := newCalculator(t).Visitor(t)
	answered := v.Send(v.Get(calculator), calculator, left("1", "5", "2023")).Want(http.StatusOK)
	const planner = calculator + "#plan"
	planned := v.Send(answered, planner, fields("supervised", "10", "private", "16", "formal", "4", "early", "3")).Want(http.StatusOK)
	for _, words := range []string{"29 days count", "15 of your 16 days of private study count", "3 days before the last 12 months do not count", "1 day short"} {
		planned.Has("section[aria-labelledby=plan]", words)
	}
	v.Send(planned, planner, fields("supervised", "400")).Want(http.StatusOK).Has("main", "enough by these rules")
	v.Send(planned, planner, fields("supervised", "", "private", "", "formal", "", "early", "")).Want(http.StatusOK).Has("main", "30 days short")
	wrong := v.Send(planned, planner, fields("formal", "a few", "private", "-3")).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Enter the days of formal study").Has(".nhsuk-error-summary", "Enter the days of private study").Has("h1", "At least 30 days")
	if got, _ := wrong.Doc().Find("#formal").Attr("value"); got != "a few" {
		t.Errorf("formal study = %q, want what was typed", got)
	}
}

func TestAFigureIsChangedOnceForPagesAndTheCalculator(t *testing.T) {
	t.Parallel()
	portal := newCalculator(t)
	v := portal.Visitor(t)
	says := func(days string) {
		t.Helper()
		v.Get("/return-to-practice").Has("main", "At least "+days+" days")
		v.Get("/professions/dietitians").Has("main", "at least "+days+" days")
		v.Send(v.Get(calculator), calculator, left("1", "5", "2023")).Want(http.StatusOK).Has("h1", "At least "+days+" days").Has("main", "and less than 5: at least "+days+" days")
	}
	says("30")
	if _, err := portal.Pool.Exec(t.Context(), `update rule_figure_value set value = 36 where figure_slug = 'short-days'`); err != nil {
		t.Fatal(err)
	}
	says("36")
}

package apply_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// given is what a visitor answers at one step.
type given struct {
	step   string
	fields url.Values
}

func fields(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// yearsAgo is a year so long ago that no day of today's changes an answer.
func yearsAgo(n int) string { return strconv.Itoa(time.Now().Year() - n) }

// situation is that of a physiotherapist who left the register 7 years ago.
func situation() []given {
	return []given{
		{"profession", fields("profession", "physiotherapists")},
		{"standing", fields("standing", "left-register")},
		{"abroad", fields("abroad", "no")},
		{"last-practised", fields("day", "", "month", "3", "year", yearsAgo(7))},
	}
}

// rest is what is asked after the situation.
func rest() []given {
	return []given{
		{"name", fields("name", "Zoë Example")},
		{"registered-name", fields("other", "yes", "registered-name", "Zoë Sample")},
		{"email", fields("email", "zoe@example.com")},
		{"phone", fields("phone", "07700 900123")},
		{"contact", fields("by", "phone")},
		{"postcode", fields("postcode", "LN1")},
		{"register-number", fields("number", "PH12345")},
		{"programme", fields("registered", "yes", "reference", "RTP-77")},
		{"experience", fields("role", "Senior physiotherapist", "setting", "community", "years", "7")},
		{"organisations", fields("organisations", "any")},
		{"settings", fields("settings", "community", "settings", "hospital")},
		{"hours", fields("hours", "part-time")},
		{"start", fields("choice", "from", "month", "2", "year", yearsAgo(-1))},
		{"help", fields("help", "placement", "help", "supervisor")},
		{"privacy", fields("read", "yes")},
	}
}

// begin opens the form for a visitor.
func begin(t *testing.T, v *pagetest.Visitor) {
	t.Helper()
	v.Follow(v.Send(v.Get("/apply").Want(http.StatusOK), "/apply", nil)).Want(http.StatusOK).Has("h1", "Your expression of interest")
}

// answer gives each answer at its own page.
func answer(t *testing.T, v *pagetest.Visitor, answers ...given) *pagetest.Page {
	t.Helper()
	var last *pagetest.Page
	for _, one := range answers {
		asked := v.Get("/apply/" + one.step).Want(http.StatusOK)
		last = v.Send(asked, "/apply/"+one.step, one.fields).Want(http.StatusSeeOther)
	}
	return last
}

// whole answers every question and gives the page of all answers.
func whole(t *testing.T, v *pagetest.Visitor) *pagetest.Page {
	t.Helper()
	begin(t, v)
	answer(t, v, situation()...)
	return v.Follow(answer(t, v, rest()...)).Want(http.StatusOK).Has("h1", "Check your answers")
}

// count is the number that a query of the portal's database answers with.
func count(t *testing.T, p *servertest.Portal, query string) int {
	t.Helper()
	var n int
	if err := p.Pool.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// oneHeading fails unless the page has one heading of the first level, and it
// says something.
func oneHeading(t *testing.T, p *pagetest.Page) {
	t.Helper()
	if n := p.Doc().Find("h1").Length(); n != 1 || strings.TrimSpace(p.Text("h1")) == "" {
		t.Errorf("%s has %d headings h1 that say %q, want one", p.Path, n, p.Text("h1"))
	}
}

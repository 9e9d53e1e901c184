package servertest

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
)

// Given is what a visitor answers at one step of the return to practice form.
type Given struct {
	Step   string
	Fields url.Values
}

// Give is an answer to a step: names and values of its fields in turn.
func Give(step string, pairs ...string) Given { return Given{Step: step, Fields: Fields(pairs...)} }

// Fields are those of a form: names and values in turn.
func Fields(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// YearsAgo is a year so long ago that no day of today's changes an answer.
func YearsAgo(n int) string { return strconv.Itoa(time.Now().Year() - n) }

// Situation is that of a physiotherapist who left the register 7 years ago.
func Situation() []Given {
	return []Given{
		Give("profession", "profession", "physiotherapists"),
		Give("standing", "standing", "left-register"),
		Give("abroad", "abroad", "no"),
		Give("last-practised", "day", "", "month", "3", "year", YearsAgo(7)),
	}
}

// Rest is what is asked after Situation.
func Rest() []Given {
	return []Given{
		Give("name", "name", "Zoë Example"),
		Give("registered-name", "other", "yes", "registered-name", "Zoë Sample"),
		Give("email", "email", "zoe@example.com"),
		Give("phone", "phone", "07700 900123"),
		Give("contact", "by", "phone"),
		Give("postcode", "postcode", "LN1"),
		Give("register-number", "number", "PH12345"),
		Give("programme", "registered", "yes", "reference", "RTP-77"),
		Give("experience", "role", "Senior physiotherapist", "setting", "community", "years", "7"),
		Give("organisations", "organisations", "any"),
		Give("settings", "settings", "community", "settings", "hospital"),
		Give("hours", "hours", "part-time"),
		Give("start", "choice", "from", "month", "2", "year", YearsAgo(-1)),
		Give("help", "help", "placement", "help", "supervisor"),
		Give("privacy", "read", "yes"),
	}
}

// Begin opens the form for a visitor.
func Begin(t testing.TB, v *pagetest.Visitor) {
	t.Helper()
	v.Follow(v.Send(v.Get("/apply").Want(http.StatusOK), "/apply", nil)).Want(http.StatusOK).Has("h1", "Your expression of interest")
}

// Answer gives each answer at its own page; the answer to the last one comes back.
func Answer(t testing.TB, v *pagetest.Visitor, answers ...Given) *pagetest.Page {
	t.Helper()
	var last *pagetest.Page
	for _, one := range answers {
		asked := v.Get("/apply/" + one.Step).Want(http.StatusOK)
		last = v.Send(asked, "/apply/"+one.Step, one.Fields).Want(http.StatusSeeOther)
	}
	return last
}

// Whole answers every question and gives the page of all answers. An answer
// that is given here stands in for the one to the same step.
func Whole(t testing.TB, v *pagetest.Visitor, instead ...Given) *pagetest.Page {
	t.Helper()
	answers := append(Situation(), Rest()...)
	for i := range answers {
		for _, one := range instead {
			if one.Step == answers[i].Step {
				answers[i] = one
			}
		}
	}
	Begin(t, v)
	return v.Follow(Answer(t, v, answers...)).Want(http.StatusOK).Has("h1", "Check your answers")
}

// Count is the number that a query of the portal's database answers with.
func (p *Portal) Count(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := p.Pool.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

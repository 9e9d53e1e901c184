package apply_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
)

const (
	calculator = "/return-to-practice/days"
	carry      = "/apply/carry"
)

// calculated is the calculator's page after its questions are answered.
func calculated(t *testing.T, v *pagetest.Visitor, profession, month string) *pagetest.Page {
	t.Helper()
	return v.Send(v.Get(calculator).Want(http.StatusOK), calculator, servertest.Fields("profession", profession, "standing", "left-register",
		"left-abroad", "no", "left-month", month, "left-year", servertest.YearsAgo(7))).Want(http.StatusOK)
}

func TestTheCalculatorsAnswersBeginAForm(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	from := calculated(t, v, "physiotherapists", "3")
	v.Follow(v.Send(from, carry, nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "What is your name?")
	v.Get("/apply/your-days").Want(http.StatusOK).Has("h1", "At least 60 days")
	v.Get("/apply/last-practised").Want(http.StatusOK)
	// The same again, and the month in a word, are the same answers.
	v.Send(from, carry, nil).Want(http.StatusSeeOther)
	v.Send(calculated(t, v, "physiotherapists", "March"), carry, nil).Want(http.StatusSeeOther)
	// A branch is asked for by the form where the calculator was not told.
	other := v.Another()
	if got := other.Send(calculated(t, other, "radiographers", "3"), carry, nil).Want(http.StatusSeeOther).Location; got != "/apply/branch" {
		t.Errorf("a radiographer without a branch goes to %q, want the question", got)
	}
}

func TestOtherAnswersAreNeverReplacedUnasked(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	from := calculated(t, v, "dietitians", "5")
	asked := v.Send(from, carry, nil).Want(http.StatusConflict).Has("h1", "Your form has other answers").Has("main", "Physiotherapist").Has("main", "Dietitian")
	v.Send(asked, carry, nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select which answers to use")
	profession := func() string {
		value, _ := v.Get("/apply/profession").Want(http.StatusOK).Doc().Find("input[checked]").Attr("value")
		return value
	}
	v.Send(asked, carry, url.Values{"use": {"saved"}}).Want(http.StatusSeeOther)
	if got := profession(); got != "physiotherapists" {
		t.Fatalf("the form is about %s after keeping its answers, want physiotherapists", got)
	}
	// Somebody goes on in another tab while the page is open.
	servertest.Answer(t, v, servertest.Give("name", "name", "Zoë Example"))
	again := v.Send(asked, carry, url.Values{"use": {"carried"}}).Want(http.StatusConflict).Has("h1", "Your form has other answers")
	v.Follow(v.Send(again, carry, url.Values{"use": {"carried"}}).Want(http.StatusSeeOther)).Want(http.StatusOK)
	if got := profession(); got != "dietitians" {
		t.Errorf("the form is about %s, want what was chosen", got)
	}
	if got, _ := v.Get("/apply/name").Doc().Find("#name").Attr("value"); got != "Zoë Example" {
		t.Errorf("the name is %q, want it kept: it is no answer of the calculator's", got)
	}
}

func TestOnlyTheCalculatorsOwnFormsAreCarried(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	from := calculated(t, v, "dietitians", "5")
	v.Post(carry, servertest.Fields("profession", "dietitians")).Want(http.StatusForbidden)
	v.Send(from, carry, url.Values{"profession": {"nurses"}}).Want(http.StatusBadRequest)
	if n := len(v.Get("/apply/tasks").Header.Values("Set-Cookie")); n != 0 {
		t.Errorf("a refused form begins %d sessions, want none", n)
	}
}

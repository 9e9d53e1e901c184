package apply_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
)

func TestTheCheckPageShowsEveryAnswerWithAWayToChangeIt(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	check := servertest.Whole(t, v)
	oneHeading(t, check)
	for _, text := range []string{
		"Physiotherapist", "At least 60 days", "March " + servertest.YearsAgo(7), "Zoë Example", "Zoë Sample", "zoe@example.com", "07700 900123",
		"Phone call", "LN1", "PH12345", "RTP-77", "Senior physiotherapist", "Any organisation", "Hospital", "Part time", "Finding a supervisor",
	} {
		check.Has("main", text)
	}
	check.Doc().Find(".nhsuk-summary-list__actions a").Each(func(_ int, link *goquery.Selection) {
		if hidden := link.Find(".nhsuk-u-visually-hidden").Text(); strings.TrimSpace(hidden) == "" {
			t.Errorf("the link %q does not say what it changes", link.Text())
		}
	})
}

func TestAChangeFromTheCheckPageComesBackToIt(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Whole(t, v)
	asked := v.Get("/apply/name?from=check").Want(http.StatusOK)
	changed := v.Send(asked, "/apply/name", servertest.Fields("name", "Zoë Changed")).Want(http.StatusSeeOther)
	if changed.Location != "/apply/check" {
		t.Fatalf("a change leads to %s, want /apply/check", changed.Location)
	}
	v.Follow(changed).Has("main", "Zoë Changed")

	// A change that opens a new question asks it, and then comes back.
	asked = v.Get("/apply/profession?from=check").Want(http.StatusOK)
	changed = v.Send(asked, "/apply/profession", servertest.Fields("profession", "radiographers")).Want(http.StatusSeeOther)
	branch := v.Follow(changed).Want(http.StatusOK).Has("h1", "Which branch")
	result := v.Send(branch, "/apply/branch", servertest.Fields("branch", "therapeutic-radiographers")).Want(http.StatusSeeOther)
	number := v.Get(nextOf(v.Follow(result).Has("h1", "days of updating"))).Want(http.StatusOK).Has("h1", "register number")
	number = v.Send(number, "/apply/register-number", servertest.Fields("number", "RA12345")).Want(http.StatusSeeOther)
	v.Follow(number).Want(http.StatusOK).Has("h1", "Check your answers").Has("main", "RA12345")
}

func TestAChangeThatLeadsToAnotherRouteCanBeTakenBack(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Whole(t, v)
	asked := v.Get("/apply/standing?from=check").Want(http.StatusOK)
	changed := v.Send(asked, "/apply/standing", servertest.Fields("standing", "registered-practising")).Want(http.StatusSeeOther)
	route := v.Follow(changed).Want(http.StatusOK).Has("h1", "You are registered and practising")
	back, _ := route.Doc().Find(".nhsuk-back-link").Attr("href")
	asked = v.Get(back).Want(http.StatusOK).Has("h1", "register")
	again := v.Send(asked, "/apply/standing", servertest.Fields("standing", "left-register")).Want(http.StatusSeeOther)
	if again.Location != "/apply/abroad" {
		t.Errorf("after taking it back comes %s, want the next question", again.Location)
	}
	v.Get("/apply/check").Want(http.StatusOK)
}

// nextOf is where the button of a page leads.
func nextOf(p *pagetest.Page) string {
	href, _ := p.Doc().Find("main a.nhsuk-button").Attr("href")
	return href
}

func TestAFormThatWasSentShowsItsReferenceWhereverThePersonGoes(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	check := servertest.Whole(t, v)
	sent := v.Follow(v.Send(check, "/apply/check", nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "Your form is sent")
	oneHeading(t, sent)
	reference := sent.Text(".nhsuk-panel strong")
	if again := v.Get("/apply/sent").Want(http.StatusOK).Text(".nhsuk-panel strong"); again != reference || reference == "" {
		t.Errorf("reloaded reference = %q, want %q", again, reference)
	}
	// Back, and every other page of the form, lead to the confirmation.
	for _, path := range []string{"/apply/check", "/apply/name", "/apply/tasks"} {
		if got := v.Get(path).Want(http.StatusSeeOther).Location; got != "/apply/sent" {
			t.Errorf("GET %s after sending leads to %s, want /apply/sent", path, got)
		}
	}
	v.Get("/apply").Want(http.StatusOK).Has("main", reference)
}

func TestAnswersThatChangedSinceTheyWereCheckedAreNotSent(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := portal.Visitor(t)
	check := servertest.Whole(t, v)
	servertest.Answer(t, v, servertest.Give("name", "name", "Zoë Changed"))
	again := v.Send(check, "/apply/check", nil).Want(http.StatusConflict)
	again.Has(".nhsuk-notification-banner", "changed").Has("main", "Zoë Changed")
	oneHeading(t, again)
	if n := portal.Count(t, `select count(*) from expression`); n != 0 {
		t.Fatalf("%d expressions, want none of answers that nobody checked", n)
	}
	v.Send(again, "/apply/check", nil).Want(http.StatusSeeOther)
	if n := portal.Count(t, `select count(*) from expression where name = 'Zoë Changed'`); n != 1 {
		t.Errorf("%d expressions with the new answer, want 1", n)
	}
}

func TestAFormThatIsIncompleteIsNotSent(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := portal.Visitor(t)
	check := servertest.Whole(t, v)
	servertest.Answer(t, v, servertest.Give("standing", "standing", "never-registered"))
	sent := v.Send(check, "/apply/check", nil)
	if sent.Status == http.StatusSeeOther && sent.Location == "/apply/sent" || portal.Count(t, `select count(*) from expression`) != 0 {
		t.Errorf("an incomplete form was sent: %d to %q", sent.Status, sent.Location)
	}
	if got := v.Follow(sent).Want(http.StatusSeeOther).Location; got != "/apply/qualified-where" {
		t.Errorf("an incomplete form leads to %s, want the first open question", got)
	}
}

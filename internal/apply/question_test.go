package apply_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/updating/updatingtest"
)

// wrong is an answer that each step refuses, and what its page says.
var wrong = map[string]struct {
	fields  url.Values
	message string
	kept    string // a selector of a field that still holds what was typed
}{
	"profession":      {servertest.Fields("profession", "nurses"), "Select the profession", ""},
	"standing":        {nil, "Select whether you are on the register", ""},
	"abroad":          {nil, "Select yes if you have practised outside the UK", ""},
	"last-practised":  {servertest.Fields("month", "13", "year", "2020"), "Enter the month you last practised", `input[name=month][value="13"]`},
	"name":            {servertest.Fields("name", " "), "Enter your full name", ""},
	"registered-name": {servertest.Fields("other", "yes"), "Enter the name you were registered under", `input[name=other][value=yes][checked]`},
	"email":           {servertest.Fields("email", "zoe at example"), "Enter an email address", `input[name=email][value="zoe at example"]`},
	"phone":           {servertest.Fields("phone", "12"), "Enter a phone number", `input[name=phone][value="12"]`},
	"contact":         {servertest.Fields("by", "pigeon"), "Select how you would like us to reach you", ""},
	"postcode":        {servertest.Fields("postcode", "nowhere"), "Enter the first half of your postcode", `input[name=postcode][value=nowhere]`},
	"register-number": {servertest.Fields("number", "OT12345"), "Register numbers of physiotherapists start with PH", `input[name=number][value=OT12345]`},
	"programme":       {nil, "Select yes if you are registered with the national programme", ""},
	"experience":      {servertest.Fields("role", "Therapist", "years", "many"), "Select where you worked", `input[name=role][value=Therapist]`},
	"organisations":   {servertest.Fields("organisations", "no-such-trust"), "Select where you would like", ""},
	"settings":        {nil, "Select at least one setting", ""},
	"hours":           {nil, "Select what hours", ""},
	"start":           {servertest.Fields("choice", "from", "month", "Never", "year", "2030"), "Enter the month you could start", `input[name=month][value=Never]`},
	"help":            {servertest.Fields("help", "none", "help", "funding"), "not both", `input[name=help][value=funding][checked]`},
	"privacy":         {nil, "Select that you have read", ""},
}

func TestEveryQuestionRefusesAWrongAnswerAndTakesARightOne(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	for _, one := range append(servertest.Situation(), servertest.Rest()...) {
		path := "/apply/" + one.Step
		asked := v.Get(path).Want(http.StatusOK)
		looksLikeAQuestion(t, asked, one.Step)
		bad := wrong[one.Step]
		refused := v.Send(asked, path, bad.fields).Want(http.StatusUnprocessableEntity)
		refused.Has(".nhsuk-error-summary", bad.message)
		refused.Has("title", "Error: ")
		pointsAtItsFields(t, refused)
		if bad.kept != "" && refused.Doc().Find(bad.kept).Length() != 1 {
			t.Errorf("%s does not keep what was typed: no %s", one.Step, bad.kept)
		}
		v.Send(refused, path, one.Fields).Want(http.StatusSeeOther)
	}
	v.Get("/apply/check").Want(http.StatusOK)
}

func TestTheQuestionsOfOtherSituationsLookLikeQuestions(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	for _, one := range []servertest.Given{
		servertest.Give("profession", "profession", "radiographers"),
		servertest.Give("branch", "branch", "diagnostic-radiographers"),
		servertest.Give("standing", "standing", "never-registered"),
		servertest.Give("qualified-where", "in-uk", "yes"),
		servertest.Give("qualified", "day", "", "month", "3", "year", servertest.YearsAgo(7)),
	} {
		asked := v.Get("/apply/" + one.Step).Want(http.StatusOK)
		looksLikeAQuestion(t, asked, one.Step)
		v.Send(asked, "/apply/"+one.Step, one.Fields).Want(http.StatusSeeOther)
	}
}

// looksLikeAQuestion checks what every question's page has.
func looksLikeAQuestion(t *testing.T, p *pagetest.Page, slug string) {
	t.Helper()
	oneHeading(t, p)
	step, _ := interest.StepBySlug(slug)
	title := updatingtest.Book(t).On(interest.DayOf(time.Now())).Fill(step.Title)
	p.Has("h1", title)
	p.Has("title", title)
	p.Has(".nhsuk-back-link", "Back")
	p.Has("main form", "We ask") // and why
	for _, name := range []string{"form_key", "version"} {
		if p.Doc().Find(`main form input[type=hidden][name=`+name+`]`).Length() != 1 {
			t.Errorf("%s has no hidden field %s", p.Path, name)
		}
	}
	p.Doc().Find("main form input:not([type=hidden])").Each(func(_ int, field *goquery.Selection) {
		id, _ := field.Attr("id")
		if p.Doc().Find(`label[for="`+id+`"]`).Length() != 1 {
			t.Errorf("%s: field %q has no label", p.Path, id)
		}
	})
}

// pointsAtItsFields checks that each link of the error summary leads to a field.
func pointsAtItsFields(t *testing.T, p *pagetest.Page) {
	t.Helper()
	p.Doc().Find(".nhsuk-error-summary a").Each(func(_ int, link *goquery.Selection) {
		href, _ := link.Attr("href")
		if !strings.HasPrefix(href, "#") || p.Doc().Find(href).Length() != 1 {
			t.Errorf("%s: the error %q leads to %q, which is no field", p.Path, link.Text(), href)
		}
	})
}

func TestAQuestionOpensOnlyAfterThoseBeforeIt(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	asked := v.Get("/apply/profession").Want(http.StatusOK)
	for _, path := range []string{"/apply/standing", "/apply/your-days", "/apply/name", "/apply/help", "/apply/check"} {
		if got := v.Get(path).Want(http.StatusSeeOther).Location; got != "/apply/profession" {
			t.Errorf("GET %s leads to %s, want /apply/profession", path, got)
		}
	}
	// A form that was made for one step and sent to another answers nothing.
	key, _ := asked.Doc().Find("main input[name=form_key]").Attr("value")
	hidden := servertest.Fields("form_key", key, "version", "0", "name", "Zoë Example")
	if got := v.Post("/apply/name", hidden).Want(http.StatusSeeOther).Location; got != "/apply/profession" {
		t.Errorf("POST /apply/name leads to %s, want /apply/profession", got)
	}
	v.Get("/apply/no-such-step").Want(http.StatusNotFound)
	v.Post("/apply/your-days", hidden).Want(http.StatusNotFound)
	// Who is not in a branch is not asked for one.
	servertest.Answer(t, v, servertest.Situation()...)
	if got := v.Get("/apply/branch").Want(http.StatusSeeOther).Location; got == "/apply/branch" {
		t.Errorf("GET /apply/branch leads to itself")
	}
}

func TestAnUnusualRegisterNumberIsQuestionedNotRefused(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	servertest.Answer(t, v, servertest.Rest()[:6]...)
	asked := v.Get("/apply/register-number").Want(http.StatusOK)
	questioned := v.Send(asked, "/apply/register-number", servertest.Fields("number", "RA99")).Want(http.StatusUnprocessableEntity)
	v.Send(questioned, "/apply/register-number", servertest.Fields("confirmed", "yes")).Want(http.StatusSeeOther)
	v.Get("/apply/register-number").Has("main form", "My register number is right as it is")
}

func TestTwoTabsAreShownBothAnswers(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	one := v.Get("/apply/name").Want(http.StatusOK)
	other := v.Get("/apply/name").Want(http.StatusOK)
	v.Send(one, "/apply/name", servertest.Fields("name", "Ada First")).Want(http.StatusSeeOther)
	// The same answer again is no conflict with oneself.
	v.Send(other, "/apply/name", servertest.Fields("name", "Ada First")).Want(http.StatusSeeOther)
	stale := v.Send(other, "/apply/name", servertest.Fields("name", "Ada Second")).Want(http.StatusConflict)
	stale.Has(".nhsuk-notification-banner", "Ada First")
	oneHeading(t, stale)
	if stale.Doc().Find(`input[name=name][value="Ada Second"]`).Length() != 1 {
		t.Error("the page of both answers does not keep what was typed")
	}
	v.Send(stale, "/apply/name", nil).Want(http.StatusSeeOther)
	if v.Get("/apply/name").Doc().Find(`input[name=name][value="Ada Second"]`).Length() != 1 {
		t.Error("the second answer was not saved after both were shown")
	}
}

func TestBackShowsWhatWasAnsweredAndTakesAnotherAnswer(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()[:2]...)
	back := v.Get("/apply/standing").Want(http.StatusOK)
	if back.Doc().Find(`input[value=left-register][checked]`).Length() != 1 {
		t.Error("the page does not show the answer that is saved")
	}
	if got := v.Send(back, "/apply/standing", servertest.Fields("standing", "never-registered")).Want(http.StatusSeeOther).Location; got != "/apply/qualified-where" {
		t.Errorf("after never registered comes %s, want /apply/qualified-where", got)
	}
}

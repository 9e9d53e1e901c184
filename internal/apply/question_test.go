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
	"profession":      {fields("profession", "nurses"), "Select the profession", ""},
	"standing":        {nil, "Select whether you are on the register", ""},
	"abroad":          {nil, "Select yes if you have practised outside the UK", ""},
	"last-practised":  {fields("month", "13", "year", "2020"), "Enter the month you last practised", `input[name=month][value="13"]`},
	"name":            {fields("name", " "), "Enter your full name", ""},
	"registered-name": {fields("other", "yes"), "Enter the name you were registered under", `input[name=other][value=yes][checked]`},
	"email":           {fields("email", "zoe at example"), "Enter an email address", `input[name=email][value="zoe at example"]`},
	"phone":           {fields("phone", "12"), "Enter a phone number", `input[name=phone][value="12"]`},
	"contact":         {fields("by", "pigeon"), "Select how you would like us to reach you", ""},
	"postcode":        {fields("postcode", "nowhere"), "Enter the first half of your postcode", `input[name=postcode][value=nowhere]`},
	"register-number": {fields("number", "OT12345"), "Register numbers of physiotherapists start with PH", `input[name=number][value=OT12345]`},
	"programme":       {nil, "Select yes if you are registered with the national programme", ""},
	"experience":      {fields("role", "Therapist", "years", "many"), "Select where you worked", `input[name=role][value=Therapist]`},
	"organisations":   {fields("organisations", "no-such-trust"), "Select where you would like", ""},
	"settings":        {nil, "Select at least one setting", ""},
	"hours":           {nil, "Select what hours", ""},
	"start":           {fields("choice", "from", "month", "Never", "year", "2030"), "Enter the month you could start", `input[name=month][value=Never]`},
	"help":            {fields("help", "none", "help", "funding"), "not both", `input[name=help][value=funding][checked]`},
	"privacy":         {nil, "Select that you have read", ""},
}

func TestEveryQuestionRefusesAWrongAnswerAndTakesARightOne(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	begin(t, v)
	for _, one := range append(situation(), rest()...) {
		path := "/apply/" + one.step
		asked := v.Get(path).Want(http.StatusOK)
		looksLikeAQuestion(t, asked, one.step)
		bad := wrong[one.step]
		refused := v.Send(asked, path, bad.fields).Want(http.StatusUnprocessableEntity)
		refused.Has(".nhsuk-error-summary", bad.message)
		refused.Has("title", "Error: ")
		pointsAtItsFields(t, refused)
		if bad.kept != "" && refused.Doc().Find(bad.kept).Length() != 1 {
			t.Errorf("%s does not keep what was typed: no %s", one.step, bad.kept)
		}
		v.Send(refused, path, one.fields).Want(http.StatusSeeOther)
	}
	v.Get("/apply/check").Want(http.StatusOK)
}

func TestTheQuestionsOfOtherSituationsLookLikeQuestions(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	begin(t, v)
	for _, one := range []given{
		{"profession", fields("profession", "radiographers")},
		{"branch", fields("branch", "diagnostic-radiographers")},
		{"standing", fields("standing", "never-registered")},
		{"qualified-where", fields("in-uk", "yes")},
		{"qualified", fields("day", "", "month", "3", "year", yearsAgo(7))},
	} {
		asked := v.Get("/apply/" + one.step).Want(http.StatusOK)
		looksLikeAQuestion(t, asked, one.step)
		v.Send(asked, "/apply/"+one.step, one.fields).Want(http.StatusSeeOther)
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
	begin(t, v)
	asked := v.Get("/apply/profession").Want(http.StatusOK)
	for _, path := range []string{"/apply/standing", "/apply/your-days", "/apply/name", "/apply/help", "/apply/check"} {
		if got := v.Get(path).Want(http.StatusSeeOther).Location; got != "/apply/profession" {
			t.Errorf("GET %s leads to %s, want /apply/profession", path, got)
		}
	}
	// A form that was made for one step and sent to another answers nothing.
	key, _ := asked.Doc().Find("main input[name=form_key]").Attr("value")
	hidden := fields("form_key", key, "version", "0", "name", "Zoë Example")
	if got := v.Post("/apply/name", hidden).Want(http.StatusSeeOther).Location; got != "/apply/profession" {
		t.Errorf("POST /apply/name leads to %s, want /apply/profession", got)
	}
	v.Get("/apply/no-such-step").Want(http.StatusNotFound)
	v.Post("/apply/your-days", hidden).Want(http.StatusNotFound)
	// Who is not in a branch is not asked for one.
	answer(t, v, situation()...)
	if got := v.Get("/apply/branch").Want(http.StatusSeeOther).Location; got == "/apply/branch" {
		t.Errorf("GET /apply/branch leads to itself")
	}
}

func TestAnUnusualRegisterNumberIsQuestionedNotRefused(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	begin(t, v)
	answer(t, v, situation()...)
	answer(t, v, rest()[:6]...)
	asked := v.Get("/apply/register-number").Want(http.StatusOK)
	questioned := v.Send(asked, "/apply/register-number", fields("number", "RA99")).Want(http.StatusUnprocessableEntity)
	v.Send(questioned, "/apply/register-number", fields("confirmed", "yes")).Want(http.StatusSeeOther)
	v.Get("/apply/register-number").Has("main form", "My register number is right as it is")
}

func TestTwoTabsAreShownBothAnswers(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	begin(t, v)
	answer(t, v, situation()...)
	one := v.Get("/apply/name").Want(http.StatusOK)
	other := v.Get("/apply/name").Want(http.StatusOK)
	v.Send(one, "/apply/name", fields("name", "Ada First")).Want(http.StatusSeeOther)
	// The same answer again is no conflict with oneself.
	v.Send(other, "/apply/name", fields("name", "Ada First")).Want(http.StatusSeeOther)
	stale := v.Send(other, "/apply/name", fields("name", "Ada Second")).Want(http.StatusConflict)
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
	begin(t, v)
	answer(t, v, situation()[:2]...)
	back := v.Get("/apply/standing").Want(http.StatusOK)
	if back.Doc().Find(`input[value=left-register][checked]`).Length() != 1 {
		t.Error("the page does not show the answer that is saved")
	}
	if got := v.Send(back, "/apply/standing", fields("standing", "never-registered")).Want(http.StatusSeeOther).Location; got != "/apply/qualified-where" {
		t.Errorf("after never registered comes %s, want /apply/qualified-where", got)
	}
}

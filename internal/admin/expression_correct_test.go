package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

func TestAnAnswerIsCorrectedForAReason(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	name := path + "/correct/name"
	visitor.Get(path).Has("a[href='"+name+"']", "Correct")
	form := visitor.Get(name).Has("h1", "What is your name?").Has("h1", "Correct an answer of Zoë Example")
	if value := form.Doc().Find("#name").AttrOr("value", ""); value != "Zoë Example" {
		t.Errorf("the field has %q, want the answer of the case", value)
	}
	visitor.Send(form, name, url.Values{"name": {""}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary a[href='#name']", "").Has(".nhsuk-error-summary a[href='#why']", "Enter why you correct it")
	visitor.Send(form, name, url.Values{"why": {"They rang"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-card--warning", "the answer that the case has")
	done := visitor.Send(form, name, url.Values{"name": {"Zoë Right"}, "why": {"They rang"}}).Want(http.StatusSeeOther)
	visitor.Follow(done).Has("main", "Answer corrected").Has("dl", "Zoë RightCorrect Name").Has(".app-timeline", "Answer corrected: Name").
		Has(".app-timeline", "From “Zoë Example” to “Zoë Right”").Has(".app-timeline", "They rang")
	for _, none := range []string{"email", "privacy", "your-days", "nothing", "branch"} {
		visitor.Get(path + "/correct/" + none).Want(http.StatusNotFound)
	}
}

func TestACorrectionAsksWhatItOpensAndSavesNothingBefore(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	profession, branch := path+"/correct/profession", path+"/correct/branch"
	form := visitor.Get(profession)
	visitor.Send(form, profession, url.Values{"profession": {"osteopaths"}, "why": {"They rang"}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-card--warning", "another route is right")
	opened := visitor.Send(form, profession, url.Values{"profession": {"radiographers"}, "why": {"They rang"}}).Want(http.StatusOK).
		Has("h1", "Which branch").Has(".nhsuk-inset-text", "Nothing is saved until it is answered").Has("#why", "They rang")
	if n := p.count(`select count(*) from event`); n != 1 {
		t.Fatalf("%d events before the branch is known, want 1", n)
	}
	wrong := visitor.Send(opened, branch, nil).Want(http.StatusUnprocessableEntity)
	visitor.Send(wrong, branch, url.Values{"branch": {"therapeutic-radiographers"}}).Want(http.StatusSeeOther)
	visitor.Get(path).Has("dl", "Profession Radiographer").Has("dl", "Branch Therapeutic radiographer").Has(".app-timeline", "Not asked before. Now “Therapeutic radiographer”")
}

func TestWhoCorrectsTooLateSeesWhatChangedAndKeepsTheAnswer(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	first, _ := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Lead)
	path := "/admin/expressions/" + c.Reference
	hours := path + "/correct/hours"
	form := second.Get(hours)
	first.Send(first.Get(hours), hours, url.Values{"hours": {"full-time"}, "why": {"By phone"}}).Want(http.StatusSeeOther)
	stale := second.Send(form, hours, url.Values{"hours": {"either"}, "why": {"By email"}}).Want(http.StatusConflict).
		Has(".nhsuk-card--warning", "From “Part time” to “Full time”").Has("#why", "By email")
	if stale.Doc().Find("input[value=either][checked]").Length() != 1 {
		t.Error("the answer that was chosen is not chosen any more")
	}
	second.Send(stale, hours, nil).Want(http.StatusSeeOther)
	if got := p.read(c.Reference); got.Answers.Hours.Slug != "either" {
		t.Errorf("hours = %q, want what was sent knowingly", got.Answers.Hours.Slug)
	}
}

func TestEveryQuestionThatAppliesCanBeOpenedToBeCorrected(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Lead)
	for _, step := range interest.Steps() {
		if interest.Correctable(step.Slug) && step.Applies(c.Answers) {
			shown := visitor.Get("/admin/expressions/" + c.Reference + "/correct/" + step.Slug).Want(http.StatusOK)
			if strings.Contains(shown.Text("h1"), "{") {
				t.Errorf("%s has a placeholder in its question", step.Slug)
			}
		}
	}
}

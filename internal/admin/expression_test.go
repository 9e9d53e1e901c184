package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

func TestListFindsByStageProfessionAndText(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	visitor.Get("/admin/expressions").Want(http.StatusOK).Has("main", "No case needs us now")
	first, second := p.expression("Zoë Example", "physiotherapists"), p.expression("Kwame Sample", "dietitians")
	all := visitor.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "2 cases")
	if text := all.Text("tbody"); strings.Index(text, first.Reference) > strings.Index(text, second.Reference) {
		t.Errorf("the list says %q, want the oldest first", text)
	}
	visitor.Get("/admin/expressions?profession=dietitians").Want(http.StatusOK).Has("h2", "1 case").Has("tbody", "Kwame Sample")
	visitor.Get("/admin/expressions?stage=returned").Want(http.StatusOK).Has("h2", "0 cases").Has("main", "Remove one, or look in another tab")
	for _, bad := range []string{"stage=none", "profession=none", "tab=none", "sort=none", "age=none", "help=nothing", "assignee=none",
		"after=none", "before=AAAA"} {
		visitor.Get("/admin/expressions?" + bad).Want(http.StatusBadRequest)
	}
	wrong := visitor.Get("/admin/expressions?from=none&to=30/2/2026").Want(http.StatusUnprocessableEntity)
	wrong.Has(".nhsuk-error-summary", "The first day of receiving must be a real date").Has("#to-error", "The last day of receiving must be a real date")
	visitor.Get("/admin/expressions?from=2/3/2026&to=2026-03-01").Want(http.StatusUnprocessableEntity).Has("#to-error", "the same as or after")
	visitor.Get("/admin/expressions?from=1.2.2020").Want(http.StatusOK).Has("h2", "2 cases").Has(".app-chips", "Received from 1 February 2020")
	visitor.Get("/admin/expressions?to=1+2+2020").Want(http.StatusOK).Has("h2", "0 cases")

	found := visitor.Send(visitor.Get("/admin/expressions?profession=physiotherapists"), "/admin/expressions/search", url.Values{"text": {"zoë"}}).
		Want(http.StatusSeeOther)
	if strings.Contains(found.Location, "zo") || !strings.Contains(found.Location, "profession=physiotherapists") {
		t.Errorf("a search leads to %q, want the other filter and no name in the address", found.Location)
	}
	visitor.Follow(found).Want(http.StatusOK).Has("h2", "1 case").Has("tbody", "Zoë Example").Has("main", "“zoë”")
	other, _ := p.signedIn(staff.Lead)
	gone := other.Get(found.Location).Want(http.StatusSeeOther)
	other.Follow(gone).Want(http.StatusOK).Has("main", "no longer kept").Has("h2", "1 case")
}

func TestListHasPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	for range interest.PageSize + 1 {
		p.expression("Zoë Example", "physiotherapists")
	}
	first := visitor.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "26 cases")
	next, _ := first.Doc().Find("a[href*='after=']").First().Attr("href")
	second := visitor.Get(next).Want(http.StatusOK).Has("h2", "26 cases")
	back, _ := second.Doc().Find("a[href*='before=']").First().Attr("href")
	if again := visitor.Get(back).Want(http.StatusOK); again.Text("tbody") != first.Text("tbody") {
		t.Errorf("the page before the second says %q, want what the first said", again.Text("tbody"))
	}
	if rows := first.Doc().Find("tbody tr").Length() + second.Doc().Find("tbody tr").Length(); rows != interest.PageSize+1 {
		t.Errorf("both pages have %d rows, want %d", rows, interest.PageSize+1)
	}
}

func TestCaseShowsAnswersAndIsInTheAuditEachTime(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, account := p.signedIn(staff.Reviewer)
	for range 2 {
		visitor.Get("/admin/expressions/"+c.Reference).Want(http.StatusOK).Has("h1", c.Reference).Has("main", "Zoë Example").
			Has("main", "zoe@example.com").Has("main", "Any organisation").Has(".nhsuk-tag", "Received").Has(".app-timeline", "Received")
	}
	views := p.count(`select count(*) from audit_event where action = 'expression.view' and actor_id = $1 and subject_id = $2`, account.ID, c.ID)
	if views != 2 {
		t.Errorf("views in the audit = %d, want 2", views)
	}
	visitor.Get("/admin/expressions/ZZZ-ZZZZ").Want(http.StatusNotFound)
}

func TestCaseMovesAsTheTableAllows(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := visitor.Get(path)
	if offered := form.Doc().Find("input[name=to]").Length(); offered != len(interest.Moves(interest.Received)) {
		t.Errorf("the page offers %d moves, want %d", offered, len(interest.Moves(interest.Received)))
	}
	for _, forged := range []string{"", "returned", "received", "nowhere"} {
		visitor.Send(form, path+"/move", url.Values{"to": {forged}}).Want(http.StatusUnprocessableEntity).
			Has(".nhsuk-error-summary", "Select the next stage")
	}
	unreasoned := visitor.Send(form, path+"/move", url.Values{"to": {"declined"}, "note": {"Lives in Kent"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select a reason").Has("#move-note", "Lives in Kent")
	if n := unreasoned.Doc().Find(unreasoned.Doc().Find(".nhsuk-error-summary a").AttrOr("href", "none")).Length(); n != 1 {
		t.Errorf("the error leads to %d fields, want 1", n)
	}
	visitor.Send(unreasoned, path+"/move", url.Values{"reason": {"withdrawn/cost"}}).Want(http.StatusUnprocessableEntity)
	letter := visitor.Send(unreasoned, path+"/move", url.Values{"reason": {"declined/outside-area"}}).Want(http.StatusOK)
	moved := visitor.Send(letter, path+"/move", url.Values{"mail": {"send"}}).Want(http.StatusSeeOther)
	visitor.Follow(moved).Want(http.StatusOK).Has(".nhsuk-tag", "Declined").Has(".app-timeline", "Outside the faculty’s area").
		Has(".app-timeline", "Lives in Kent").Has(".nhsuk-notification-banner", "Moved to: Declined")
	visitor.Send(letter, path+"/move", url.Values{"mail": {"send"}}).Want(http.StatusSeeOther)
	if n := p.count(`select count(*) from event where expression_id = $1`, c.ID); n != 2 {
		t.Errorf("events after a form sent twice = %d, want 2", n)
	}
}

func TestSecondReviewerSeesWhatChangedAndKeepsWhatTheyTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	first, _ := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := second.Get(path)
	first.Send(first.Get(path), path+"/move", url.Values{"to": {"in-review"}, "note": {"Looking at it"}}).Want(http.StatusSeeOther)
	stale := second.Send(form, path+"/move", url.Values{"to": {"contacted"}, "note": {"Rang them"}}).Want(http.StatusConflict)
	stale.Has(".nhsuk-card--warning", "changed while you had it open").Has(".nhsuk-card--warning", "Looking at it").Has("#move-note", "Rang them")
	if n := stale.Doc().Find(".nhsuk-card--warning li").Length(); n != 1 {
		t.Errorf("the page says %d things changed, want 1", n)
	}
	if _, checked := stale.Doc().Find("input[name=to][value=contacted]").Attr("checked"); !checked {
		t.Error("the stage that was chosen is not chosen any more")
	}
	second.Send(stale, path+"/move", nil).Want(http.StatusSeeOther)
	second.Get(path).Has(".nhsuk-tag", "Contacted")
}

func TestNoteSentTwiceIsOneNote(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := visitor.Get(path)
	visitor.Send(form, path+"/note", url.Values{"note": {" "}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter a note")
	visitor.Send(form, path+"/note", url.Values{"note": {strings.Repeat("x", 4001)}}).Want(http.StatusUnprocessableEntity)
	for range 2 {
		visitor.Send(form, path+"/note", url.Values{"note": {"Rang,\nno answer <b>"}}).Want(http.StatusSeeOther)
	}
	visitor.Get(path).Has(".app-timeline", "Rang, no answer <b>")
	if n := p.count(`select count(*) from event where kind = 'noted'`); n != 1 {
		t.Errorf("notes = %d, want 1", n)
	}
}

func TestMailThatDoesNotReachThePersonIsSeenUntilItIsPutRight(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	const banner = ".nhsuk-card--warning"
	if n := visitor.Get(path).Doc().Find(banner).Length(); n != 0 {
		t.Errorf("a new case has %d warnings, want none", n)
	}
	if err := p.interest.NoteRefused(t.Context(), c.ID, "zoe@example.com"); err != nil {
		t.Fatalf("NoteRefused() = %v", err)
	}
	if _, err := p.pool.Exec(t.Context(), `
		update mail set state = 'refused', attempts = 1, failure = 'sending the mail: smtp 550 permanent during recipient', tried_at = now()`); err != nil {
		t.Fatalf("refusing the mail: %v", err)
	}
	visitor.Get("/admin/expressions").Has("tbody", "Email fails")
	form := visitor.Get(path).Has(banner, "We could not email this person").Has(banner, "was refused").Has(banner, "zoe@example.com").
		Has(".app-timeline", "Email refused: confirmation (smtp 550 permanent during recipient, after 1 attempt)")
	visitor.Send(form, path+"/readdressed", url.Values{"email": {"zoe"}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "in the correct format")
	done := visitor.Send(form, path+"/readdressed", url.Values{"email": {"zoe@example.org"}}).Want(http.StatusSeeOther)
	page := visitor.Follow(done).Want(http.StatusOK).Has(".app-timeline", "Email address corrected").
		Has(".app-timeline", "From “zoe@example.com” to “zoe@example.org”").Has(".app-timeline", "Email waiting: confirmation")
	if n := page.Doc().Find(banner).Length(); n != 0 {
		t.Error("the banner is still there, want it gone")
	}
	visitor.Get(path).Has("main", "zoe@example.org")
}

func TestABounceIsRecordedAndCleared(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := visitor.Get(path)
	long := visitor.Send(form, path+"/bounced", url.Values{"note": {strings.Repeat("x", 4001)}}).Want(http.StatusUnprocessableEntity)
	if _, open := long.Doc().Find("details:has(#bounce-note)").Attr("open"); !open {
		t.Error("the form that is wrong is folded away, want it open")
	}
	bounce := url.Values{"note": {"Mailbox full"}}
	for range 2 { // a double click
		visitor.Send(form, path+"/bounced", bounce).Want(http.StatusSeeOther)
	}
	if n := p.count(`select count(*) from event where kind = 'bounced'`); n != 1 {
		t.Errorf("events after a form sent twice = %d, want 1", n)
	}
	cleared := visitor.Get(path).Has(".nhsuk-card--warning", "came back").Has(".app-timeline", "Mailbox full")
	stale := visitor.Send(form, path+"/bounced", url.Values{"note": {"Another"}}).Want(http.StatusConflict)
	stale.Has(".nhsuk-card--warning", "changed while you had it open")
	visitor.Send(cleared, path+"/reachable", url.Values{}).Want(http.StatusSeeOther)
	if n := visitor.Get(path).Has(".app-timeline", "The email address works again").Doc().Find(".nhsuk-card--warning").Length(); n != 0 {
		t.Error("the banner is still there, want it gone")
	}
}

package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
)

// ahead are the fields of a day that is some months away.
func ahead(months int) url.Values {
	day := interest.DayOf(time.Now()).AddMonths(months)
	return url.Values{"day": {strconv.Itoa(day.Day)}, "month": {strconv.Itoa(int(day.Month))}, "year": {strconv.Itoa(day.Year)}}
}

// with gives fields with others beside them.
func with(fields url.Values, name string, values ...string) url.Values {
	fields[name] = values
	return fields
}

// wantErrorsAtFields fails the test unless each line of the error summary leads
// to one field, in a form that is open.
func wantErrorsAtFields(t *testing.T, p *pagetest.Page, errors int) {
	t.Helper()
	links := p.Doc().Find(".nhsuk-error-summary a")
	if links.Length() != errors {
		t.Errorf("the summary has %d errors, want %d: %s", links.Length(), errors, links.Text())
	}
	for _, link := range links.EachIter() {
		field := p.Doc().Find(link.AttrOr("href", "none"))
		if field.Length() != 1 {
			t.Errorf("%q leads to %d fields, want 1", link.Text(), field.Length())
		}
		if field.Closest("details").Not("[open]").Length() > 0 {
			t.Errorf("%q leads into a form that is folded away", link.Text())
		}
	}
}

// wantOneOfEachID fails the test where an id stands twice on a page.
func wantOneOfEachID(t *testing.T, p *pagetest.Page) {
	t.Helper()
	seen := map[string]bool{}
	for _, one := range p.Doc().Find("[id]").EachIter() {
		id := one.AttrOr("id", "")
		if seen[id] {
			t.Errorf("the id %q stands twice on the page", id)
		}
		seen[id] = true
	}
}

func TestAskingMakesItTheReturnersTurnUntilItIsTakenBack(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := visitor.Get(path).Has("main", "It is our turn").Has("form[action$='/ask']", "Subject: We have a question for you: "+c.Reference).
		Has("form[action$='/ask']", "(what you want to know)")
	wantOneOfEachID(t, form)
	wantErrorsAtFields(t, visitor.Send(form, path+"/ask", nil).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Enter what you want to know"), 1)
	wrong := visitor.Send(form, path+"/ask", with(with(with(ahead(-1), "message", strings.Repeat("x", 2001)), "steps", "hours", "email"), "day", "4")).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "2,000 characters or less").Has(".nhsuk-error-summary", "questions from the list").
		Has(".nhsuk-error-summary", "must be in the future")
	wantErrorsAtFields(t, wrong, 3)
	visitor.Send(form, path+"/ask", url.Values{"message": {"Which ward?"}, "day": {"32"}}).Want(http.StatusUnprocessableEntity).
		Has("form[action$='/ask'] details", "What we ask ----------- Which ward?")
	if wrong.Doc().Find("#answer-by-day").AttrOr("value", "") != "4" || wrong.Doc().Find("input[name=steps][value=hours][checked]").Length() != 1 {
		t.Error("the page with mistakes lost the day or the question that was chosen")
	}
	question := with(with(ahead(1), "message", "Which ward\nwas it?"), "steps", "hours", "register-number")
	for range 2 { // a double click
		visitor.Send(form, path+"/ask", question).Want(http.StatusSeeOther)
	}
	asked := visitor.Get(path).Has(".nhsuk-notification-banner", "was asked for more").Has("main", "The returner’s, since").
		Has(".app-timeline", "Asked for more information, answer by").Has(".app-timeline", "Email waiting: asked for more information").
		Has("h2 + .nhsuk-summary-list", "by Sam Rivers").Has("h2 + .nhsuk-summary-list", "Register number").Has("h2 + .nhsuk-summary-list", "Which ward was it?")
	if n := p.count(`select count(*) from information_request`); n != 1 {
		t.Errorf("%d questions after a form sent twice, want 1", n)
	}
	if n := asked.Doc().Find("form[action$='/ask'], .nhsuk-tag:contains('Late')").Length(); n != 0 {
		t.Error("the page offers to ask a second time, or says that the answer is late")
	}
	visitor.Get("/admin/expressions?tab=with-returner").Has("tbody", "Waiting for them")
	if _, err := p.pool.Exec(t.Context(), `update information_request set answer_by = current_date - 1`); err != nil {
		t.Fatalf("letting the day pass: %v", err)
	}
	late := visitor.Get(path).Has(".nhsuk-tag", "Late")
	for range 2 {
		visitor.Send(late, path+"/take-back", nil).Want(http.StatusSeeOther)
	}
	visitor.Get(path).Has("main", "It is our turn").Has("main", "Taken back").Has(".app-timeline", "Question taken back").Has("form[action$='/ask']", "Ask")
	if n := p.count(`select count(*) from event where kind = 'taken-back'`); n != 1 {
		t.Errorf("%d questions were taken back, want 1", n)
	}
}

func TestWhoAsksWhereEmailsDoNotArriveKnowsIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	const ask, move, notice = "form[action$='/ask']", "form[action$='/move']", ".nhsuk-notification-banner"
	fine := visitor.Get(path).Has(ask, "The person gets an email")
	if fine.Doc().Find(ask+" .nhsuk-card--warning").Length() != 0 || strings.Contains(fine.Text(move), "will not reach") {
		t.Error("a form warns of emails that do not arrive, and they do")
	}
	visitor.Send(fine, path+"/bounced", nil).Want(http.StatusSeeOther)
	form := visitor.Get(path).Has(ask+" .nhsuk-card--warning", "Emails do not reach this person. Reach them in another way first").
		Has(move, "It will not reach them")
	if strings.Contains(form.Text(ask), "gets an email") {
		t.Error("the form says that the person gets an email, which does not arrive")
	}
	letter := visitor.Send(form, path+"/move", url.Values{"to": {"withdrawn"}, "reason": {"withdrawn/cost"}}).
		Want(http.StatusOK).Has(".nhsuk-card--warning", "They will not get this email")
	if first := letter.Doc().Find("main form button").First().Text(); !strings.Contains(first, "Move without an email") {
		t.Errorf("the first button is %q, want the one without an email", first)
	}
	moved := visitor.Send(letter, path+"/move", url.Values{"mail": {"send"}}).Want(http.StatusSeeOther)
	visitor.Follow(moved).Has(notice, "Moved to: Withdrawn. Emails do not reach this person")
	moved = visitor.Send(visitor.Get(path), path+"/move", url.Values{"to": {"in-review"}}).Want(http.StatusSeeOther)
	form = visitor.Follow(moved)
	asked := visitor.Follow(visitor.Send(form, path+"/ask", url.Values{"message": {"Which ward?"}}).Want(http.StatusSeeOther)).
		Has(notice, "tell them in another way")
	if strings.Contains(asked.Text(notice), "was asked") {
		t.Error("the notice says that the person was asked, who does not know")
	}
}

func TestWhoAsksOrHoldsTooLateKeepsWhatTheyTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	first, _ := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	const card = ".nhsuk-card--warning"
	form, early := second.Get(path), first.Get(path)
	question := with(with(url.Values{}, "message", "Which ward?"), "steps", "hours")
	first.Send(early, path+"/move", url.Values{"to": {"in-review"}}).Want(http.StatusSeeOther)
	stale := second.Send(form, path+"/ask", question).Want(http.StatusConflict).Has(card, "Moved from").Has("#ask-message", "Which ward?")
	if stale.Doc().Find("details[open] input[name=steps][value=hours][checked]").Length() != 1 {
		t.Error("the question that was chosen is not chosen any more, or folded away")
	}
	held := second.Send(form, path+"/hold", with(with(ahead(2), "reason", "waiting-for-placement"), "note", "Next term")).Want(http.StatusConflict).
		Has("#hold-note", "Next term")
	if held.Doc().Find("details[open] input[value=waiting-for-placement][checked]").Length() != 1 {
		t.Error("the reason that was chosen is not chosen any more, or folded away")
	}
	second.Send(stale, path+"/ask", question).Want(http.StatusSeeOther)

	// What the case has no place for any more is shown, to be copied.
	first.Send(early, path+"/ask", with(url.Values{}, "message", "Another ward?")).Want(http.StatusConflict).
		Has(card, "Another ward?").Has(card, "Asked for more information").Has(card, "cannot be done any more")
	asked := first.Get(path)
	second.Send(second.Get(path), path+"/hold", with(ahead(2), "reason", "waiting-for-placement")).Want(http.StatusSeeOther)
	first.Send(asked, path+"/hold", with(with(ahead(3), "reason", "other"), "note", "On a course")).Want(http.StatusConflict).
		Has(card, "On a course").Has(card, "Another reason").Has(card, "Put on hold until")
	first.Send(asked, path+"/take-back", nil).Want(http.StatusConflict).Has(card, "Put on hold until")
}

func TestACaseOnHoldGoesOn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	form := visitor.Get(path)
	wantErrorsAtFields(t, visitor.Send(form, path+"/hold", nil).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Select why").Has(".nhsuk-error-summary", "with day, month and year"), 2)
	wantErrorsAtFields(t, visitor.Send(form, path+"/hold", with(with(with(ahead(40), "reason", "other"), "note", strings.Repeat("x", 4001)), "day", "1")).
		Want(http.StatusUnprocessableEntity), 2)
	for range 2 {
		visitor.Send(form, path+"/hold", with(with(ahead(2), "reason", "waiting-for-placement"), "note", "Next term")).Want(http.StatusSeeOther)
	}
	held := visitor.Get(path).Has("main", "On hold, since").Has("main", "Waiting for a placement to come free").Has(".app-timeline", "Next term")
	if n := held.Doc().Find("form[action$='/hold']").Length(); n != 0 {
		t.Error("the page offers to hold a case that is on hold")
	}
	visitor.Get("/admin/expressions?tab=on-hold").Has("tbody", "On hold")
	visitor.Get("/admin").Has("main", "On hold1").Has("main", "Waiting for the returner0")
	for range 2 {
		visitor.Send(held, path+"/resume", nil).Want(http.StatusSeeOther)
	}
	ours := visitor.Get(path).Has("main", "Ours, since").Has(".app-timeline", "The case goes on")
	if n := p.count(`select count(*) from event where kind in ('held', 'resumed')`); n != 2 {
		t.Errorf("%d events after forms sent twice, want 2", n)
	}
	visitor.Send(ours, path+"/move", url.Values{"to": {"closed"}, "reason": {"closed/no-answer"}, "mail": {"none"}}).Want(http.StatusSeeOther)
	if n := visitor.Get(path).Doc().Find("form[action$='/hold'], form[action$='/ask']").Length(); n != 0 {
		t.Error("a case that ended can be held or asked about")
	}
}

func TestWhatTheReturnerAnswersIsSeenAndReadOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, account := p.signedIn(staff.Lead)
	path := "/admin/expressions/" + c.Reference
	lead.Send(lead.Get(path), path+"/ask", with(with(url.Values{}, "message", "Which hours?"), "steps", "hours")).Want(http.StatusSeeOther)
	if _, err := p.interest.SaveReply(t.Context(), c.Reference, 0, interest.Hours{Slug: "full-time"}); err != nil {
		t.Fatalf("SaveReply: %v", err)
	}
	if strings.Contains(lead.Get(path).Text("main"), "Full time") {
		t.Error("the case shows an answer that was not sent")
	}
	lead.Get(path+"/data").Has("main", "Which hours?").Has("main", "Not sent yet: HoursFull time")
	open, _ := p.read(c.Reference).Open()
	if !open.AnswerBy.IsZero() {
		t.Errorf("the answer is due on %s, want no day where none was typed", open.AnswerBy)
	}
	reply := interest.Reply{Reference: c.Reference, RequestID: open.ID, Text: "I can do\nmore now", Nonce: "reply"}
	returner := interest.By{Returner: true}
	if err := p.interest.SendReply(t.Context(), returner, reply, func(slug string) string { return slug }); err != nil {
		t.Fatalf("SendReply: %v", err)
	}
	day := interest.DayOf(time.Now()).AddMonths(3)
	until := interest.DayInput{Day: strconv.Itoa(day.Day), Month: strconv.Itoa(int(day.Month)), Year: strconv.Itoa(day.Year)}
	if err := p.interest.Hold(t.Context(), returner, interest.Hold{Reference: c.Reference, Until: until, Nonce: "hold"}); err != nil {
		t.Fatalf("Hold: %v", err)
	}
	if err := p.interest.AskCopy(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: "copy"}); err != nil {
		t.Fatalf("AskCopy: %v", err)
	}
	if _, err := p.pool.Exec(t.Context(), `update expression set email_wanted = 'new@example.com'`); err != nil {
		t.Fatalf("wanting mail elsewhere: %v", err)
	}
	for _, shown := range []*pagetest.Page{lead.Get(path), lead.Get(path + "/data")} {
		shown.Has("main", "I can do more now").Has(".app-timeline", "Answer corrected: Hours").Has(".app-timeline", "to “Full time”").
			Has(".app-timeline", "by the returner").Has(".app-timeline", "The returner asked to wait").Has("main", "new@example.com: not confirmed yet")
	}
	var file subject.File
	body := lead.Get(path + "/data.json").Body
	if err := json.Unmarshal([]byte(body), &file); err != nil {
		t.Fatalf("the file: %v", err)
	}
	if len(file.Requests) != 1 || file.Requests[0].Message != "Which hours?" || file.Requests[0].Reply != reply.Text ||
		file.Requests[0].AnsweredAt == nil || !slices.Equal(file.Requests[0].Questions, []string{"Hours"}) {
		t.Errorf("the file's requests are %+v, want the question and the answer", file.Requests)
	}
	if e := file.Expression; e.EmailWanted != "new@example.com" || e.CopyAskedAt == nil || e.HoldUntil != day {
		t.Errorf("the file says %+v, want the new address, the hold and the copy", e)
	}
	corrected := slices.IndexFunc(file.Timeline, func(e subject.Event) bool { return e.Question == "Hours" && e.New == "Full time" })
	held := slices.IndexFunc(file.Timeline, func(e subject.Event) bool { return e.Until == day && e.Reason == "The returner asked to wait" })
	if corrected < 0 || held < 0 || strings.Contains(body, account.ID) {
		t.Errorf("the file's timeline is %+v, want the correction and the hold, and no member of staff", file.Timeline)
	}
}

func TestALeadGivesTheCopyThatWasAskedFor(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, _ := p.signedIn(staff.Lead)
	reviewer, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	lead.Get("/admin").Has("main", "Asked for a copy of their data0")
	if err := p.interest.AskCopy(t.Context(), interest.By{Returner: true}, interest.Turning{Reference: c.Reference, Nonce: "copy"}); err != nil {
		t.Fatalf("AskCopy: %v", err)
	}
	due := interest.CopyDue(time.Now()).Words()
	const card = ".nhsuk-card--warning"
	shown := reviewer.Get(path).Has(card, "Asked for a copy of their data").Has(card, due).Has(card, "A faculty lead must")
	if n := shown.Doc().Find(card + " form, " + card + " a, " + card + " .nhsuk-tag").Length(); n != 0 {
		t.Error("a reviewer is offered what only leads may do, or told that it is late")
	}
	reviewer.Post(path+"/copy-given", formKey(shown)).Want(http.StatusForbidden)
	reviewer.Get("/admin/expressions").Has("tbody", "Wants a copy")
	reviewer.Get("/admin").Has("main", "1. The first must be answered by "+due+": "+c.Reference)
	form := lead.Get(path).Has(card+" a[href$='/data']", "Everything we hold")
	lead.Get(path+"/erase").Want(http.StatusOK).Has(card, "The person waits for a copy of their data").Has(card, "must have it by "+due)
	if _, err := p.pool.Exec(t.Context(), `update expression set copy_asked_at = copy_asked_at - interval '40 days'`); err != nil {
		t.Fatalf("letting the month pass: %v", err)
	}
	reviewer.Get(path).Has(card+" .nhsuk-tag", "Late")
	for range 2 {
		lead.Send(form, path+"/copy-given", nil).Want(http.StatusSeeOther)
	}
	if n := lead.Get(path).Has(".app-timeline", "Copy of their data given").Doc().Find(card).Length(); n != 0 {
		t.Error("the card is still there, want it gone")
	}
	if n := lead.Get(path + "/erase").Want(http.StatusOK).Doc().Find(card).Length(); n != 0 {
		t.Error("the erasure warns of a copy that was given")
	}
	if n := p.count(`select count(*) from event where kind = 'copy-given'`); n != 1 {
		t.Errorf("%d copies were given, want 1", n)
	}
}

func TestViewersAndEditorsCannotTakeATurn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	for _, role := range []staff.Role{staff.Viewer, staff.Editor} {
		visitor, _ := p.signedIn(role)
		home := visitor.Get("/admin").Want(http.StatusOK)
		if strings.Contains(home.Text("main"), "Cases that wait") {
			t.Errorf("a %s sees how many cases wait, want it hidden", role)
		}
		for _, action := range []string{"/ask", "/take-back", "/hold", "/resume", "/copy-given"} {
			visitor.Post(path+action, formKey(home)).Want(http.StatusForbidden)
		}
	}
	if n := p.count(`select count(*) from event`); n != 1 {
		t.Errorf("%d events, want the first one alone", n)
	}
}

// formKey is the key that the forms of a page carry, with the version of a new case.
func formKey(from *pagetest.Page) url.Values {
	key := from.Doc().Find("input[name="+page.FormKeyField+"]").First().AttrOr("value", "")
	return url.Values{page.FormKeyField: {key}, "version": {"1"}}
}

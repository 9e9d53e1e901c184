package admin_test

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/staff"
)

// enquiryFrom sends an enquiry from an address of its own, at a time.
func (p *portal) enquiryFrom(name string, at time.Time, change func(*enquiry.Delivery)) enquiry.Case {
	p.t.Helper()
	members := &faculty.Store{DB: p.pool}
	if _, err := members.Details(p.t.Context()); errors.Is(err, fault.NotFound) {
		if err := members.Replace(p.t.Context(), faculty.Details{Name: "Example AHP Faculty"}, nil, nil); err != nil {
			p.t.Fatalf("setting the faculty's details: %v", err)
		}
	}
	store := &enquiry.Store{DB: p.pool, Outbox: mail.NewOutbox(), Now: func() time.Time { return at }, Random: rand.Reader}
	var from [16]byte
	_, _ = rand.Read(from[:])
	d := enquiry.Delivery{
		Message: enquiry.Message{Kind: enquiry.Contact, Text: "Can you come\nto our <b>fair</b>?", Name: name, AnswerBy: enquiry.ByPhone, Phone: "01522 000000"},
		Nonce:   rand.Text(), Took: time.Minute, From: netip.AddrFrom16(from),
	}
	if change != nil {
		change(&d)
	}
	token, err := store.Send(p.t.Context(), d)
	if err != nil {
		p.t.Fatalf("Send: %v", err)
	}
	receipt, err := store.ByToken(p.t.Context(), token)
	if err != nil {
		p.t.Fatalf("ByToken: %v", err)
	}
	c, err := store.ByReference(p.t.Context(), receipt.Reference)
	if err != nil {
		p.t.Fatalf("ByReference: %v", err)
	}
	return c
}

func TestEnquiriesAreListedByStateAndKind(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	visitor.Get("/admin/enquiries").Want(http.StatusOK).Has("h2", "0 enquiries").Has("main", "There is nothing here")
	late := p.enquiryFrom("Zoë Example", time.Now().AddDate(0, 0, -20), nil)
	complaint := p.enquiryFrom("Kwame Sample", time.Now(), func(d *enquiry.Delivery) { d.Message.Kind = enquiry.Complaint })
	p.enquiryFrom("A Program", time.Now(), func(d *enquiry.Delivery) { d.Trapped = true })
	all := visitor.Get("/admin/enquiries").Want(http.StatusOK).Has("h2", "2 enquiries").Has("tbody", "Late: was due").Has("main", "1 enquiry is set aside.")
	if text := all.Text("tbody"); strings.Index(text, complaint.Reference) > strings.Index(text, late.Reference) || strings.Contains(text, "A Program") {
		t.Errorf("the list says %q, want the newest first and nothing that is set aside", text)
	}
	visitor.Get("/admin").Want(http.StatusOK).Has("main", "Enquiries: 2 open, 1 late").Has("header", "Enquiries")
	visitor.Get("/admin/enquiries?kind=complaint").Want(http.StatusOK).Has("h2", "1 enquiry").Has("tbody", "Data protection complaint")
	visitor.Get("/admin/enquiries?state=set-aside").Want(http.StatusOK).Has("h2", "1 enquiry").Has("tbody", "A Program")
	visitor.Get("/admin/enquiries?state=answered").Want(http.StatusOK).Has("h2", "0 enquiries")
	visitor.Get("/admin/enquiries?state=all").Want(http.StatusOK).Has("h2", "2 enquiries")
	for _, bad := range []string{"state=none", "kind=none", "page=0", "page=x"} {
		visitor.Get("/admin/enquiries?" + bad).Want(http.StatusBadRequest)
	}
	visitor.Get("/admin/enquiries?page=9").Want(http.StatusSeeOther)
	visitor.Get("/admin/enquiries").Has("main", "No bank holidays are known")
	p.holidays(time.Now().Year() + 1)
	if text := visitor.Get("/admin/enquiries").Text("main"); strings.Contains(text, "olidays are known") {
		t.Errorf("the list warns of next year's bank holidays: %q", text)
	}
	viewer, _ := p.signedIn(staff.Viewer)
	viewer.Get("/admin/enquiries").Want(http.StatusForbidden)
	if text := viewer.Get("/admin").Text("main"); strings.Contains(text, "Enquiries") {
		t.Errorf("a viewer's home says %q, want nothing of enquiries", text)
	}
}

func TestTheListOfEnquiriesHasPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	for range enquiry.PageSize + 1 {
		p.enquiryFrom("Zoë Example", time.Now(), nil)
	}
	first := visitor.Get("/admin/enquiries").Want(http.StatusOK).Has("h2", "26 enquiries, page 1 of 2")
	next, _ := first.Doc().Find(".nhsuk-pagination a[href*='page=2']").First().Attr("href")
	if rows := visitor.Get(next).Want(http.StatusOK).Doc().Find("tbody tr").Length(); rows != 1 {
		t.Errorf("the second page has %d rows, want 1", rows)
	}
}

func TestAnEnquiryIsAnsweredAndOpenedAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.enquiryFrom("Zoë Example", time.Now(), nil)
	visitor, account := p.signedIn(staff.Reviewer)
	path := "/admin/enquiries/" + c.Reference
	form := visitor.Get(path).Want(http.StatusOK).Has("h1", c.Reference).Has("main", "to our <b>fair</b>?").Has("main", "01522 000000").Has("main", "Zoë Example")
	answer := func(fields url.Values) url.Values {
		fields.Set("to", "answered")
		fields.Set("version", "1")
		fields.Set("form_key", form.Doc().Find("main input[name=form_key]").First().AttrOr("value", ""))
		return fields
	}
	wrong := visitor.Post(path+"/change", answer(url.Values{"note": {"Rang her"}})).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Select how it was answered").Has("#change-note", "Rang her")
	if n := wrong.Doc().Find(wrong.Doc().Find(".nhsuk-error-summary a").AttrOr("href", "none")).Length(); n != 1 {
		t.Errorf("the error leads to %d fields, want 1", n)
	}
	for range 2 {
		done := visitor.Post(path+"/change", answer(url.Values{"how": {"phone"}, "note": {"Rang her"}})).Want(http.StatusSeeOther)
		visitor.Follow(done).Want(http.StatusOK).Has(".nhsuk-tag", "Answered").Has(".app-timeline", "Marked as answered: By phone").
			Has(".app-timeline", "Rang her").Has(".nhsuk-notification-banner", "is now: Answered")
	}
	if n := p.count(`select count(*) from enquiry_event where kind = 'answered'`); n != 1 {
		t.Errorf("answers after a form sent twice = %d, want 1", n)
	}
	visitor.Follow(visitor.Send(visitor.Get(path), path+"/change", nil).Want(http.StatusSeeOther)).Has(".nhsuk-tag", "Open").Has(".app-timeline", "Opened again")
	views := p.count(`select count(*) from audit_event where action = 'enquiry.view' and actor_id = $1 and subject_id = $2`, account.ID, c.ID)
	if views != 6 {
		t.Errorf("views in the audit = %d, want one for each time that the page was shown, 6", views)
	}
	for action, want := range map[string]int{"enquiry.answer": 1, "enquiry.reopen": 1} {
		if n := p.count(`select count(*) from audit_event where action = $1 and actor_id = $2`, action, account.ID); n != want {
			t.Errorf("%s in the audit = %d, want %d", action, n, want)
		}
	}
	visitor.Get("/admin/enquiries/E-ZZZ-ZZZZ").Want(http.StatusNotFound)
	visitor.Get(strings.ToLower(strings.ReplaceAll(path, "-", ""))).Want(http.StatusOK)
}

func TestSecondReviewerSeesHowAnEnquiryChangedAndKeepsWhatTheyTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.enquiryFrom("Zoë Example", time.Now(), func(d *enquiry.Delivery) { d.Trapped = true })
	first, _ := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Reviewer)
	path := "/admin/enquiries/" + c.Reference
	form := second.Get(path).Want(http.StatusOK).Has("main", "A field was filled in that people do not see")
	first.Send(first.Get(path), path+"/change", url.Values{"note": {"A person I know"}}).Want(http.StatusSeeOther)
	stale := second.Send(form, path+"/change", url.Values{"note": {"From the school"}}).Want(http.StatusConflict)
	stale.Has(".nhsuk-card--warning", "changed while you had it open").Has(".nhsuk-card--warning", "A person I know").Has("#change-note", "From the school")
	if n := stale.Doc().Find(".nhsuk-card--warning li").Length(); n != 1 {
		t.Errorf("the page says %d things changed, want 1", n)
	}
}

func TestAnEnquirysNoteSentTwiceIsOneNote(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.enquiryFrom("Zoë Example", time.Now(), nil)
	visitor, _ := p.signedIn(staff.Reviewer)
	path := "/admin/enquiries/" + c.Reference
	form := visitor.Get(path)
	visitor.Send(form, path+"/note", url.Values{"note": {" "}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter a note")
	for range 2 {
		visitor.Send(form, path+"/note", url.Values{"note": {"Rang,\nno answer"}}).Want(http.StatusSeeOther)
	}
	visitor.Get(path).Has(".app-timeline", "Rang, no answer")
	if n := p.count(`select count(*) from enquiry_event where kind = 'noted'`); n != 1 {
		t.Errorf("notes = %d, want 1", n)
	}
}

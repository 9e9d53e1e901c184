package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
)

// enquiryOf adds an enquiry from an address.
func (p *portal) enquiryOf(email, message string) {
	p.t.Helper()
	if _, err := p.pool.Exec(p.t.Context(), `
		with sent as (
			insert into enquiry (reference, receipt_hash, kind, state, message, name, email, received_at, due, state_since)
			values ('E-' || substr(md5($2), 1, 7), sha256($2::bytea), 'contact', 'open', $2, 'Zoë Example', $1, now(), current_date, now()) returning id)
		insert into enquiry_event (enquiry_id, at, kind, actor_kind, actor_id, note)
		select id, now(), 'noted', 'staff', 'x', 'Answered on the phone' from sent`, email, message); err != nil {
		p.t.Fatalf("adding an enquiry: %v", err)
	}
}

func TestEverythingIsThereToReadAndToDownload(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	other := p.expression("Zoë Example", "dietitians")
	p.enquiryOf("ZOE@example.com", "Do you have placements?")
	p.enquiryOf("kwame@example.com", "Something else entirely")
	draft, err := p.interest.NewDraft(t.Context())
	if err != nil {
		t.Fatalf("NewDraft: %v", err)
	}
	if _, err := p.interest.SaveAnswer(t.Context(), draft.ID, 0, interest.Email{Address: "Zoe@example.com"}); err != nil {
		t.Fatalf("SaveAnswer: %v", err)
	}
	lead, account := p.signedIn(staff.Lead)
	path := "/admin/expressions/" + c.Reference
	lead.Send(lead.Get(path), path+"/note", url.Values{"note": {"Rang, no answer"}}).Want(http.StatusSeeOther)
	said := []string{"Zoë Example", "zoe@example.com", "LN1", "Band 6", "Any organisation", "Do you have placements?", "Answered on the phone",
		"Rang, no answer", other.Reference, "Waiting", "Zoe@example.com"}
	shown := lead.Get(path+"/data").Want(http.StatusOK).Has("h1", "Everything we hold about this person")
	file := lead.Get(path + "/data.json").Want(http.StatusOK)
	body := file.Body
	for _, text := range said {
		shown.Has("main", text)
		if text == "Waiting" {
			text = "waiting"
		}
		if !strings.Contains(body, text) {
			t.Errorf("the file does not say %q: %s", text, body)
		}
	}
	for _, text := range []string{"Something else entirely", "Sam Rivers", account.ID} {
		if main := shown.Text("main"); strings.Contains(main, text) || strings.Contains(body, text) {
			t.Errorf("everything about the person says %q, which is not about them", text)
		}
	}
	for name, want := range map[string]string{"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store",
		"Content-Disposition": `attachment; filename="` + c.Reference + `.json"`} {
		if got := file.Header.Get(name); got != want {
			t.Errorf("%s of the file = %q, want %q", name, got, want)
		}
	}
	if cache := shown.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("Cache-Control of the page = %q, want no-store", cache)
	}
	var parsed subject.File
	if err := json.Unmarshal([]byte(file.Body), &parsed); err != nil || len(parsed.Drafts) != 2 || len(parsed.Enquiries) != 1 || len(parsed.Mails) != 1 || len(parsed.Timeline) != 2 {
		t.Errorf("the file has %d drafts, %d enquiries, %d mails, %d events, %v, want 2, 1, 1, 2", len(parsed.Drafts), len(parsed.Enquiries), len(parsed.Mails), len(parsed.Timeline), err)
	}
	if n := p.count(`select count(distinct action) from audit_event where action in ('expression.data', 'expression.data-file') and actor_id = $1 and subject_id = $2`, account.ID, c.ID); n != 2 {
		t.Errorf("%d of the two reads are in the audit", n)
	}
	lead.Get("/admin/expressions/ZZZ-ZZZZ/data").Want(http.StatusNotFound)
}

func TestLeadErasesACaseByItsReference(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	p.enquiryOf("zoe@example.com", "Do you have placements?")
	reviewer, _ := p.signedIn(staff.Reviewer)
	lead, account := p.signedIn(staff.Lead)
	path := "/admin/expressions/" + c.Reference
	if n := reviewer.Get(path).Doc().Find("a[href$='/erase']").Length(); n != 0 {
		t.Errorf("a reviewer's case leads to its erasure %d times, want none", n)
	}
	for _, denied := range []string{"/erase", "/data", "/data.json"} {
		reviewer.Get(path + denied).Want(http.StatusForbidden)
	}
	key, _ := reviewer.Get(path).Doc().Find("input[name=" + page.FormKeyField + "]").First().Attr("value")
	reviewer.Post(path+"/erase", url.Values{"typed": {c.Reference}, "version": {"1"}, page.FormKeyField: {key}}).Want(http.StatusForbidden)

	lead.Get(path).Want(http.StatusOK).Has("a[href$='/data']", "Everything we hold")
	draft, err := p.interest.NewDraft(t.Context())
	if err == nil {
		_, err = p.interest.SaveAnswer(t.Context(), draft.ID, 0, interest.Email{Address: "zoe@example.com"})
	}
	if err != nil {
		t.Fatalf("filling in another form: %v", err)
	}
	form := lead.Get(path+"/erase").Want(http.StatusOK).Has("main", "Nobody can undo this").Has("main", "that was not sent, until 28 days").Has("main", "Enquiry E-")
	for _, typed := range []string{"", "ZZZ-ZZZZ"} {
		lead.Send(form, path+"/erase", url.Values{"typed": {typed}}).Want(http.StatusUnprocessableEntity).
			Has(".nhsuk-error-summary", "Enter the reference of this case")
	}
	reviewer.Send(reviewer.Get(path), path+"/move", url.Values{"to": {"in-review"}}).Want(http.StatusSeeOther)
	stale := lead.Send(form, path+"/erase", url.Values{"typed": {c.Reference}}).Want(http.StatusConflict).
		Has(".nhsuk-card--warning", "changed while you had it open")
	late := reviewer.Get(path)
	erased := lead.Send(stale, path+"/erase", url.Values{"typed": {strings.ToLower(c.Reference)}}).Want(http.StatusSeeOther)
	lead.Follow(erased).Want(http.StatusOK).Has(".nhsuk-notification-banner", "The case was erased").Has("main", "No case needs us now")

	lead.Send(stale, path+"/erase", url.Values{"typed": {c.Reference}}).Want(http.StatusGone).Has("h1", "Erased")
	for _, gone := range []string{"", "/data", "/data.json", "/erase"} {
		lead.Get(path+gone).Want(http.StatusGone).Has("h1", "Erased")
	}
	reviewer.Send(late, path+"/note", url.Values{"note": {"x"}}).Want(http.StatusGone).Has("h1", "Erased")
	lead.Get("/admin").Want(http.StatusOK).Has("tbody", "In review1")
	if n := p.count(`select count(*) from audit_event where action = 'expression.erase' and actor_id = $1 and subject_id = $2`, account.ID, c.ID); n != 1 {
		t.Errorf("erasures in the audit = %d, want 1", n)
	}
	if n := p.count(`select count(*) from enquiry where email = 'zoe@example.com'`); n != 1 {
		t.Errorf("enquiries of the address = %d, want it kept", n)
	}
}

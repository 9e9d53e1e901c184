package admin_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
)

func TestEveryActionOfACaseHasWordsInTheAudit(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	actions := append(append(interest.Actions(), slices.Concat(interest.ExportActions(), intake.Actions())...), string(subject.ToRead), string(subject.ToDownload), string(subject.ToErase),
		"expression.send", "expression.mail-refused", "expression.erase")
	for _, action := range actions {
		err := audit.Record(t.Context(), p.pool, audit.Entry{
			ActorKind: audit.System, Action: action, SubjectKind: "expression", SubjectID: "one", Outcome: audit.Done,
		})
		if err != nil {
			t.Fatalf("Record(%s) = %v", action, err)
		}
	}
	lead, _ := p.signedIn(staff.Lead)
	rows := lead.Get("/admin/audit").Want(http.StatusOK).Has("tbody", "Move an expression to another stage").Text("tbody")
	for _, action := range actions {
		if strings.Contains(rows, action) {
			t.Errorf("the audit says %q, which has no words", action)
		}
	}
}

// row adds a row to the audit.
func (p *portal) row(e audit.Entry) {
	p.t.Helper()
	if err := audit.Record(p.t.Context(), p.pool, e); err != nil {
		p.t.Fatalf("Record(%+v) = %v", e, err)
	}
}

func TestAuditIsFilteredByItsForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, account := p.signedIn(staff.Lead)
	reviewer, other := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin/expressions/" + c.Reference).Want(http.StatusOK)
	p.row(audit.Entry{ActorKind: audit.Staff, ActorID: account.ID, Action: "expression.erase", SubjectKind: "expression", SubjectID: "3f2b1b8e-0000-4000-8000-000000000001", Outcome: audit.Done, Detail: "a detail"})
	form := lead.Get("/admin/audit").Want(http.StatusOK).Has("tbody", "Look at an expression of interest").
		Has("tbody", "Expression no longer kept").Has("tbody", "a detail").Has("main", "for a seal")
	filtered := func(fields url.Values) *pagetest.Page {
		t.Helper()
		return lead.Follow(lead.Send(form, "/admin/audit", fields).Want(http.StatusSeeOther)).Want(http.StatusOK)
	}
	rows := func(page *pagetest.Page) int { return page.Doc().Find("tbody tr").Length() }
	if got := filtered(url.Values{"who": {other.ID}, "action": {"expression.view"}}); rows(got) != 1 || !strings.Contains(got.Text("tbody"), other.Name) {
		t.Errorf("who looked: %q, want the reviewer alone", got.Text("tbody"))
	}
	about := filtered(url.Values{"about": {" " + strings.ToLower(strings.ReplaceAll(c.Reference, "-", ""))}, "outcome": {"done"}})
	if link, _ := about.Doc().Find("tbody a").Attr("href"); rows(about) != 2 || link != "/admin/expressions/"+c.Reference {
		t.Errorf("about the case: %d rows that lead to %q, want its sending and the look at it", rows(about), link)
	}
	if value, _ := about.Doc().Find("#about").Attr("value"); value != c.Reference {
		t.Errorf("the field says %q, want the reference", value)
	}
	today := time.Now().Format("2/1/2006")
	if got := filtered(url.Values{"from": {today}, "to": {today}}); rows(got) < 5 {
		t.Errorf("today has %d rows, want all", rows(got))
	}
	if got := filtered(url.Values{"to": {"1 January 2020"}}); rows(got) != 0 || !strings.Contains(got.Text("main"), "Nothing was recorded") {
		t.Errorf("2020 has %d rows, want none and that it says so", rows(got))
	}
	gone, _ := form.Doc().Find("tbody a[href*='about=']").Attr("href")
	if got := lead.Get(gone).Want(http.StatusOK); rows(got) != 1 {
		t.Errorf("about an erased case: %d rows, want 1", rows(got))
	}
	lead.Send(form, "/admin/audit", url.Values{"about": {"Zoë Example"}, "from": {"31/2/2026"}, "to": {"soon"}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Enter the reference").Has(".nhsuk-error-summary", "From must be a real date").Has(".nhsuk-error-summary", "To must be a real date")
	lead.Send(form, "/admin/audit", url.Values{"from": {"2/1/2026"}, "to": {"1/1/2026"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "or a later one")
	lead.Send(form, "/admin/audit", url.Values{"who": {"x"}}).Want(http.StatusBadRequest)
}

func TestAuditDownloadsWhatTheFilterChooses(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, account := p.signedIn(staff.Lead)
	if _, err := p.pool.Exec(t.Context(), `update staff_account set name = '=HYPERLINK("x")' where id = $1`, account.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := p.pool.Exec(t.Context(), `
		insert into audit_event (actor_kind, actor_id, action, outcome, detail) select 'staff', $1, 'rule.check', 'done', n::text from generate_series(1, 5000) n`, account.ID); err != nil {
		t.Fatal(err)
	}
	const file = "/admin/audit.csv?action=rule.check&who="
	got := lead.Get(file + account.ID).Want(http.StatusOK)
	if kind := got.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Errorf("the file is %q, want CSV", kind)
	}
	lines, err := csv.NewReader(strings.NewReader(got.Body)).ReadAll()
	if err != nil || len(lines) != 5001 || lines[0][0] != "when (UTC)" {
		t.Fatalf("the file has %d lines, %v, want 5,001", len(lines), err)
	}
	for i, line := range lines[1:] {
		if line[1] != `'=HYPERLINK("x")` || line[7] != strconv.Itoa(5000-i) {
			t.Fatalf("line %d is %q, want each row once, the newest first, and no formula", i+1, line)
		}
	}
	if n := p.count(`select count(*) from audit_event where action = 'audit.export' and actor_id = $1 and detail = 'action=rule.check&who=' || $1`, account.ID); n != 1 {
		t.Errorf("downloads that are recorded with their filter = %d, want 1", n)
	}
	reviewer, _ := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin/audit.csv").Want(http.StatusForbidden)
	lead.Get("/admin/audit.csv?action=x").Want(http.StatusBadRequest)
}

// forged are filters that no page links to.
var forged = []string{
	"before=x", "before=1", "before=1.1", "before=-1.5", "before=9223372036854775807.9223372036854775807", "before=1763733600000000.0",
	"who=x", "who='", "action=x", "action=expression.view'", "outcome=x", "about=x", "about=K7M-4XPD", "from=x", "from=2026-02-31", "from=0001-01-01", "to=10000-01-01", "from=%2026-01-01",
}

func TestForgedFiltersOfTheAuditAreRefused(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, _ := p.signedIn(staff.Lead)
	for _, query := range forged {
		for _, path := range []string{"/admin/audit?", "/admin/audit.csv?"} {
			lead.Get(path + query).Want(http.StatusBadRequest)
		}
	}
	lead.Get("/admin/audit?from=2026-03-01&to=2026-02-01").Want(http.StatusOK) // chooses nothing
	lead.Get("/admin/audit?nothing=x&who=").Want(http.StatusOK)
}

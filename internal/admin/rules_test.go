package admin_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
)

// newPublished is the staff area of a portal with the default content.
func newPublished(t *testing.T) *portal {
	t.Helper()
	p := newPortal(t)
	if err := content.Import(t.Context(), p.pool, pack.Files); err != nil {
		t.Fatalf("Import = %v", err)
	}
	return p
}

// fromSoon is the form of a new value from the day after tomorrow, which is
// never today in England.
func fromSoon(value string) url.Values {
	next := time.Now().AddDate(0, 0, 2)
	return url.Values{"value": {value}, "day": {next.Format("2")}, "month": {next.Format("1")}, "year": {next.Format("2006")}, "source": {"hcpc-updating"}}
}

func TestEditorSetsAFigureOnceAfterLookingAgain(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	editor, account := p.signedIn(staff.Editor)
	const path = "/admin/rules/figures/short-days"
	editor.Get("/admin").Has("main", "Rules and figures")
	editor.Get("/admin/rules").Want(http.StatusOK).Has("tbody", "30 days").Has("tbody", "12 months").Has("tbody", "HCPC: Returning to practice: our requirements")
	form := editor.Get(path).Want(http.StatusOK).Has("tbody", "In force")
	bad := editor.Send(form, path, url.Values{"value": {"a few"}, "day": {"31"}, "month": {"2"}, "year": {"2027"}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "whole number from 1 to 400").Has(".nhsuk-error-summary", "must be a real date").Has(".nhsuk-error-summary", "Select the page")
	if got, _ := bad.Doc().Find("#value").Attr("value"); got != "a few" {
		t.Errorf("the value is %q after a mistake, want what was typed", got)
	}
	editor.Send(form, path, fromSoon("61")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "must not be less than short-days")
	confirm := editor.Send(form, path, fromSoon("40")).Want(http.StatusOK).Has("h1", "Confirm").Has("main", "40 days").Has("main li", "at least 40 days of updating")
	if n := p.count(`select count(*) from audit_event where action = 'figure.set'`); n != 0 {
		t.Fatalf("%d changes before they were confirmed, want none", n)
	}
	for range 2 {
		editor.Send(confirm, path, nil).Want(http.StatusSeeOther)
	}
	if n := p.count(`select count(*) from audit_event where action = 'figure.set' and subject_id = 'short-days' and actor_id = $1`, account.ID); n != 1 {
		t.Errorf("the audit has %d changes, want 1", n)
	}
	editor.Get("/admin/rules").Has(".nhsuk-notification-banner", "40 days from").Has("tbody", "40 days from")
	editor.Send(confirm, path, fromSoon("35")).Want(http.StatusConflict).Has(".nhsuk-error-summary", "somebody changed them")
	editor.Get("/admin/rules/figures/no-figure").Want(http.StatusNotFound)
}

func TestEditorRecordsWhatWasCheckedToday(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	old := interest.DayOf(time.Now()).AddMonths(-7)
	if _, err := p.pool.Exec(t.Context(), `update rule set checked = $1 where slug = 'money'`, old.Time()); err != nil {
		t.Fatal(err)
	}
	editor, _ := p.signedIn(staff.Editor)
	list := editor.Get("/admin/rules").Want(http.StatusOK).Has("main", "1 of them was not checked for 6 months").Has("table:nth-of-type(2) tbody tr:first-child", "£800")
	key, _ := list.Doc().Find("main input[name=form_key]").First().Attr("value")
	check := func(kind, slug string) int {
		return editor.Post("/admin/rules/check", url.Values{"form_key": {key}, "entry": {kind + " " + slug}}).Status
	}
	for range 2 {
		if got := check(updating.EntryRule, "money"); got != http.StatusSeeOther {
			t.Fatalf("checking a rule = %d, want 303", got)
		}
	}
	if n := p.count(`select count(*) from audit_event where action = 'rule.check' and subject_id = 'money'`); n != 1 {
		t.Errorf("the audit has %d checks, want 1", n)
	}
	if got := check(updating.EntryFigure, "no-figure"); got != http.StatusNotFound {
		t.Errorf("checking no figure = %d, want 404", got)
	}
	if got := check("something", "money"); got != http.StatusBadRequest {
		t.Errorf("checking nothing known = %d, want 400", got)
	}
	if text := editor.Get("/admin/rules").Text("main .nhsuk-inset-text"); text != "" {
		t.Errorf("the list still says %q", text)
	}
}

func TestRulesAreForThoseWhoMayEdit(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	reviewer, _ := p.signedIn(staff.Reviewer)
	for _, path := range []string{"/admin/rules", "/admin/rules/figures/short-days"} {
		reviewer.Get(path).Want(http.StatusForbidden)
	}
	key, _ := reviewer.Get("/admin/account").Doc().Find("input[name=form_key]").First().Attr("value")
	fields := fromSoon("40")
	fields.Set("form_key", key)
	fields.Set("confirmed", "yes")
	reviewer.Post("/admin/rules/figures/short-days", fields).Want(http.StatusForbidden)
	reviewer.Post("/admin/rules/check", fields).Want(http.StatusForbidden)
	if n := p.count(`select count(*) from rule_figure_value where figure_slug = 'short-days'`); n != 1 {
		t.Errorf("the figure has %d values, want the one it had", n)
	}
}

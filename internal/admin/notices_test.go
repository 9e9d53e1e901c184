package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/staff"
)

// toldAll are choices of one way for every kind.
func toldAll(how string) url.Values {
	return url.Values{"new": {how}, "assigned": {how}, "answered": {how}, "due-soon": {how}, "late": {how}}
}

func TestEverybodyWhoSeesCasesChoosesWhatTheyAreTold(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const page = "/admin/account/notifications"
	reviewer, account := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin/account").Want(http.StatusOK).Has("main", "Choose what you are told by email")
	form := reviewer.Get(page).Want(http.StatusOK)
	if n := form.Doc().Find("input[type=radio][checked]").Length(); n != 5 {
		t.Errorf("%d choices are made for somebody new, want all 5", n)
	}
	reviewer.Send(form, page, toldAll("hourly")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select how you are told: New cases")
	reviewer.Follow(reviewer.Send(form, page, toldAll("at-once")).Want(http.StatusSeeOther)).Has(".nhsuk-notification-banner", "saved")
	if value, _ := reviewer.Get(page).Doc().Find("input[name=late][checked]").Attr("value"); value != "at-once" {
		t.Errorf("late cases are told %q, want at once", value)
	}
	if n := p.count(`select count(*) from audit_event where action = 'notice.choose' and actor_id = $1 and detail like '%late=at-once%'`, account.ID); n != 1 {
		t.Errorf("choices in the audit = %d, want 1", n)
	}
	editor, _ := p.signedIn(staff.Editor)
	editor.Get(page).Want(http.StatusForbidden)
	if body := editor.Get("/admin/account").Want(http.StatusOK).Text("main"); len(body) == 0 {
		t.Error("an editor has no account page")
	}
}

func TestALeadSetsTheSharedMailbox(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const page = "/admin/mailbox"
	lead, _ := p.signedIn(staff.Lead)
	form := lead.Get(page).Want(http.StatusOK).Has("main", "Nobody has set it yet")
	with := func(email, how string) url.Values {
		fields := toldAll(how)
		fields.Set("email", email)
		return fields
	}
	lead.Send(form, page, with("team at example", "daily")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter an email address in the correct format")
	lead.Send(form, page, with("team@example.nhs.uk", "weekly")).Want(http.StatusUnprocessableEntity)
	lead.Follow(lead.Send(form, page, with("team@example.nhs.uk", "daily")).Want(http.StatusSeeOther)).Has("main", "Set on")
	late := lead.Send(form, page, with("other@example.nhs.uk", "daily")).Want(http.StatusConflict).Has(".nhsuk-error-summary", "Somebody else set the mailbox")
	lead.Send(late, page, with("other@example.nhs.uk", "off")).Want(http.StatusSeeOther)
	if n := p.count(`select count(*) from notice_mailbox where email = 'other@example.nhs.uk' and late = 'off'`); n != 1 {
		t.Error("the mailbox that was saved last is not kept")
	}
	if n := p.count(`select count(*) from audit_event where action = 'mailbox.set' and detail not like '%@%'`); n != 2 {
		t.Errorf("settings in the audit = %d, want 2 without the address", n)
	}
	reviewer, _ := p.signedIn(staff.Reviewer)
	reviewer.Get(page).Want(http.StatusForbidden)
}

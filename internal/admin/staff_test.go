package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestPagesAreForTheRolesOfTheTable(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	pages := map[string]staff.Permission{
		"/admin": staff.SeeCounts, "/admin/account": staff.UseOwnAccount, "/admin/expressions": staff.SeeCases,
		"/admin/expressions/" + c.Reference: staff.SeeCases, "/admin/staff": staff.ManageStaff, "/admin/staff/add": staff.ManageStaff,
		"/admin/audit": staff.ReadAudit,
	}
	for _, role := range staff.Roles() {
		visitor, _ := p.signedIn(role)
		for path, permission := range pages {
			want := http.StatusForbidden
			if role.May(permission) {
				want = http.StatusOK
			}
			visitor.Get(path).Want(want)
		}
		key, _ := visitor.Get("/admin/account").Doc().Find("input[name=form_key]").First().Attr("value")
		want := http.StatusForbidden
		if role.May(staff.WorkCases) {
			want = http.StatusUnprocessableEntity
		}
		visitor.Post("/admin/expressions/"+c.Reference+"/note", url.Values{"form_key": {key}}).Want(want)
	}
	for path := range pages {
		p.base.Another().Get(path).Want(http.StatusSeeOther)
	}
}

func TestSmallNumbersAreHiddenFromThoseWhoMayNotSeeCases(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for range 5 {
		p.expression("Zoë Example", "physiotherapists")
	}
	lead, _ := p.signedIn(staff.Lead)
	viewer, _ := p.signedIn(staff.Viewer)
	shown := viewer.Get("/admin").Want(http.StatusOK)
	if got := shown.Text("#stages tbody tr:first-child td"); !strings.HasSuffix(got, "5") {
		t.Errorf("a viewer sees %q received, want 5", got)
	}
	if got := shown.Text("#stages tbody tr:nth-child(2)"); !strings.Contains(got, "Hidden") {
		t.Errorf("a viewer sees %q in review, want it hidden", got)
	}
	if n := shown.Doc().Find("tbody a").Length(); n != 0 {
		t.Errorf("a viewer sees %d links to cases, want none", n)
	}
	if got := lead.Get("/admin").Text("#stages tbody tr:nth-child(2)"); !strings.Contains(got, "0") {
		t.Errorf("a lead sees %q in review, want 0", got)
	}
}

func TestLeadAddsSomebodyAndHandsOverTheLink(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, own := p.signedIn(staff.Lead)
	form := lead.Get("/admin/staff/add").Want(http.StatusOK)
	bad := lead.Send(form, "", url.Values{"name": {"Ada"}, "email": {own.Email}, "role": {"owner"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select what they will do")
	lead.Send(bad, "", url.Values{"role": {"viewer"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "there is an account")
	added := lead.Send(form, "", url.Values{"name": {"Ada Byron"}, "email": {"ada@example.org"}, "role": {"viewer"}}).Want(http.StatusOK)
	link := added.Text("#link")
	path, found := strings.CutPrefix(link, "http://localhost:8080")
	if !found {
		t.Fatalf("the link is %q, want a whole address", link)
	}
	ada := p.base.Another()
	ada.Send(ada.Get(path).Want(http.StatusOK).Has("main", "Ada Byron"), "", url.Values{"password": {password}}).Want(http.StatusSeeOther)
	p.setUp(ada)
	ada.Get("/admin").Want(http.StatusOK)
	account, err := p.staff.ByEmail(t.Context(), "ada@example.org")
	if err != nil {
		t.Fatalf("ByEmail: %v", err)
	}
	if n := p.count(`select count(*) from mail where kind = 'staff-invite' and subject_id = $1`, account.ID); n != 1 {
		t.Errorf("invitations = %d, want 1", n)
	}
	person := "/admin/staff/" + account.ID
	lead.Get("/admin/staff").Has("tbody", "Ada Byron").Has("tbody", "Active")
	lead.Send(lead.Get(person), person+"/role", url.Values{"role": {"editor"}}).Want(http.StatusSeeOther)
	lead.Send(lead.Get(person), person+"/role", url.Values{"role": {"owner"}}).Want(http.StatusUnprocessableEntity)
	lead.Send(lead.Get(person), person+"/link", nil).Want(http.StatusOK).Has("main", "1 hour")
	lead.Get("/admin/staff").Has("tbody", "App for codes")
	lead.Send(lead.Get(person), person+"/reset-second-factor", nil).Want(http.StatusSeeOther)
	lead.Get(person).Has("main", "Their second factor is reset").Has("main", "Not set up")
	if n := p.count(`select count(*) from mail where kind = 'staff-factor-reset' and subject_id = $1`, account.ID); n != 1 {
		t.Errorf("mails about the reset = %d, want 1", n)
	}
	ada.Get("/admin").Want(http.StatusSeeOther)
	ada.Follow(p.halfSignIn(ada, account.Email)).Want(http.StatusOK).Has("h1", "Set up an app for codes")
	p.setUp(ada)
	ada.Get("/admin").Want(http.StatusOK)
	lead.Send(lead.Get(person), person+"/disable", nil).Want(http.StatusSeeOther)
	ada.Get("/admin").Want(http.StatusSeeOther)
	lead.Send(lead.Get(person).Has("main", "Cannot sign in"), person+"/enable", nil).Want(http.StatusSeeOther)
	lead.Get("/admin/staff/nobody").Want(http.StatusNotFound)
	lead.Get("/admin/audit").Want(http.StatusOK).Has("tbody", "Stop somebody signing in").Has("tbody", "Ada Byron")
}

func TestLastLeadStays(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, own := p.signedIn(staff.Lead)
	person := "/admin/staff/" + own.ID
	lead.Send(lead.Get(person), person+"/disable", nil).Want(http.StatusConflict).Has(".nhsuk-error-summary", "Nobody else can sign in as a faculty lead")
	lead.Get("/admin").Want(http.StatusOK)
}

func TestChangingOnesPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, account := p.signedIn(staff.Editor)
	other := p.signIn(account.Email)
	const path = "/admin/account/password"
	form := visitor.Get("/admin/account").Want(http.StatusOK)
	visitor.Send(form, path, url.Values{"current": {"wrong"}, "password": {"nine quiet herons fly"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter your current password")
	changed := visitor.Send(form, path, url.Values{"current": {password}, "password": {"nine quiet herons fly"}}).Want(http.StatusSeeOther)
	visitor.Follow(changed).Want(http.StatusOK).Has(".nhsuk-notification-banner", "Your password is changed")
	other.Get("/admin").Want(http.StatusSeeOther)
	visitor.Send(visitor.Get("/admin/account"), "/admin/account/end-sessions", nil).Want(http.StatusSeeOther)
	visitor.Get("/admin").Want(http.StatusSeeOther)
}

func TestAuditHasPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, _ := p.signedIn(staff.Lead)
	c := p.expression("Zoë Example", "physiotherapists")
	for range 60 {
		lead.Get("/admin/expressions/" + c.Reference).Want(http.StatusOK)
	}
	first := lead.Get("/admin/audit").Want(http.StatusOK)
	older, _ := first.Doc().Find("main a[href*='before=']").Attr("href")
	if rows := first.Doc().Find("tbody tr").Length(); rows != 50 || older == "" {
		t.Fatalf("the first page has %d rows and leads to %q, want 50 and an older page", rows, older)
	}
	lead.Get(older).Want(http.StatusOK).Has("tbody", "Add a member of staff")
	lead.Get("/admin/audit?before=x").Want(http.StatusBadRequest)
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	here, account := p.signedIn(staff.Reviewer)
	there := p.signIn(account.Email)
	lead, _ := p.signedIn(staff.Lead)
	list := here.Get("/admin/account").Want(http.StatusOK).Has("tbody", "This device").Has("tbody", "192.0.…")
	if n := list.Doc().Find("main tbody tr").Length(); n != 3 {
		t.Fatalf("the account shows %d sessions, want 3: this one, the other, and the one of the set-up", n)
	}
	end, _ := list.Doc().Find("form[action*='/sessions/']").Attr("action")
	lead.Send(lead.Get("/admin/account"), "/admin/account/end-sessions", nil).Want(http.StatusSeeOther)
	lead = p.signIn(p.account("second@example.org", staff.Lead).Email)
	key, _ := lead.Get("/admin/account").Doc().Find("input[name=form_key]").First().Attr("value")
	lead.Post(end, url.Values{"form_key": {key}}).Want(http.StatusNotFound)
	here.Send(list, end, nil).Want(http.StatusSeeOther)
	there.Get("/admin").Want(http.StatusSeeOther)
	here.Get("/admin/account").Want(http.StatusOK).Has("main", "You are signed out there")
	person := "/admin/staff/" + account.ID
	lead.Send(lead.Get(person).Has("main", "signed in on 2 devices"), person+"/end-sessions", nil).Want(http.StatusSeeOther)
	here.Get("/admin").Want(http.StatusSeeOther)
}

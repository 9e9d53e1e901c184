package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

// idle lets every browser's session expire.
func (p *portal) idle() {
	p.t.Helper()
	if _, err := p.pool.Exec(p.t.Context(), `update session set expires_at = now() - interval '1 second'`); err != nil {
		p.t.Fatalf("letting sessions expire: %v", err)
	}
}

// comeBack signs somebody in from the sign-in page, and gives where they are led.
func (p *portal) comeBack(visitor *pagetest.Visitor, form *pagetest.Page, account staff.Account) *pagetest.Page {
	p.t.Helper()
	half := visitor.Send(form, "/admin/sign-in", url.Values{"email": {account.Email}, "password": {password}}).Want(http.StatusSeeOther)
	return visitor.Send(visitor.Follow(half), "/admin/second-step", url.Values{"code": {stafftest.Code(p.t, account.ID)}}).Want(http.StatusSeeOther)
}

func TestWhatWasTypedTooLateIsGivenBackToItsOwner(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, account := p.signedIn(staff.Reviewer)
	note := "/admin/expressions/" + c.Reference + "/note"
	form := visitor.Get("/admin/expressions/" + c.Reference).Want(http.StatusOK)
	p.idle()
	late := visitor.Send(form, note, url.Values{"note": {"Rang. Wants to start in May.\nAsk again."}}).Want(http.StatusSeeOther)
	if n := p.count(`select count(*) from session where position('Wants to start'::bytea in data) > 0`); n != 0 {
		t.Errorf("%d sessions hold the note as it was typed, want it encrypted", n)
	}
	in := p.comeBack(visitor, visitor.Follow(late).Has("main", "you get back what you typed"), account)
	back := visitor.Follow(in).Want(http.StatusOK).Has("h1", "What you typed").Has("main", "Wants to start in May.")
	visitor.Send(back, note, nil).Want(http.StatusSeeOther)
	visitor.Get("/admin/expressions/"+c.Reference).Has(".app-timeline", "Wants to start in May.")
}

func TestWhatWasTypedTooLateIsNobodyElses(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor, _ := p.signedIn(staff.Reviewer)
	other := p.account("other@example.org", staff.Reviewer)
	note := "/admin/expressions/" + c.Reference + "/note"
	form := visitor.Get("/admin/expressions/" + c.Reference).Want(http.StatusOK)
	p.idle()
	late := visitor.Send(form, note, url.Values{"note": {"Rang."}}).Want(http.StatusSeeOther)
	in := p.comeBack(visitor, visitor.Follow(late), other)
	if got := visitor.Follow(in).Want(http.StatusOK); strings.Contains(got.Body, "Rang.") {
		t.Error("somebody else gets what was typed")
	}
}

func TestPasswordsAreNotKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	form := visitor.Get("/admin/account").Want(http.StatusOK)
	p.idle()
	visitor.Send(form, "/admin/account/password", url.Values{"current": {password}, "password": {"nine quiet herons fly"}}).Want(http.StatusForbidden)
	visitor.Get("/admin/kept").Want(http.StatusSeeOther)
}

func TestAFormThatNeedsAFreshProofIsGivenBack(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, account := p.signedIn(staff.Lead)
	form := lead.Get("/admin/staff/add").Want(http.StatusOK)
	if _, err := p.pool.Exec(t.Context(), `update staff_session set proved_at = proved_at - interval '10 minutes'`); err != nil {
		t.Fatalf("letting time pass: %v", err)
	}
	fields := url.Values{"name": {"Ada Byron"}, "email": {"ada@example.org"}, "role": {"viewer"}}
	late := lead.Send(form, "/admin/staff/add", fields).Want(http.StatusSeeOther)
	asked := lead.Follow(late).Want(http.StatusOK).Has("main", "What you sent is not saved yet")
	back := lead.Send(asked, "/admin/confirm", url.Values{"password": {password}, "code": {stafftest.Code(t, account.ID)}}).Want(http.StatusSeeOther)
	again := lead.Follow(back).Want(http.StatusOK).Has("main", "Ada Byron")
	lead.Send(again, "/admin/staff/add", nil).Want(http.StatusOK).Has("h1", "Link for Ada Byron")
	lead.Get("/admin/stay").Want(http.StatusOK)
}

package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestFirstLeadComesInByTheLink(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	token, err := p.staff.FirstLeadLink(t.Context())
	if err != nil {
		t.Fatalf("FirstLeadLink: %v", err)
	}
	visitor := p.base.Another()
	visitor.Get("/admin/link/" + token).Want(http.StatusOK)
	form := visitor.Get("/admin/link/"+token).Want(http.StatusOK).Has("h1", "Make the first account")
	bad := visitor.Send(form, "", url.Values{"name": {""}, "email": {"ada@example.org"}, "password": {"short"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter a name").Has(".nhsuk-error-summary", "12 characters")
	in := visitor.Send(bad, "", url.Values{"name": {"Ada Byron"}, "password": {password}}).Want(http.StatusSeeOther)
	if in.Location != "/admin/set-up" {
		t.Errorf("a first password leads to %q, want the second factor", in.Location)
	}
	visitor.Get("/admin").Want(http.StatusSeeOther)
	visitor.Follow(in).Want(http.StatusOK).Has("main", "Your password is set")
	p.setUp(visitor).Has("h1", "Save your recovery codes")
	visitor.Get("/admin").Want(http.StatusOK).Has("main", "Faculty lead")
	for _, gone := range []string{token, "never-was"} {
		p.base.Another().Get("/admin/link/"+gone).Want(http.StatusGone).Has("main", "get a new link by email")
	}
	other := p.base.Another()
	other.Send(other.Get("/admin/sign-in"), "", url.Values{"email": {"ada@example.org"}, "password": {password}}).Want(http.StatusSeeOther)
}

func TestLinkPageSaysWhoseItIs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Viewer)
	token, _, err := p.staff.NewLink(t.Context(), staff.By{}, account.ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	signedIn := p.signIn(account.Email)
	visitor := p.base.Another()
	form := visitor.Get("/admin/link/"+token).Want(http.StatusOK).Has("main", "sam@example.org")
	if buttons := form.Doc().Find("main form button[type=submit]").Length(); buttons != 1 {
		t.Errorf("the page of a link has %d buttons that send, want 1", buttons)
	}
	visitor.Send(form, "", url.Values{"password": {"nine quiet herons fly"}}).Want(http.StatusSeeOther)
	// The link stands for the password alone.
	if half := visitor.Get("/admin").Want(http.StatusSeeOther); half.Location != "/admin/second-step" {
		t.Errorf("after a link /admin leads to %q, want the second step", half.Location)
	}
	visitor.Get("/admin/second-step").Want(http.StatusOK)
	signedIn.Get("/admin").Want(http.StatusSeeOther)
	visitor.Send(form, "", url.Values{"password": {"nine quiet herons fly"}}).Want(http.StatusForbidden)
	late := p.base.Another()
	key, _ := late.Get("/admin/sign-in").Doc().Find("input[name=form_key]").Attr("value")
	late.Post("/admin/link/"+token, url.Values{"form_key": {key}, "password": {password}}).Want(http.StatusGone)
}

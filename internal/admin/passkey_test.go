package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

func TestPasskeyInPlaceOfAnApp(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account, err := p.staff.Add(t.Context(), staff.By{}, staff.NewAccount{Email: "sam@example.org", Name: "Sam Rivers", Role: staff.Viewer})
	if err != nil {
		t.Fatalf("Add: %v", err)
	}
	token, err := p.staff.MintLink(t.Context(), account.ID, staff.Invite)
	if err != nil {
		t.Fatalf("MintLink: %v", err)
	}
	visitor, key := p.base.Another(), stafftest.NewKey(t, origin)
	visitor.Send(visitor.Get("/admin/link/"+token), "", url.Values{"password": {password}}).Want(http.StatusSeeOther)
	const setUp, step, signIn, confirm = "/admin/set-up/passkey", "/admin/second-step/passkey", "/admin/sign-in/passkey", "/admin/confirm/passkey"
	form := visitor.Get("/admin/set-up").Want(http.StatusOK)
	visitor.Send(form, setUp, url.Values{"answer": {"nonsense"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "not accepted")
	form = visitor.Get("/admin/set-up").Want(http.StatusOK)
	visitor.Send(form, setUp, url.Values{"answer": {key.Make(t, options(t, form))}}).Want(http.StatusOK).Has("h1", "Save your recovery codes")
	visitor.Get("/admin").Want(http.StatusOK)

	half := p.base.Another()
	form = half.Follow(p.halfSignIn(half, account.Email)).Has("main", "Your second factor is a passkey")
	half.Send(form, step, url.Values{"answer": {"nonsense"}}).Want(http.StatusUnprocessableEntity)
	form = half.Get("/admin/second-step").Want(http.StatusOK)
	half.Send(form, step, url.Values{"answer": {key.Use(t, options(t, form))}}).Want(http.StatusSeeOther)
	half.Get("/admin").Want(http.StatusOK)

	alone := p.base.Another()
	alone.Get("/admin/account").Want(http.StatusSeeOther)
	form = alone.Get("/admin/sign-in").Want(http.StatusOK)
	answer := key.Use(t, options(t, form))
	if in := alone.Send(form, signIn, url.Values{"answer": {answer}}).Want(http.StatusSeeOther); in.Location != "/admin/account" {
		t.Errorf("a passkey leads to %q, want where the person wanted to go", in.Location)
	}
	again := p.base.Another()
	again.Send(again.Get("/admin/sign-in"), signIn, url.Values{"answer": {answer}}).Want(http.StatusUnprocessableEntity)

	form = alone.Get("/admin/confirm").Want(http.StatusOK)
	alone.Send(form, confirm, url.Values{"answer": {key.Use(t, options(t, form))}}).Want(http.StatusSeeOther)
	own, _ := alone.Get("/admin/account").Want(http.StatusOK).Doc().Find("a[href^='/admin/account/passkeys/']").Attr("href")
	page := alone.Get(own).Want(http.StatusOK)
	alone.Send(page, own+"/name", url.Values{"name": {""}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter a name")
	alone.Send(page, own+"/name", url.Values{"name": {"Blue key"}}).Want(http.StatusSeeOther)
	alone.Get("/admin/account").Has("main", "Blue key: last used")
	alone.Send(page, own+"/remove", nil).Want(http.StatusConflict).Has(".nhsuk-error-summary", "your only second factor")
	const add = "/admin/account/passkeys"
	form = alone.Get(add).Want(http.StatusOK)
	second := stafftest.NewKey(t, origin)
	alone.Send(form, add, url.Values{"answer": {second.Make(t, options(t, form))}}).Want(http.StatusSeeOther)
	alone.Send(alone.Get(own), own+"/remove", nil).Want(http.StatusSeeOther)
	alone.Get(own).Want(http.StatusNotFound)
	visitor.Get("/admin").Want(http.StatusSeeOther)
}

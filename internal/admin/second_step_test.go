package admin_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

func TestSecondStepTakesACodeOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Viewer)
	visitor, other := p.base.Another(), p.base.Another()
	const step = "/admin/second-step"
	form := visitor.Follow(p.halfSignIn(visitor, account.Email))
	visitor.Send(form, step, nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter the code that your app shows")
	visitor.Send(form, step, url.Values{"code": {"000000"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "A code works once")
	code := stafftest.Code(t, account.ID)
	visitor.Send(form, step, url.Values{"code": {code[:3] + " " + code[3:]}}).Want(http.StatusSeeOther)
	visitor.Get("/admin").Want(http.StatusOK)
	late := other.Follow(p.halfSignIn(other, account.Email))
	other.Send(late, step, url.Values{"code": {code}}).Want(http.StatusUnprocessableEntity)
	if back := other.Get("/admin").Want(http.StatusSeeOther); back.Location != step {
		t.Errorf("/admin half way in leads to %q, want %q", back.Location, step)
	}
	other.Send(late, "/admin/sign-out", nil).Want(http.StatusSeeOther)
	if out := other.Get("/admin").Want(http.StatusSeeOther); out.Location != "/admin/sign-in" {
		t.Errorf("/admin after signing out half way leads to %q, want the sign-in page", out.Location)
	}
}

func TestRecoveryCodeLetsInOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, account := p.signedIn(staff.Lead)
	const codes, recovery = "/admin/account/recovery-codes", "/admin/second-step/recovery"
	shown := lead.Send(lead.Get(codes).Want(http.StatusOK).Has("main", "10 left"), "", nil).Want(http.StatusOK)
	if n := shown.Doc().Find("#codes li").Length(); n != staff.RecoveryCodes {
		t.Fatalf("the page shows %d recovery codes, want 10", n)
	}
	code := shown.Doc().Find("#codes li").First().Text()
	for _, works := range []bool{true, false} {
		visitor := p.base.Another()
		p.halfSignIn(visitor, account.Email)
		form := visitor.Get(recovery).Want(http.StatusOK)
		visitor.Send(form, recovery, nil).Want(http.StatusUnprocessableEntity)
		if works {
			visitor.Send(form, recovery, url.Values{"recovery": {code}}).Want(http.StatusSeeOther)
			visitor.Get("/admin/account").Want(http.StatusOK).Has("main", "9 left")
		} else {
			visitor.Send(form, recovery, url.Values{"recovery": {code}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "that you have not used")
		}
	}
}

func TestSetUpShowsAPictureOfTheKeyThatItPrints(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, _ := p.signedIn(staff.Lead)
	lead.Get("/admin/account/app").Want(http.StatusOK).Has("main", "takes the place of the one you have")
	picture := lead.Get("/admin/account/app/code.png").Want(http.StatusOK)
	if _, err := png.Decode(bytes.NewReader([]byte(picture.Body))); err != nil || picture.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the picture is %q, %v, want a PNG that is kept nowhere", picture.Header, err)
	}
}

func TestSetUpIsClosedToWhomAPasswordAloneIsKnown(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Viewer)
	visitor := p.base.Another()
	form := visitor.Follow(p.halfSignIn(visitor, account.Email))
	for _, path := range []string{"/admin/set-up", "/admin/set-up/code.png"} {
		if got := visitor.Get(path).Want(http.StatusSeeOther); got.Location != "/admin/second-step" {
			t.Errorf("%s leads to %q, want the second step", path, got.Location)
		}
	}
	key, _ := form.Doc().Find("input[name=form_key]").First().Attr("value")
	visitor.Post("/admin/set-up", url.Values{"form_key": {key}, "code": {"123456"}})
	visitor.Get("/admin").Want(http.StatusSeeOther)
}

func TestWhatIsDangerousAsksAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	lead, account := p.signedIn(staff.Lead)
	person := "/admin/staff/" + account.ID
	lead.Get(person).Want(http.StatusOK)
	if _, err := p.pool.Exec(t.Context(), `update staff_session set proved_at = proved_at - interval '10 minutes'`); err != nil {
		t.Fatalf("letting time pass: %v", err)
	}
	lead.Get("/admin/staff").Want(http.StatusOK)
	asked := lead.Get(person).Want(http.StatusSeeOther)
	if asked.Location != "/admin/confirm" {
		t.Fatalf("%s leads to %q, want to be asked again", person, asked.Location)
	}
	form := lead.Follow(asked).Want(http.StatusOK)
	lead.Send(form, "", nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter your password")
	lead.Send(form, "", url.Values{"password": {"wrong"}, "code": {"000000"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "this is not it")
	lead.Send(form, "", url.Values{"password": {password}, "code": {"000000"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "A code works once")
	back := lead.Send(form, "", url.Values{"password": {password}, "code": {stafftest.Code(t, account.ID)}}).Want(http.StatusSeeOther)
	if back.Location != person {
		t.Errorf("confirming leads to %q, want %q", back.Location, person)
	}
	lead.Follow(back).Want(http.StatusOK)
}

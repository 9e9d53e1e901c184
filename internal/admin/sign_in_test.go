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

func TestSignInLeadsWhereThePersonWantedToGo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Reviewer)
	visitor := p.base.Another()
	asked := visitor.Get("/admin/expressions?stage=received").Want(http.StatusSeeOther)
	form := visitor.Follow(asked).Want(http.StatusOK).Has("h1", "Sign in")
	wrong := visitor.Send(form, "", url.Values{"email": {account.Email}, "password": {"wrong"}}).Want(http.StatusUnprocessableEntity)
	wrong.Has(".nhsuk-error-summary", "do not match").Has("title", "Sign in")
	if got, _ := wrong.Doc().Find("#email").Attr("value"); got != account.Email {
		t.Errorf("email after a wrong password = %q, want what was typed", got)
	}
	if got, found := wrong.Doc().Find("#password").Attr("value"); found {
		t.Errorf("password after a wrong password = %q, want none", got)
	}
	half := visitor.Send(wrong, "", url.Values{"email": {"SAM@example.org"}, "password": {password}}).Want(http.StatusSeeOther)
	code := visitor.Follow(half).Want(http.StatusOK).Has("h1", "Show that it is you")
	if again := visitor.Get("/admin/sign-in"); again.Location != "/admin/second-step" {
		t.Errorf("the sign-in page of somebody half way leads to %q, want the second step", again.Location)
	}
	in := visitor.Send(code, "/admin/second-step", url.Values{"code": {stafftest.Code(t, account.ID)}}).Want(http.StatusSeeOther)
	if in.Location != "/admin/expressions?stage=received" {
		t.Errorf("sign-in leads to %q, want where the person wanted to go", in.Location)
	}
	visitor.Follow(in).Want(http.StatusOK)
	if again := visitor.Get("/admin/sign-in"); again.Location != "/admin" {
		t.Errorf("the sign-in page of somebody signed in leads to %q, want /admin", again.Location)
	}
}

func TestSignInNeedsBothFieldsAndAKey(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor := p.base.Another()
	form := visitor.Get("/admin/sign-in")
	visitor.Send(form, "", nil).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Enter your email address").Has(".nhsuk-error-summary", "Enter your password")
	visitor.Post("/admin/sign-in", url.Values{"email": {"a@example.org"}, "password": {"x"}}).Want(http.StatusForbidden)
}

func TestGuessingPasswordsGetsAWait(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor := p.base.Another()
	form := visitor.Get("/admin/sign-in")
	fields := url.Values{"email": {"nobody@example.org"}, "password": {"wrong"}}
	for range 6 {
		visitor.Send(form, "", fields).Want(http.StatusUnprocessableEntity)
	}
	// The first waits are over before a slow machine has guessed again; each is
	// twice as long as the one before.
	for range 8 {
		guess := visitor.Send(form, "", fields)
		if guess.Status == http.StatusTooManyRequests {
			if guess.Header.Get("Retry-After") == "" {
				t.Error("the answer to a guess too many does not say when to try again")
			}
			return
		}
		guess.Want(http.StatusUnprocessableEntity)
	}
	t.Error("14 guesses got no wait")
}

// guess has a stranger guess somebody's password until they must wait, and gives
// their sign-in page.
func (p *portal) guess(email string) (*pagetest.Visitor, *pagetest.Page) {
	p.t.Helper()
	stranger := p.base.Another()
	form := stranger.Get("/admin/sign-in")
	for range 100 {
		if got := stranger.Send(form, "", url.Values{"email": {email}, "password": {"wrong"}}); got.Status == http.StatusTooManyRequests {
			return stranger, form
		}
	}
	p.t.Fatal("100 guesses got no wait")
	return nil, nil
}

// device is the cookie by which the device is known that an answer sets; nil for
// none.
func device(answer *pagetest.Page) *http.Cookie {
	for _, cookie := range (&http.Response{Header: answer.Header}).Cookies() {
		if cookie.Name == "portal_device" {
			return cookie
		}
	}
	return nil
}

func TestAStrangerAtTheSameAddressDoesNotKeepTheOwnerOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Reviewer)
	owner := p.base.Another()
	half := p.halfSignIn(owner, account.Email)
	if device(half) != nil {
		t.Error("a device is known by the password alone")
	}
	in := owner.Send(owner.Follow(half), "/admin/second-step", url.Values{"code": {stafftest.Code(t, account.ID)}}).Want(http.StatusSeeOther)
	cookie := device(in)
	if cookie == nil || len(cookie.Value) < 26 || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/admin" || cookie.MaxAge != 90*24*60*60 {
		t.Fatalf("signing in sets %+v, want a cookie of the device", cookie)
	}
	if n := p.count(`select count(*) from staff_device where position($1::bytea in token_hash) = 0`, []byte(cookie.Value)); n != 1 {
		t.Errorf("%d devices are known, want the one, by a hash", n)
	}
	owner.Post("/admin/sign-out", formKey(owner.Get("/admin/account"))).Want(http.StatusSeeOther)
	stranger, form := p.guess(account.Email)
	if _, err := p.pool.Exec(t.Context(), `update attempt set blocked_until = now() + interval '15 minutes' where blocked_until is not null`); err != nil {
		t.Fatal(err)
	}
	stranger.Send(form, "", url.Values{"email": {account.Email}, "password": {password}}).Want(http.StatusTooManyRequests)
	p.halfSignIn(owner, account.Email)
	// On a device that is not known, a link that was mailed is the way round.
	token, _, err := p.staff.NewLink(t.Context(), staff.By{}, account.ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	mailed := p.base.Another()
	const next = "nine quiet herons fly"
	used := mailed.Send(mailed.Get("/admin/link/"+token), "", url.Values{"password": {next}}).Want(http.StatusSeeOther)
	if device(used) == nil {
		t.Error("a device on which a link is used is not known")
	}
	mailed.Post("/admin/sign-out", formKey(mailed.Get("/admin/second-step"))).Want(http.StatusSeeOther)
	mailed.Send(mailed.Get("/admin/sign-in"), "", url.Values{"email": {account.Email}, "password": {next}}).Want(http.StatusSeeOther)
}

func TestSignInMakesANewSession(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Viewer)
	visitor := p.base.Another()
	form := visitor.Get("/admin/sign-in")
	before := form.Header.Get("Set-Cookie")
	in := visitor.Send(form, "", url.Values{"email": {account.Email}, "password": {password}}).Want(http.StatusSeeOther)
	after := in.Header.Get("Set-Cookie")
	if before == "" || strings.Split(before, ";")[0] == strings.Split(after, ";")[0] {
		t.Errorf("the session before signing in is %q and after it %q, want another", before, after)
	}
	if n := p.count(`select count(*) from session where ended_at is null`); n != 1 {
		t.Errorf("live sessions = %d, want the new one alone", n)
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, account := p.signedIn(staff.Viewer)
	other := p.signIn(account.Email)
	home := visitor.Get("/admin").Want(http.StatusOK)
	key, _ := home.Doc().Find("input[name=form_key]").Attr("value")
	if key == "" {
		key, _ = visitor.Get("/admin/account").Doc().Find("input[name=form_key]").First().Attr("value")
	}
	visitor.Post("/admin/sign-out", url.Values{"form_key": {key}}).Want(http.StatusSeeOther)
	visitor.Get("/admin").Want(http.StatusSeeOther)
	other.Get("/admin").Want(http.StatusOK)
}

func TestDisablingTakesHoldAtTheNextRequest(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, account := p.signedIn(staff.Reviewer)
	visitor.Get("/admin").Want(http.StatusOK)
	if err := p.staff.Disable(t.Context(), staff.By{}, account.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	visitor.Get("/admin").Want(http.StatusSeeOther)
}

func TestForgottenPasswordAnswersTheSameForEverybody(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	account := p.account("sam@example.org", staff.Viewer)
	visitor := p.base.Another()
	said := map[string]string{}
	for _, email := range []string{account.Email, "nobody@example.org"} {
		sent := visitor.Send(visitor.Get("/admin/forgot"), "", url.Values{"email": {email}}).Want(http.StatusOK)
		said[email] = sent.Text("main")
	}
	if said[account.Email] != said["nobody@example.org"] {
		t.Errorf("the answers differ: %q", said)
	}
	if n := p.count(`select count(*) from mail where kind = 'staff-reset' and subject_id = $1`, account.ID); n != 1 {
		t.Errorf("mails to the account = %d, want 1", n)
	}
	visitor.Send(visitor.Get("/admin/forgot"), "", url.Values{"email": {"not an address"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "correct format")
}

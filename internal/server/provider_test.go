package server_test

import (
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// single gives a portal single sign-on by a provider that does not answer.
func single(localOff bool) func(*server.Deps) {
	return func(d *server.Deps) {
		d.Config.OIDC = config.OIDC{Issuer: "http://127.0.0.1:9", ClientID: "portal", ClientSecret: "secret", Name: "NHSmail"}
		d.Config.LocalSignInOff = localOff
	}
}

// TestRoutesOfSingleSignOnAreForThoseTheirRowsName tries the rows that a portal
// has beside the others where there is a provider. The provider does not
// answer: whoever may go there gets the page that says so.
func TestRoutesOfSingleSignOnAreForThoseTheirRowsName(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t, single(false))
	accounts := map[staff.Role]staff.Account{}
	visitors := map[staff.Role]*pagetest.Visitor{"": portal.Visitor(t)}
	for _, role := range staff.Roles() {
		accounts[role], visitors[role] = portal.Add(t, role), portal.Visitor(t)
		servertest.SignIn(t, visitors[role], accounts[role])
	}
	met := 0
	for _, route := range portal.Routes() {
		if !strings.Contains(route.Path, "provider") && !strings.Contains(route.Path, "identities") {
			continue
		}
		met++
		for role, visitor := range visitors {
			key := formKey(visitor.Get("/admin/sign-in"))
			if role != "" {
				key = formKey(visitor.Get("/admin/account").Want(http.StatusOK))
			}
			got := ask(t, visitor, route, key, nil)
			switch {
			case role == "" && route.Who.NeedsPassword():
				wantSentTo(t, route, "nobody", got, "/admin/sign-in")
			case !route.Who.Allows(role) && got.Status != http.StatusForbidden:
				t.Errorf("%s %s for %q = %d, want 403", route.Method, route.Path, role, got.Status)
			case route.Who.Allows(role) && got.Status == http.StatusInternalServerError:
				t.Errorf("%s %s for %q = 500", route.Method, route.Path, role)
			}
		}
	}
	for role, account := range accounts {
		t.Run(string(role), func(t *testing.T) {
			everyRouteHalfWay(t, portal, account)
			everyRouteDisabled(t, portal, account)
			everyRouteWithoutFactor(t, portal, account)
		})
	}
	if met != 7 {
		t.Errorf("%d routes of single sign-on, want 7", met)
	}
	portal.Visitor(t).Get("/admin/sign-in").Want(http.StatusOK).Has("main a.nhsuk-button", "Sign in with NHSmail").Has("main form button", "Sign in")
	portal.Visitor(t).Get("/admin/sign-in/provider").Want(http.StatusServiceUnavailable).Has("h1", "NHSmail does not answer")
	const refused = `select count(*) from audit_event where action = 'provider.check' and outcome = 'refused' and detail = 'state'`
	before := portal.Count(t, refused)
	portal.Visitor(t).Get("/admin/sign-in/provider/return?state=guessed&code=guessed").Want(http.StatusForbidden).Has("h1", "You are not signed in")
	if n := portal.Count(t, refused); n != before {
		t.Errorf("the audit has %d ways back of a browser that went nowhere, want none", n-before)
	}
	went := portal.Visitor(t)
	went.Get("/admin/sign-in/provider").Want(http.StatusServiceUnavailable)
	waits := 0
	for range 100 {
		if went.Get("/admin/sign-in/provider/return?state=guessed").Status == http.StatusTooManyRequests {
			waits++
		}
	}
	if n := portal.Count(t, refused) - before; n == 0 || n+waits != 100 || waits < 40 {
		t.Errorf("the audit has %d of 100 ways back that lead nowhere, and %d had to wait", n, waits)
	}
}

func TestWithoutAProviderThereIsNoWayToOne(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	for _, path := range []string{"/admin/sign-in/provider", "/admin/sign-in/provider/return?state=x", "/admin/link/sample/provider"} {
		portal.Visitor(t).Get(path).Want(http.StatusNotFound)
	}
}

// TestWithLocalSignInOffItsRoutesAreGone tries every row of the second step, and
// those where passwords are set and asked for.
func TestWithLocalSignInOffItsRoutesAreGone(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t, single(true))
	account := portal.Add(t, staff.Lead)
	visitor := portal.Visitor(t)
	form := visitor.Get("/admin/sign-in").Want(http.StatusOK).Has("main a.nhsuk-button", "Sign in with NHSmail")
	if n := form.Doc().Find("main form").Length(); n != 0 {
		t.Errorf("the sign-in page has %d forms, want none", n)
	}
	visitor.Get("/admin/forgot").Want(http.StatusNotFound).Has("h1", "There are no passwords here")
	token, err := portal.Staff.MintLink(t.Context(), account.ID, staff.Reset)
	if err != nil {
		t.Fatal(err)
	}
	if n := visitor.Get("/admin/link/" + token).Want(http.StatusOK).Doc().Find("main form").Length(); n != 0 {
		t.Errorf("the page of a link has %d forms, want none", n)
	}
	// A session by a password, made by hand, goes no further.
	begun, err := portal.Staff.SignIn(t.Context(), staff.By{}, account.Email, servertest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&staff.Store{DB: portal.Pool, Ways: staff.Ways{LocalOff: true}, Now: portal.Staff.Now}).Session(t.Context(), begun.ID); err == nil {
		t.Error("a session by a password goes on")
	}
	local := 0
	for _, route := range portal.Routes() {
		if !route.Who.IsSecondStep() && !strings.HasPrefix(route.Path, "/admin/forgot") {
			continue
		}
		local++
		got := ask(t, visitor, route, "", nil)
		if got.Status == http.StatusOK || got.Status >= 500 {
			t.Errorf("%s %s with local sign-in off = %d", route.Method, route.Path, got.Status)
		}
	}
	if local < 8 {
		t.Errorf("%d routes of local sign-in, want all of them", local)
	}
}

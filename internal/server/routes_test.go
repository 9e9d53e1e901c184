package server_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var parameter = regexp.MustCompile(`\{[a-z_]+\}`)

// TestEveryRouteIsForThoseItsRowNames makes one request for each route and each
// kind of person: nobody, and for each role somebody who is signed in, whose
// second factor is missing, or is not set up, who proved both too long ago, and
// who was disabled. It compares with the route's own row.
func TestEveryRouteIsForThoseItsRowNames(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	if n := len(portal.Routes()); n < 40 {
		t.Fatalf("the table has %d routes, want the whole portal", n)
	}
	t.Run("nobody", func(t *testing.T) {
		visitor := portal.Visitor(t)
		for _, route := range portal.Routes() {
			got := ask(t, visitor, route, formKey(visitor.Get("/admin/sign-in")), nil)
			if route.Who.NeedsPassword() {
				wantSentTo(t, route, "nobody", got, "/admin/sign-in")
			} else {
				wantServed(t, route, "nobody", got)
			}
		}
	})
	for _, role := range staff.Roles() {
		account := portal.Add(t, role)
		t.Run(string(role), func(t *testing.T) {
			everyRouteSignedIn(t, portal, account)
			everyRouteStale(t, portal, account)
			everyRouteHalfWay(t, portal, account)
			everyRouteDisabled(t, portal, account)
			everyRouteWithoutFactor(t, portal, account)
		})
	}
}

// forged are fields that no form of ours has for those who send them.
var forged = url.Values{
	"role": {"lead"}, "id": {"1"}, "account": {"1"}, "account_id": {"1"}, "epoch": {"99"}, "email": {"forged@example.org"},
	"name": {"Forged Name"}, "disabled_at": {""}, "has_app": {"true"}, "stage": {"returned"}, "assignee": {"1"}, "by": {"1"},
}

// everyRouteSignedIn tries all staff routes for somebody signed in. Those who do
// not manage staff send forged fields as well, which change nobody's account.
func everyRouteSignedIn(t *testing.T, portal *servertest.Portal, account staff.Account) {
	visitor, fields := portal.Visitor(t), forged
	if account.Role.May(staff.ManageStaff) {
		fields = nil
	}
	before := accounts(t, portal)
	for _, route := range portal.Routes() {
		if !route.Who.NeedsPassword() {
			continue
		}
		home := visitor.Get("/admin/account")
		if home.Status != http.StatusOK { // the route before ended the session
			servertest.SignIn(t, visitor, account)
			home = visitor.Get("/admin/account").Want(http.StatusOK)
		}
		got := ask(t, visitor, route, formKey(home), fields)
		t.Logf("%-6s %-45s %-35s %s: %d", route.Method, route.Path, route.Who, account.Role, got.Status)
		switch {
		case route.Who.IsSecondStep():
			wantSentTo(t, route, "somebody signed in", got, "/admin")
		case !route.Who.Allows(account.Role):
			if got.Status != http.StatusForbidden {
				t.Errorf("%s %s for a %s = %d, want 403", route.Method, route.Path, account.Role, got.Status)
			}
		default:
			wantServed(t, route, string(account.Role), got)
		}
	}
	if after := accounts(t, portal); after != before {
		t.Errorf("accounts were\n%s\nand are\n%s\nafter every form", before, after)
	}
}

// accounts is who may do what, as text.
func accounts(t *testing.T, portal *servertest.Portal) string {
	t.Helper()
	var text string
	err := portal.Pool.QueryRow(t.Context(), `
		select string_agg(concat_ws(' ', id, email, name, role, disabled_at), E'\n' order by id) from staff_account`).Scan(&text)
	if err != nil {
		t.Fatalf("reading accounts: %v", err)
	}
	return text
}

// everyRouteStale tries all staff routes for somebody who proved who they are
// too long ago.
func everyRouteStale(t *testing.T, portal *servertest.Portal, account staff.Account) {
	visitor := portal.Visitor(t)
	servertest.SignIn(t, visitor, account)
	if _, err := portal.Pool.Exec(t.Context(), `update staff_session set proved_at = proved_at - interval '10 minutes' where proved_at is not null`); err != nil {
		t.Fatalf("letting time pass: %v", err)
	}
	for _, route := range portal.Routes() {
		if route.Who.NeedsFresh() && route.Who.Allows(account.Role) {
			wantSentTo(t, route, "somebody who proved it long ago", ask(t, visitor, route, formKey(visitor.Get("/admin/account")), nil), "/admin/confirm")
		}
	}
}

// everyRouteHalfWay tries all staff routes for somebody who has proved their
// password alone.
func everyRouteHalfWay(t *testing.T, portal *servertest.Portal, account staff.Account) {
	visitor := portal.Visitor(t)
	key := formKey(servertest.HalfSignIn(t, visitor, account))
	for _, route := range portal.Routes() {
		switch {
		case route.Who.NeedsStaff():
			wantSentTo(t, route, "a second factor missing", ask(t, visitor, route, key, nil), "/admin/second-step")
		case route.Who.IsSecondStep():
			wantServed(t, route, "a second factor missing", ask(t, visitor, route, key, nil))
		}
	}
	if home := visitor.Get("/admin"); home.Status != http.StatusSeeOther {
		t.Errorf("/admin after every route half way in = %d, want 303", home.Status)
	}
}

// everyRouteDisabled tries all staff routes for somebody signed in whose
// account is disabled.
func everyRouteDisabled(t *testing.T, portal *servertest.Portal, account staff.Account) {
	visitor := portal.Visitor(t)
	servertest.SignIn(t, visitor, account)
	key := formKey(visitor.Get("/admin/account").Want(http.StatusOK))
	disable := func(at string) {
		// By hand: the last lead's account is not to be disabled.
		if _, err := portal.Pool.Exec(t.Context(), `update staff_account set disabled_at = `+at+` where id = $1`, account.ID); err != nil {
			t.Fatalf("disabling: %v", err)
		}
	}
	disable("now()")
	defer disable("null")
	for _, route := range portal.Routes() {
		if route.Who.NeedsPassword() {
			wantSentTo(t, route, "somebody disabled", ask(t, visitor, route, key, nil), "/admin/sign-in")
		}
	}
}

// everyRouteWithoutFactor tries all staff routes for somebody who has proved
// their password and never set a second factor up.
func everyRouteWithoutFactor(t *testing.T, portal *servertest.Portal, account staff.Account) {
	if err := portal.Staff.ResetSecondFactor(t.Context(), staff.By{}, account.ID); err != nil {
		t.Fatalf("ResetSecondFactor: %v", err)
	}
	visitor := portal.Visitor(t)
	key := formKey(servertest.HalfSignIn(t, visitor, account))
	for _, route := range portal.Routes() {
		if route.Who.NeedsStaff() {
			wantSentTo(t, route, "no second factor set up", ask(t, visitor, route, key, nil), "/admin/set-up")
		}
	}
}

// wantSentTo fails unless somebody is sent to where they show who they are, also
// with a form, which is kept for them. One of nobody known is refused.
func wantSentTo(t *testing.T, route page.Route, who string, got *pagetest.Page, to string) {
	t.Helper()
	if who == "nobody" && route.Method == http.MethodPost && route.Who.NeedsStaff() {
		if got.Status != http.StatusForbidden {
			t.Errorf("%s %s for nobody = %d to %q, want 403", route.Method, route.Path, got.Status, got.Location)
		}
	} else if got.Status != http.StatusSeeOther || got.Location != to {
		t.Errorf("%s %s for %s = %d to %q, want 303 to %s", route.Method, route.Path, who, got.Status, got.Location, to)
	}
}

// ask makes one request with sample values in the path, and of a form with
// fields beside its key.
func ask(t *testing.T, visitor *pagetest.Visitor, route page.Route, key string, fields url.Values) *pagetest.Page {
	t.Helper()
	path := parameter.ReplaceAllString(route.Path, "sample")
	if route.Method != http.MethodPost {
		return visitor.Get(path)
	}
	if route.Who.UsesPublicKeys() {
		key = servertest.PublicFormKey(t, path)
	}
	sent := url.Values{page.FormKeyField: {key}}
	maps.Copy(sent, fields)
	return visitor.Post(path, sent)
}

func wantServed(t *testing.T, route page.Route, who string, got *pagetest.Page) {
	t.Helper()
	// The form's routes have a session of their own, whose key nobody here holds.
	if route.Who.UsesFormSession() && route.Method == http.MethodPost && got.Status == http.StatusForbidden {
		return
	}
	if got.Status == http.StatusForbidden || got.Status >= 500 || got.Status == http.StatusMethodNotAllowed {
		t.Errorf("%s %s for %s = %d, want it served", route.Method, route.Path, who, got.Status)
	}
}

func formKey(p *pagetest.Page) string {
	key, _ := p.Doc().Find("input[name=" + page.FormKeyField + "]").First().Attr("value")
	return key
}

func TestPrivacyNoticePrintsThePeriodsThatAreInForce(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	portal.Visitor(t).Get("/privacy").Want(http.StatusOK).Has("tbody", "28 days after you last changed it").
		Has("tbody", "12 months after it ended").Has("tbody", "30 days")
}

func TestEveryRouteHasOneRowAndAllStaffRoutesNeedStaff(t *testing.T) {
	t.Parallel()
	open := map[string]bool{}
	seen := map[string]bool{}
	for _, route := range servertest.New(t).Routes() {
		row := route.Method + " " + route.Path
		if seen[row] {
			t.Errorf("%s stands twice in the table", row)
		}
		seen[row] = true
		// Who sends a file is known before it is read.
		if route.File != "" && (!route.Who.NeedsStaff() || !route.Who.NeedsFresh() || route.Method != http.MethodPost || route.MaxBody == 0) {
			t.Errorf("%s takes a file, want it to be a form for staff alone, with a limit", row)
		}
		if strings.HasPrefix(route.Path, "/admin") && !route.Who.NeedsPassword() {
			open[route.Path] = true
		}
	}
	for _, path := range []string{"/admin/sign-in", "/admin/sign-in/passkey", "/admin/forgot", "/admin/link/{token}"} {
		if !open[path] {
			t.Errorf("%s needs somebody signed in, want it open", path)
		}
		delete(open, path)
	}
	for path := range open {
		t.Errorf("%s is open to everybody: is that meant?", path)
	}
}

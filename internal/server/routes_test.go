package server_test

import (
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

// TestEveryRouteIsForThoseItsRowNames makes one request for each route and
// role, and for nobody, and compares with the route's own row.
func TestEveryRouteIsForThoseItsRowNames(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	routes := portal.Routes()
	if len(routes) < 40 {
		t.Fatalf("the table has %d routes, want the whole portal", len(routes))
	}
	t.Run("nobody", func(t *testing.T) {
		visitor := portal.Visitor(t)
		for _, route := range routes {
			got := ask(t, visitor, route, formKey(visitor.Get("/admin/sign-in")))
			switch {
			case !route.Who.NeedsStaff():
				wantServed(t, route, "nobody", got)
			case route.Method == http.MethodPost:
				if got.Status != http.StatusForbidden {
					t.Errorf("%s %s for nobody = %d, want 403", route.Method, route.Path, got.Status)
				}
			case got.Status != http.StatusSeeOther || got.Location != "/admin/sign-in":
				t.Errorf("%s %s for nobody = %d to %q, want the sign-in page", route.Method, route.Path, got.Status, got.Location)
			}
		}
	})
	for _, role := range staff.Roles() {
		account := portal.Add(t, role)
		t.Run(string(role), func(t *testing.T) {
			visitor := portal.Visitor(t)
			for _, route := range routes {
				if !route.Who.NeedsStaff() {
					continue
				}
				home := visitor.Get("/admin/account")
				if home.Status != http.StatusOK { // the route before ended the session
					// A password may have been changed or links made: only the session matters.
					servertest.SignIn(t, visitor, account)
					home = visitor.Get("/admin/account").Want(http.StatusOK)
				}
				got := ask(t, visitor, route, formKey(home))
				t.Logf("%-6s %-45s %-35s %s: %d", route.Method, route.Path, route.Who, role, got.Status)
				if !route.Who.Allows(role) {
					if got.Status != http.StatusForbidden {
						t.Errorf("%s %s for a %s = %d, want 403", route.Method, route.Path, role, got.Status)
					}
					continue
				}
				wantServed(t, route, string(role), got)
			}
		})
	}
}

// ask makes one request with sample values in the path.
func ask(t *testing.T, visitor *pagetest.Visitor, route page.Route, key string) *pagetest.Page {
	t.Helper()
	path := parameter.ReplaceAllString(route.Path, "sample")
	if route.Method != http.MethodPost {
		return visitor.Get(path)
	}
	if route.Who.UsesPublicKeys() {
		key = servertest.PublicFormKey(t, path)
	}
	return visitor.Post(path, url.Values{page.FormKeyField: {key}})
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
		if strings.HasPrefix(route.Path, "/admin") && !route.Who.NeedsStaff() {
			open[route.Path] = true
		}
	}
	for _, path := range []string{"/admin/sign-in", "/admin/forgot", "/admin/link/{token}"} {
		if !open[path] {
			t.Errorf("%s needs somebody signed in, want it open", path)
		}
		delete(open, path)
	}
	for path := range open {
		t.Errorf("%s is open to everybody: is that meant?", path)
	}
}

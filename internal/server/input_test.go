package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// bad is text that no page of ours sends and Postgres would refuse or keep for
// somebody's terminal to run.
var bad = map[string]string{"NUL": "a\x00b", "no UTF-8": "a\xff\xfe", "an escape": "a\x1b[2Jb"}

// refusesBadText sends a page's form with each of its fields made bad in turn.
func refusesBadText(t *testing.T, visitor *pagetest.Visitor, from *pagetest.Page, action string) {
	t.Helper()
	fields := 0
	from.Doc().Find(`form[action="` + action + `"]`).Find("input[name], textarea[name], select[name]").Each(
		func(_ int, field *pagetest.Field) {
			name, _ := field.Attr("name")
			if name == page.FormKeyField {
				return
			}
			fields++
			for what, value := range bad {
				if got := visitor.Send(from, action, url.Values{name: {value}}); got.Status != http.StatusBadRequest {
					t.Errorf("%s with %s in %q = %d, want 400", action, what, name, got.Status)
				}
			}
		})
	if fields == 0 {
		t.Errorf("%s has no field to make bad", action)
	}
}

func TestBadTextInAnyFieldIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	visitor := portal.Visitor(t)
	tasks := visitor.Follow(visitor.Send(visitor.Get("/apply"), "/apply", nil))
	tasks.Want(http.StatusOK)
	profession := visitor.Get("/apply/profession").Want(http.StatusOK)
	refusesBadText(t, visitor, profession, "/apply/profession")
	var answered int
	if err := portal.Pool.QueryRow(t.Context(), `select count(*) from draft where answers <> '{}'`).Scan(&answered); err != nil || answered != 0 {
		t.Errorf("%d drafts were answered, %v, want none", answered, err)
	}
	refusesBadText(t, visitor, visitor.Get("/admin/sign-in"), "/admin/sign-in")
	refusesBadText(t, visitor, visitor.Get("/admin/forgot"), "/admin/forgot")
	servertest.SignIn(t, visitor, portal.Add(t, staff.Lead))
	refusesBadText(t, visitor, visitor.Get("/admin/staff/add"), "/admin/staff/add")
	refusesBadText(t, visitor, visitor.Get("/admin/expressions"), "/admin/expressions/search")

	// The gate stands before every step, known field or not.
	for _, step := range interest.Steps() {
		for what, value := range bad {
			got := visitor.Post("/apply/"+step.Slug, url.Values{"anything": {value}})
			if step.Slug != interest.StepResult && got.Status != http.StatusBadRequest {
				t.Errorf("%s with %s = %d, want 400", step.Slug, what, got.Status)
			}
		}
	}
}

func TestOddRequestsGetAClearAnswer(t *testing.T) {
	t.Parallel()
	visitor := servertest.New(t).Visitor(t)
	for path, want := range map[string]int{
		"/nowhere":                     http.StatusNotFound,
		"/professions/nobody":          http.StatusNotFound,
		"/professions?works=%00":       http.StatusBadRequest,
		"/search?q=%ff":                http.StatusBadRequest,
		"/professions/%1b":             http.StatusBadRequest,
		"/search?q=%25%27%22%5C%26%7C": http.StatusOK,
		"/static/../server.go":         http.StatusNotFound,
		"/static/nothing.css":          http.StatusNotFound,
		"/admin/link/used-up":          http.StatusGone,
	} {
		got := visitor.Get(path)
		if got.Status != want {
			t.Errorf("GET %s = %d, want %d", path, got.Status, want)
		}
		if want >= 400 && !strings.HasPrefix(path, "/static") && got.Text("h1") == "" {
			t.Errorf("GET %s has no heading that says what happened", path)
		}
	}
	// An error page says the number that finds it in the log.
	missing := visitor.Get("/nowhere")
	if id := missing.Header.Get("X-Request-Id"); id == "" || !strings.Contains(missing.Text("main"), id) {
		t.Errorf("the error page does not say its request %q", id)
	}
	if got := visitor.Post("/professions", url.Values{}); got.Status != http.StatusMethodNotAllowed {
		t.Errorf("POST /professions = %d, want 405", got.Status)
	}
	form := visitor.Get("/admin/sign-in")
	if got := visitor.Post("/admin/sign-in", url.Values{"email": {"a@b.uk"}}); got.Status == http.StatusOK || got.Status >= 500 {
		t.Errorf("a form without its key = %d, want it refused", got.Status)
	}
	if got := visitor.Send(form, "/admin/sign-in", url.Values{"email": {strings.Repeat("x", page.DefaultMaxBody)}}); got.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body over the limit = %d, want 413", got.Status)
	}
}

func TestEveryPageIsHardenedAndPublicPagesSetNoCookie(t *testing.T) {
	t.Parallel()
	visitor := servertest.New(t).Visitor(t)
	for _, path := range []string{"/", "/professions/podiatrists", "/search?q=x", "/nowhere", "/apply", "/admin/sign-in"} {
		got := visitor.Get(path)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if !strings.Contains(got.Header.Get(name), want) {
				t.Errorf("%s: %s = %q, want %q in it", path, name, got.Header.Get(name), want)
			}
		}
		cookie := got.Header.Get("Set-Cookie")
		inSession := path == "/apply" || path == "/admin/sign-in"
		if (cookie != "") != inSession {
			t.Errorf("%s sets the cookie %q", path, cookie)
		}
		if indexed := got.Header.Get("X-Robots-Tag") == ""; indexed == inSession {
			t.Errorf("%s: X-Robots-Tag is %q", path, got.Header.Get("X-Robots-Tag"))
		}
		if inSession && (!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || !strings.Contains(cookie, "Path=/a")) {
			t.Errorf("%s: the cookie %q is not as closed as it can be", path, cookie)
		}
	}
}

func TestAFormWhoseSessionEndedComesBackWithANewKey(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	visitor, other := portal.Visitor(t), portal.Visitor(t)
	for _, path := range []string{"/admin/sign-in", "/admin/forgot", "/apply"} {
		old := visitor.Get(path)
		// No session: as after a long pause, or with another browser.
		got := portal.Visitor(t).Send(old, path, url.Values{"email": {"a@example.nhs.uk"}})
		if got.Status != http.StatusSeeOther || got.Location != path {
			t.Errorf("POST %s after the session ended = %d to %q, want the page again", path, got.Status, got.Location)
		}
		// A session of its own, and somebody else's key: that is refused.
		other.Get(path)
		if got := other.Send(old, path, nil); got.Status != http.StatusForbidden {
			t.Errorf("POST %s with a foreign key = %d, want 403", path, got.Status)
		}
	}
}

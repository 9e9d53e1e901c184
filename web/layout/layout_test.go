package layout

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// frame is one that says all it can to the public.
func frame() Frame {
	return Frame{
		Title: "Podiatrists", Description: "What podiatrists do.", Path: "/professions/podiatrists", FacultyName: "Test AHP Faculty",
		Assets:      Assets{Stylesheet: "/static/portal.1.css", Script: "/static/portal.1.js", Icon: "/static/favicon.1.svg"},
		Breadcrumbs: []component.Link{{Text: "Home", Href: "/"}, {Text: "Professions", Href: "/professions"}},
	}
}

// page renders a frame around a paragraph.
func page(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	out := strings.Builder{}
	ctx := templ.WithChildren(context.Background(), component.Hint{Text: "content"})
	if err := c.Render(ctx, &out); err != nil {
		t.Fatalf("Render() = %v, want no error", err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(out.String()))
	if err != nil {
		t.Fatalf("parsing the page: %v", err)
	}
	return doc
}

// has fails unless the selector finds an element with the text.
func has(t *testing.T, doc *goquery.Document, selector, text string) {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() == 0 || !strings.Contains(found.Text(), text) {
		t.Errorf("%s = %q, want %q in it", selector, strings.TrimSpace(found.Text()), text)
	}
}

// lacks fails when the selector finds anything.
func lacks(t *testing.T, doc *goquery.Document, selector string) {
	t.Helper()
	if n := doc.Find(selector).Length(); n > 0 {
		t.Errorf("%s is there %d times, want none", selector, n)
	}
}

func TestPublicFrameSaysWhereThePageIs(t *testing.T) {
	t.Parallel()
	doc := page(t, Public(frame()))
	if got := doc.Find("title").Text(); got != "Podiatrists – Test AHP Faculty" {
		t.Errorf("title = %q, want the page and the faculty", got)
	}
	has(t, doc, "main#maincontent", "content")
	has(t, doc, `a.nhsuk-skip-link[href="#maincontent"]`, "Skip to main content")
	has(t, doc, `nav[aria-label="Menu"] a[aria-current="true"]`, "Professions")
	has(t, doc, `nav[aria-label="Breadcrumb"] li a[href="/professions"]`, "Professions")
	has(t, doc, `footer a[href="/accessibility"]`, "Accessibility")
	has(t, doc, `footer a[href="/admin/sign-in"]`, "Staff sign in")
	has(t, doc, `form[action="/search"][method="get"] label`, "Search this site")
	if lang, _ := doc.Find("html").Attr("lang"); lang != "en-GB" {
		t.Errorf("lang = %q, want en-GB", lang)
	}
	lacks(t, doc, `meta[name="robots"]`)
	if n := doc.Find(`nav[aria-label="Menu"] [aria-current]`).Length(); n != 1 {
		t.Errorf("%d parts of the navigation are current, want 1", n)
	}
}

func TestFramesHoldNothingInline(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]*goquery.Document{
		"public": page(t, Public(frame())), "staff": page(t, Staff(frame())), "problem": page(t, Problem(frame(), ProblemDetails{Status: 404})),
	} {
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s frame: <%s %s>, want nothing inline", name, s.Nodes[0].Data, a.Key)
				}
			}
		})
		if doc.Find("script").Text() != "" || doc.Find("style").Length() > 0 {
			t.Errorf("%s frame holds an inline script or style", name)
		}
	}
}

func TestTitleStartsWithErrorWhenThePageShowsErrors(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Errors = true
	if got := page(t, Public(f)).Find("title").Text(); !strings.HasPrefix(got, "Error: Podiatrists") {
		t.Errorf("title = %q, want it to start with Error:", got)
	}
	if got := page(t, Public(Frame{FacultyName: "Test AHP Faculty"})).Find("title").Text(); got != "Test AHP Faculty" {
		t.Errorf("title of the home page = %q, want the faculty alone", got)
	}
}

func TestBackLinkStandsInsteadOfBreadcrumbs(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Path, f.Back = "/apply/name", component.BackLink{Href: "/apply"}
	doc := page(t, Public(f))
	has(t, doc, `a.nhsuk-back-link[href="/apply"]`, "Back")
	lacks(t, doc, ".nhsuk-breadcrumb")
	has(t, doc, `nav[aria-label="Menu"] a[aria-current]`, "Return to practice")
}

func TestHeroStandsInsideMain(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Hero = component.Hero{Heading: component.Heading{Text: "Welcome"}}
	doc := page(t, Public(f))
	has(t, doc, "main .nhsuk-hero h1", "Welcome")
	has(t, doc, "main", "content")
}

func TestStaffFrameSaysWhoIsSignedInAndShowsWhatTheyMayOpen(t *testing.T) {
	t.Parallel()
	for role, want := range map[staff.Role]map[string]bool{
		staff.Viewer:   {"/admin": true},
		staff.Editor:   {"/admin": true},
		staff.Reviewer: {"/admin": true, "/admin/expressions": true},
		staff.Lead:     {"/admin": true, "/admin/expressions": true, "/admin/staff": true, "/admin/audit": true},
	} {
		f := frame()
		f.Path, f.FormKey = "/admin", "key-1"
		f.Staff = &Person{Name: "Karen Francis", Role: string(role), Email: "karen@example.nhs.uk"}
		doc := page(t, Staff(f))
		has(t, doc, `nav[aria-label="Account"]`, "Karen Francis, "+role.Name())
		has(t, doc, `form[action="/admin/sign-out"][method="post"] button`, "Sign out")
		if key, _ := doc.Find(`form[action="/admin/sign-out"] input[name="form_key"]`).Attr("value"); key != "key-1" {
			t.Errorf("form key of the sign-out form = %q, want key-1", key)
		}
		for _, path := range []string{"/admin", "/admin/expressions", "/admin/staff", "/admin/audit"} {
			shown := doc.Find(`nav[aria-label="Menu"] a[href="`+path+`"]`).Length() == 1
			if shown != want[path] {
				t.Errorf("%s sees %s = %t, want %t", role, path, shown, want[path])
			}
		}
		if doc.Find(`meta[name="robots"][content="noindex"]`).Length() != 1 {
			t.Errorf("the staff area may be indexed, want noindex")
		}
	}
}

func TestNobodySignedInSeesNoStaffNavigation(t *testing.T) {
	t.Parallel()
	doc := page(t, Staff(frame()))
	lacks(t, doc, `nav[aria-label="Menu"]`)
	lacks(t, doc, `form[action="/admin/sign-out"]`)
}

func TestProblemSaysWhatHappenedAndWhatToDo(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 418} {
		doc := page(t, Problem(frame(), ProblemDetails{Status: status, RequestID: "req-1", Wait: "5 minutes"}))
		title := doc.Find("main h1").Text()
		if title == "" || doc.Find("title").Text() != title+" – Test AHP Faculty" {
			t.Errorf("%d: h1 = %q and title = %q, want the same", status, title, doc.Find("title").Text())
		}
		has(t, doc, "main", "req-1")
		has(t, doc, `main a[href="/contact"]`, "")
		if doc.Find("main p").Length() < 3 {
			t.Errorf("%d says too little: %q", status, doc.Find("main").Text())
		}
	}
	has(t, page(t, Problem(frame(), ProblemDetails{Status: http.StatusTooManyRequests, Wait: "5 minutes"})), "main", "Try again in 5 minutes.")
	has(t, page(t, Problem(frame(), ProblemDetails{Status: http.StatusServiceUnavailable})), "main", "Try again in a few minutes.")
	f := frame()
	f.Path = "/admin/expressions/X"
	has(t, page(t, Problem(f, ProblemDetails{Status: http.StatusNotFound})), "body.app-staff main h1", "Page not found")
	has(t, page(t, Problem(f, ProblemDetails{Status: http.StatusForbidden})), "main", "ask a faculty lead")
	has(t, page(t, Problem(f, ProblemDetails{Status: http.StatusForbidden})), `main a[href="/admin"]`, "staff area")
	if text := page(t, Problem(frame(), ProblemDetails{Status: http.StatusForbidden})).Find("main").Text(); strings.Contains(text, "account") {
		t.Errorf("403 for a returner says %q, want nothing about accounts", text)
	}
}

func TestEveryPublicPageSaysHowToReachTheFacultyWithoutTheWeb(t *testing.T) {
	t.Parallel()
	f := frame()
	has(t, page(t, Public(f)), "footer", "to be set by the faculty")
	f.Reach = Reach{Phone: "01522 000000", Hours: "Monday to Friday, 9am to 4pm", Post: "1 Example Street\nLincoln"}
	doc := page(t, Public(f))
	has(t, doc, "footer", "Phone: 01522 000000 (Monday to Friday, 9am to 4pm)")
	has(t, doc, "footer", "Post: 1 Example Street Lincoln")
}

package site

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// newHandler serves the default content from a database.
func newHandler(t testing.TB, db postgres.DB) *Handler {
	t.Helper()
	if err := content.Import(t.Context(), db, pack.Files); err != nil {
		t.Fatalf("Import = %v, want no error", err)
	}
	log := slog.New(slog.DiscardHandler)
	return &Handler{
		Offers: &offer.Store{DB: db, Now: time.Now},
		Server: &page.Server{Log: log, View: func(_ *http.Request, p page.Problem) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, "<h1>"+http.StatusText(p.Status)+"</h1>")
				return err
			})
		}},
		Professions: &profession.Store{DB: db}, Faculty: &faculty.Store{DB: db},
		Strategies: &strategy.Store{DB: db}, Content: &content.Store{DB: db}, Rules: &updating.Store{DB: db}, Kept: &retention.Store{DB: db},
		BaseURL: "https://ahp.example.org", Log: log,
		Now: func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) },
	}
}

func newRouter(h *Handler) http.Handler {
	router := chi.NewRouter()
	for _, route := range h.Routes() {
		router.Method(route.Method, route.Path, h.Server.Wrap(route.Handle))
	}
	return router
}

func get(t testing.TB, router http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	router.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// mustParse gets a page that must be there.
func mustParse(t *testing.T, router http.Handler, path string) *goquery.Document {
	t.Helper()
	w := get(t, router, path)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s = %d %s, want 200", path, w.Code, w.Body)
	}
	document, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatalf("parsing %s: %v", path, err)
	}
	return document
}

func TestUnknownAndBadAddressesAreRefused(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	tests := map[string]int{
		"/professions/dentists":                              http.StatusNotFound,
		"/professions/Dietitians":                            http.StatusNotFound,
		"/careers/none":                                      http.StatusNotFound,
		"/careers/privacy":                                   http.StatusNotFound,
		"/faculty/none":                                      http.StatusNotFound,
		"/groups/none":                                       http.StatusNotFound,
		"/strategy/none":                                     http.StatusNotFound,
		"/strategy/none/research":                            http.StatusNotFound,
		"/strategy/lth-ahp-workforce-strategy/none":          http.StatusNotFound,
		"/professions?works=nothing":                         http.StatusBadRequest,
		"/professions?works=arts&works=food":                 http.StatusBadRequest,
		"/professions?works=" + strings.Repeat("x", 100):     http.StatusBadRequest,
		"/strategy/objectives?theme=none":                    http.StatusBadRequest,
		"/strategy/objectives?commitment=none":               http.StatusBadRequest,
		"/strategy/objectives?strategy=none":                 http.StatusBadRequest,
		"/strategy/objectives?theme=research&commitment=%00": http.StatusBadRequest,
	}
	for path, want := range tests {
		if got := get(t, router, path).Code; got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
}

func TestEveryPageIsWellMade(t *testing.T) {
	t.Parallel()
	h := newHandler(t, postgrestest.Tx(t))
	router := newRouter(h)
	urls, err := h.addresses(t.Context())
	if err != nil {
		t.Fatalf("addresses = %v, want no error", err)
	}
	paths := []string{"/search?q=diet", "/search?q=zzzzqqq", "/professions?works=mind", "/strategy/objectives?theme=research"}
	for _, one := range urls {
		paths = append(paths, strings.TrimPrefix(one.Location, h.BaseURL))
	}
	for _, path := range paths {
		document := mustParse(t, router, path)
		if n := document.Find("h1").Length(); n != 1 {
			t.Errorf("%s has %d titles, want 1", path, n)
		}
		checkHeadingOrder(t, path, document)
		ids := map[string]bool{}
		document.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s has two elements %q", path, id)
			}
			ids[id] = true
		})
		document.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
				if !ids[id] {
					t.Errorf("%s has a name from %q, which is not there", path, id)
				}
			}
		})
		if document.Find(`a[href^="about:invalid"], [style], [onclick]`).Length() > 0 {
			t.Errorf("%s has a refused link, a style or a handler", path)
		}
	}
}

// checkHeadingOrder looks for headings that skip a level.
func checkHeadingOrder(t *testing.T, path string, document *goquery.Document) {
	t.Helper()
	last := 0
	document.Find("main").Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, s *goquery.Selection) {
		level := int(goquery.NodeName(s)[1] - '0')
		if level > last+1 {
			t.Errorf("%s has %q of level %d after level %d", path, s.Text(), level, last)
		}
		last = level
	})
}

func TestProfessionsCanBeFiltered(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	if n := mustParse(t, router, "/professions").Find(".nhsuk-card__link").Length(); n != 14 {
		t.Errorf("/professions shows %d cards, want 14", n)
	}
	arts := mustParse(t, router, "/professions?works=arts")
	if n := arts.Find(".nhsuk-card__link").Length(); n == 0 || n == 14 {
		t.Errorf("/professions?works=arts shows %d cards, want some", n)
	}
	if arts.Find(`a[href="/professions/art-therapists"]`).Length() == 0 {
		t.Error("/professions?works=arts leaves out art therapists")
	}
}

func TestProfessionPageSaysWhatMatters(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	document := mustParse(t, router, "/professions/radiographers")
	text := document.Find("main").Text()
	for _, want := range []string{"Radiographers", "What they do", "Return to practice", "Diagnostic radiographers",
		"Therapeutic radiographers", "Health and Care Professions Council", "Lancashire Teaching Hospitals", "20 November 2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("page has no %q", want)
		}
	}
	osteopaths := mustParse(t, router, "/professions/osteopaths").Find("main").Text()
	if !strings.Contains(osteopaths, "General Osteopathic Council") || strings.Contains(osteopaths, "Register numbers start with") {
		t.Error("the osteopaths' page does not name their own regulator alone")
	}
}

func TestObjectivesCanBeFiltered(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	tests := map[string]int{
		"/strategy/objectives": 88,
		"/strategy/objectives?strategy=lth-ahp-workforce-strategy&theme=": 88,
		"/strategy/objectives?theme=research":                             7,
		"/strategy/objectives?commitment=give-ahps-the-best-start":        33,
		"/strategy/objectives?theme=research&commitment=grow-our-own":     0,
		"/strategy/objectives?strategy=lincolnshire-ahp-council-goals":    10,
	}
	for path, want := range tests {
		document := mustParse(t, router, path)
		if n := document.Find("main ol.nhsuk-list--number > li").Length(); n != want {
			t.Errorf("%s shows %d objectives, want %d", path, n, want)
		}
	}
}

func TestCouncilPageHasTenGoals(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	if n := mustParse(t, router, "/faculty/council").Find("main ol.nhsuk-list--number > li").Length(); n != 10 {
		t.Errorf("the council's page has %d goals, want 10", n)
	}
}

func TestGuideLeadsToTheForm(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	if mustParse(t, router, "/return-to-practice").Find(`a.nhsuk-button[href="/apply"]`).Length() == 0 {
		t.Error("the guide has no way into the form")
	}
}

func TestWhatTheFacultyMustSetIsMarked(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	for _, path := range []string{"/contact", "/privacy", "/return-to-practice"} {
		if !strings.Contains(mustParse(t, router, path).Find("main").Text(), "To be set by the faculty") {
			t.Errorf("%s does not say what the faculty has still to set", path)
		}
	}
}

func TestSearchPageFindsAndIsNotKept(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	w := get(t, router, "/search?q=chiropodist")
	if !strings.Contains(w.Body.String(), `href="/professions/podiatrists"`) {
		t.Error("Chiropodist does not find podiatrists")
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control = %q, want no-store", got)
	}
	for _, path := range []string{"/search", "/search?q=", "/search?q=zzzzqqq", "/search?q=%3Cscript%3E", "/search?q=%ff%00'", "/search?q=" + strings.Repeat("a+", 3000)} {
		w := get(t, router, path)
		if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("GET %.40s = %d, want 200 with nothing that runs", path, w.Code)
		}
	}
}

func TestMachinesAreAnswered(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	tests := map[string]string{
		"/robots.txt":               "Sitemap: https://ahp.example.org/sitemap.xml",
		"/sitemap.xml":              "<loc>https://ahp.example.org/professions/dietitians</loc>",
		"/.well-known/security.txt": "Expires: 2027-05-19T00:00:00Z",
	}
	for path, want := range tests {
		w := get(t, router, path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("GET %s = %d %s, want %s in it", path, w.Code, w.Body, want)
		}
	}
}

func TestAFigureIsChangedOnceForEveryPage(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	h := newHandler(t, tx)
	router := newRouter(h)
	pages := []string{"/return-to-practice", "/professions/dietitians", "/professions/radiographers"}
	for _, path := range pages {
		if text := mustParse(t, router, path).Find("main").Text(); !strings.Contains(text, "30 days") || strings.Contains(text, "{") {
			t.Errorf("%s says %q, want the days and no placeholder", path, text)
		}
	}
	if _, err := tx.Exec(t.Context(), `update rule_figure_value set value = 45 where figure_slug = 'short-days'`); err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		if text := mustParse(t, router, path).Find("main").Text(); !strings.Contains(text, "45 days") || strings.Contains(text, "30 days") {
			t.Errorf("%s says %q, want the new days and not the old", path, text)
		}
	}
	guide := mustParse(t, router, "/return-to-practice").Find("main").Text()
	for _, derived := range []string{"315 hours", "22 of 45 days", "20 November 2026"} {
		if !strings.Contains(guide, derived) {
			t.Errorf("the guide does not say %q", derived)
		}
	}
}

func TestAFigureComesIntoForceOnItsDayThoughPagesAreKept(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	h := newHandler(t, tx)
	router := newRouter(h)
	h.shelf.hear(true)
	if _, err := tx.Exec(t.Context(), `insert into rule_figure_value (figure_slug, applies_from, value, source_slug, checked)
		values ('short-days', '2026-11-21', 45, 'hcpc-updating', '2026-11-20')`); err != nil {
		t.Fatal(err)
	}
	says := func(days string) bool {
		return strings.Contains(mustParse(t, router, "/professions/dietitians").Find("main").Text(), days)
	}
	if !says("30 days") {
		t.Error("the page does not say 30 days on the day before")
	}
	h.Now = func() time.Time { return time.Date(2026, 11, 21, 0, 0, 1, 0, time.UTC) }
	if !says("45 days") {
		t.Error("the page does not say 45 days on the day itself")
	}
}

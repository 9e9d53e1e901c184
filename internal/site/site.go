// Package site answers for the public pages: what anybody may read, without a
// session or a cookie.
package site

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"golang.org/x/sync/singleflight"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/siteview"
)

// makingTime is how long a page may take to be made.
const makingTime = 5 * time.Second

// longestFilter is how many characters a filter's value may have: none that we
// offer is longer.
const longestFilter = 64

// Handler answers for the public pages.
type Handler struct {
	Server      *page.Server
	Professions *profession.Store
	Faculty     *faculty.Store
	Strategies  *strategy.Store
	Content     *content.Store
	Rules       *updating.Store
	Kept        *retention.Store
	Enquiries   *enquiry.Store
	Offers      *offer.Store
	Frame       func(r *http.Request) layout.Frame // of a page that must work while the database is away
	Assets      layout.Assets
	BaseURL     string                                       // without a slash at the end
	Now         func() time.Time                             // for the day whose rules are in force
	Listen      func(ctx context.Context, h content.Hearing) // hears of changes of content, for Watch
	Log         *slog.Logger

	shelf  shelf
	making singleflight.Group
}

// Routes is the table of the public pages.
func (h *Handler) Routes() []page.Route {
	route := func(path string, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodGet, Path: path, Who: page.Public, Handle: handle}
	}
	return append(append(h.enquiryRoutes(), h.offerRoutes()...), []page.Route{
		route(siteview.HomePath, h.keep(h.home)),
		route(siteview.ProfessionsPath, h.keep(h.professions, "works")),
		route(siteview.ProfessionPath, h.keep(h.profession)),
		route(siteview.CareersPath, h.keep(h.careers)),
		route(siteview.CareerPath, h.keep(h.career)),
		route(siteview.FacultyPath, h.keep(h.faculty)),
		route(siteview.FacultyPagePath, h.keep(h.facultyPage)),
		route(siteview.GroupsPath, h.keep(h.groups)),
		route(siteview.GroupPath, h.keep(h.group)),
		route(siteview.StrategiesPath, h.keep(h.strategies)),
		route(siteview.ObjectivesPath, h.keep(h.objectives, "strategy", "theme", "commitment")),
		route(siteview.StrategyPath, h.keep(h.strategy)),
		route(siteview.ThemePath, h.keep(h.theme)),
		route(siteview.ReturnToPracticePath, h.keep(h.returnToPractice)),
		route(siteview.DaysPath, h.days),
		{Method: http.MethodPost, Path: siteview.DaysPath, Who: page.Public, Handle: h.daysAnswer},
		route(siteview.SearchPath, h.search),
		route(siteview.ContactPath, h.keep(h.contact)),
		route(siteview.AccessibilityPath, h.keep(h.accessibility)),
		route(siteview.PrivacyPath, h.keep(h.privacy)),
		route(siteview.CookiesPath, h.keep(h.general("cookies"))),
		route(siteview.RobotsPath, h.robots),
		route(siteview.SitemapPath, h.keepAs("application/xml; charset=utf-8", h.sitemap)),
		route(siteview.SecurityPath, h.security),
	}...)
}

// Watch hears of changes of content until the context ends. Pages are kept in
// memory only while it does.
func (h *Handler) Watch(ctx context.Context) {
	defer h.shelf.hear(false)
	h.Listen(ctx, content.Hearing{
		Started: func() { h.shelf.hear(true) },
		Changed: h.shelf.clear,
		Lost: func(err error) {
			h.shelf.hear(false)
			h.Log.LogAttrs(ctx, slog.LevelWarn, "not hearing of changes of content", slog.String("error", err.Error()))
		},
	})
}

// ask is all that a kept page may depend on.
type ask struct {
	path      string
	strategy  string // from the path, "" where it has none
	theme     string
	slug      string
	query     url.Values
	parameter []string      // the names of the query that count
	on        updating.Date // the day whose rules are in force
}

// filter gives a query's value, "" where there is none.
func (a ask) filter(name string) string { return a.query.Get(name) }

// maker makes a page from what was asked for.
type maker func(ctx context.Context, a ask) (templ.Component, error)

// keep makes a page once for each path and each value of the filters, and
// sends it from memory afterwards. Other parts of a query do not count.
func (h *Handler) keep(make maker, filters ...string) page.Handler {
	return h.keepAs("text/html; charset=utf-8", make, filters...)
}

// keepAs keeps what is not a page of HTML.
func (h *Handler) keepAs(contentType string, make maker, filters ...string) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a := ask{
			path: r.URL.Path, slug: chi.URLParam(r, "slug"), parameter: filters, query: r.URL.Query(),
			strategy: chi.URLParam(r, "strategy"), theme: chi.URLParam(r, "theme"), on: interest.DayOf(h.Now()),
		}
		if err := a.check(); err != nil {
			return err
		}
		// Of a day: a new figure comes into force at midnight.
		name := a.on.String() + key(a.path, a.query, filters)
		answer, edition := h.shelf.get(name)
		if answer == nil {
			var err error
			if answer, err = h.make(recipe{name, contentType, edition, make}, a); err != nil {
				return err
			}
		}
		answer.send(w, r)
		return nil
	}
}

// check refuses filters that no page of ours sends.
func (a ask) check() error {
	for _, name := range a.parameter {
		values := a.query[name]
		if len(values) > 1 || len(values) == 1 && len(values[0]) > longestFilter {
			return fmt.Errorf("filter %s: %w", name, fault.Invalid)
		}
	}
	return nil
}

// recipe is how an answer that is not kept yet is made.
type recipe struct {
	name        string // its key on the shelf
	contentType string
	edition     uint64
	make        maker
}

// make makes an answer; requests for the same one wait for the first.
func (h *Handler) make(how recipe, a ask) (*kept, error) {
	made, err, _ := h.making.Do(fmt.Sprint(how.edition, how.name), func() (any, error) {
		// What is kept is for everybody: it must see nothing of this request,
		// nor end with it.
		ctx, cancel := context.WithTimeout(context.Background(), makingTime)
		defer cancel()
		view, err := how.make(ctx, a)
		if err != nil {
			return nil, err
		}
		var body bytes.Buffer
		if err := view.Render(ctx, &body); err != nil {
			return nil, fmt.Errorf("rendering %s: %w", a.path, err)
		}
		answer, err := newKept(how.contentType, body.Bytes())
		if err != nil {
			return nil, err
		}
		h.shelf.put(how.name, answer, how.edition)
		return answer, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*kept), nil
}

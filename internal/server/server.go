// Package server puts the portal together: what is in front of every request,
// the tables of routes behind it, health, and a graceful stop.
package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/admin"
	"ahpfaculty/internal/apply"
	"ahpfaculty/internal/config"
	"ahpfaculty/internal/content"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/provider"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/site"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/layout"
)

// formLife is how long the form's sessions live: as long as a draft.
const formLife = 28 * 24 * time.Hour

// Deps is what a server is made of.
type Deps struct {
	Config config.Config
	Log    *slog.Logger
	Pool   *pgxpool.Pool // the requests' pool
	// Exports is the pool that exports read from, as long as whoever reads them
	// takes; nil: the requests' pool.
	Exports *pgxpool.Pool
	Outbox  mail.Outbox
	Assets  *web.Assets
	Now     func() time.Time
	// Trusting takes everybody who sends the returner's form for a person: tests
	// are as fast as programs.
	Trusting bool
}

// Server answers every request of the portal.
type Server struct {
	deps        Deps
	pages       *page.Server
	site        *site.Handler
	guardStaff  *page.Guard
	faculty     *faculty.Store
	lastDetails atomic.Pointer[faculty.Details]
	assets      layout.Assets
	origins     *http.CrossOriginProtection
	formForms   *page.FormKeys   // of the return to practice form
	staffForms  *page.FormKeys   // of the staff area
	publicForms *page.PublicKeys // of public pages
	metrics     *metrics
	routes      []page.Route
	handler     http.Handler
	stopping    atomic.Bool
}

// New makes a server; it starts nothing and asks the database nothing.
func New(deps Deps) (*Server, error) {
	s := &Server{
		deps:    deps,
		faculty: &faculty.Store{DB: deps.Pool},
		assets: layout.Assets{
			Stylesheet: deps.Assets.URL("portal.css"), Script: deps.Assets.URL("portal.js"), Icon: deps.Assets.URL("favicon.svg"),
		},
		origins: http.NewCrossOriginProtection(),
		metrics: newMetrics(),
	}
	if err := s.origins.AddTrustedOrigin(deps.Config.BaseURL); err != nil {
		return nil, fmt.Errorf("trusting our own origin: %w", err)
	}
	s.pages = &page.Server{Log: deps.Log, View: s.problem}
	store := staff.SessionStore{DB: deps.Pool, Now: deps.Now}
	formSessions := s.newSessions(store, "portal_form", "/apply", formLife)
	staffSessions := s.newSessions(store, "portal_staff", "/admin", staff.SessionLife)
	staffSessions.IdleTimeout = staff.SessionIdle
	staffSessions.Cookie.Persist = false
	s.formForms = &page.FormKeys{Sessions: formSessions, Secrets: deps.Config.Secrets}
	s.staffForms = &page.FormKeys{Sessions: staffSessions, Secrets: deps.Config.Secrets}
	ways := staff.Ways{Issuer: deps.Config.OIDC.Issuer, LocalOff: deps.Config.LocalSignInOff}
	accounts := &staff.Store{DB: deps.Pool, Outbox: deps.Outbox, Secrets: deps.Config.Secrets, Ways: ways, Now: deps.Now}
	s.guardStaff = &page.Guard{Staff: accounts, Keys: s.staffForms, Now: deps.Now}
	s.publicForms = &page.PublicKeys{Secrets: deps.Config.Secrets, Now: deps.Now}

	s.site = &site.Handler{
		Server:      s.pages,
		Professions: &profession.Store{DB: deps.Pool},
		Faculty:     s.faculty,
		Strategies:  &strategy.Store{DB: deps.Pool},
		Content:     &content.Store{DB: deps.Pool},
		Rules:       &updating.Store{DB: deps.Pool},
		Kept:        &retention.Store{DB: deps.Pool, Now: deps.Now},
		Enquiries:   &enquiry.Store{DB: deps.Pool, Outbox: deps.Outbox, Now: deps.Now, Random: rand.Reader},
		Offers:      &offer.Store{DB: deps.Pool, Outbox: deps.Outbox, Now: deps.Now, Random: rand.Reader},
		Frame:       s.frame,
		Assets:      s.assets,
		BaseURL:     deps.Config.BaseURL,
		Now:         deps.Now,
		Listen: func(ctx context.Context, h content.Hearing) {
			content.Listen(ctx, deps.Pool.Config().ConnConfig, h)
		},
		Log: deps.Log,
	}
	s.routes = append(s.machineRoutes(), s.site.Routes()...)
	form := apply.New(apply.Deps{Pool: deps.Pool, Outbox: deps.Outbox, Pages: s.pages, Frame: s.frame, Sessions: formSessions, Live: deps.Config.Live(), Trusting: deps.Trusting, Now: deps.Now})
	// What was typed must not be lost because the session could not be read.
	formSessions.ErrorFunc = form.Unavailable
	s.routes = append(s.routes, form.Routes()...)
	s.routes = append(s.routes, admin.New(admin.Deps{Pool: deps.Pool, Exports: cmp.Or(deps.Exports, deps.Pool), Pages: s.pages, Frame: s.frame, Sessions: staffSessions, BaseURL: deps.Config.BaseURL, Secrets: deps.Config.Secrets, Provider: newProvider(deps), Ways: ways, Now: deps.Now}).Routes()...)
	if !deps.Config.Live() {
		s.routes = append(s.routes, s.devRoutes()...)
	}
	s.handler = s.router()
	return s, nil
}

// newProvider is the client of single sign-on; nil where there is none.
func newProvider(deps Deps) *provider.Client {
	if !deps.Config.OIDC.On() {
		return nil
	}
	return provider.New(deps.Config.OIDC, deps.Config.BaseURL+adminview.ProviderReturnURL(), deps.Now)
}

// Routes is the table of every route, for tests and people.
func (s *Server) Routes() []page.Route { return s.routes }

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Watch keeps what is held in memory true to the database until the context ends.
func (s *Server) Watch(ctx context.Context) { s.site.Watch(ctx) }

// router mounts everything, in the order that a request meets it.
func (s *Server) router() http.Handler {
	router := chi.NewRouter()
	router.Use(s.identify, s.record, s.harden, s.recoverPanics, s.atBaseURL, s.gate)
	router.NotFound(s.status(http.StatusNotFound))
	router.MethodNotAllowed(s.status(http.StatusMethodNotAllowed))
	s.mount(router, s.routes)
	return router
}

// status answers with the error page of a status.
func (s *Server) status(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.pages.Problem(w, r, page.Problem{Status: status, RequestID: page.RequestID(r.Context())})
	}
}

// problem is the error page, in the frame of the part of the portal it is in.
func (s *Server) problem(r *http.Request, p page.Problem) templ.Component {
	return layout.Problem(s.frame(r), layout.ProblemDetails{Status: p.Status, RequestID: p.RequestID, Wait: p.Wait})
}

// frame is what every page's frame needs to know of the request.
func (s *Server) frame(r *http.Request) layout.Frame {
	f := s.facultyDetails(r.Context())
	frame := layout.Frame{Path: r.URL.Path, FacultyName: f.Name, Reach: layout.ReachOf(f), Assets: s.assets}
	if account, ok := page.Viewer(r.Context()); ok {
		frame.Staff = &layout.Person{Name: account.Name, Role: string(account.Role), Email: account.Email}
		frame.FormKey = page.FormKey(r.Context())
	}
	return frame
}

// nameless stands where the faculty's name has never been read.
const nameless = "AHP Faculty portal"

// facultyDetails are what the faculty says about itself; while the database is
// away, what was read last, so that error pages have its name too.
func (s *Server) facultyDetails(ctx context.Context) faculty.Details {
	details, err := s.faculty.Details(ctx)
	if err == nil {
		s.lastDetails.Store(&details)
		return details
	}
	if last := s.lastDetails.Load(); last != nil {
		return *last
	}
	return faculty.Details{Name: nameless}
}

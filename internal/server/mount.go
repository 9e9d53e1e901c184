package server

import (
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
)

// mount adds the routes of the table, each behind the checks that its row asks
// for: form, cross-origin, session, who is signed in, role, form key.
func (s *Server) mount(router chi.Router, routes []page.Route) {
	for _, route := range routes {
		handler := s.guard(route)
		router.Method(route.Method, route.Path, handler)
		if route.Method == http.MethodGet {
			router.Method(http.MethodHead, route.Path, handler)
		}
	}
}

// guard builds one route's chain; the first check is outermost.
func (s *Server) guard(route page.Route) http.Handler {
	inner := s.pages.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		r, done, err := s.admit(w, r, route)
		if err == nil && !done {
			err = route.Handle(w, r)
		}
		return s.guardStaff.Refused(r, route, err)
	})
	if keys := s.formKeys(route); keys != nil {
		inner = notIndexed(page.Attended(keys.Sessions.LoadAndSave(inner)))
	}
	if route.Method != http.MethodPost {
		return inner
	}
	return s.pages.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		if route.File != "" {
			// It is read when the guard knows who sends it.
			slow, end := page.Unhastened(r)
			defer end()
			r = slow
		} else if err := page.ReadForm(w, r, route); err != nil {
			return err
		}
		if err := s.origins.Check(r); err != nil {
			return fmt.Errorf("form from another site: %w", fault.Forbidden)
		}
		inner.ServeHTTP(w, r)
		return nil
	})
}

// notIndexed keeps pages that are one person's out of search engines.
func notIndexed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noindex")
		next.ServeHTTP(w, r)
	})
}

// formKeys are those of the route's session; nil for a route without one.
func (s *Server) formKeys(route page.Route) *page.FormKeys {
	switch {
	case route.Who.UsesFormSession():
		return s.formForms
	case route.Who.UsesStaffSession():
		return s.staffForms
	default:
		return nil
	}
}

// admit gives the request its form keys and its viewer, and checks both the
// route's row and a POST's key. It reports done when it has answered by
// sending the person to sign in, or back to a form whose session has ended.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, route page.Route) (admitted *http.Request, done bool, err error) {
	r = r.WithContext(page.WithPublicKeys(r.Context(), s.publicForms))
	if route.Who.UsesStaffSession() {
		return s.guardStaff.Admit(w, r, route)
	}
	keys := s.formKeys(route)
	if keys != nil {
		r = r.WithContext(page.WithFormKeys(r.Context(), keys))
	}
	if route.Who.UsesPublicKeys() {
		r, err = s.checkPublicKey(r)
		return r, false, err
	}
	return page.CheckKey(w, r, keys, route)
}

// checkPublicKey checks the key of a form that stands on a page without a
// session.
func (s *Server) checkPublicKey(r *http.Request) (*http.Request, error) {
	if r.Method != http.MethodPost {
		return r, nil
	}
	ctx, err := s.publicForms.Check(r)
	if err != nil {
		return r, err
	}
	return r.WithContext(ctx), nil
}

// newSessions makes one of the two session managers: the form's and the staff
// area's cookies never travel to each other's pages.
func (s *Server) newSessions(store scs.CtxStore, name, path string, life time.Duration) *scs.SessionManager {
	sessions := scs.New()
	sessions.Store = store
	sessions.Lifetime = life
	sessions.Cookie.Name = name
	sessions.Cookie.Path = path
	sessions.Cookie.HttpOnly = true
	sessions.Cookie.SameSite = http.SameSiteLaxMode
	sessions.Cookie.Secure = s.secure()
	sessions.ErrorFunc = s.pages.Fail
	return sessions
}

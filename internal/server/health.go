package server

import (
	"context"
	"io"
	"net/http"
	"time"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/postgres"
)

// readyTime is how long the database may take to answer a readiness probe.
const readyTime = 2 * time.Second

// machineRoutes are what programs ask for: probes, and the files of the pages.
func (s *Server) machineRoutes() []page.Route {
	get := func(path string, handle http.HandlerFunc) page.Route {
		return page.Route{Method: http.MethodGet, Path: path, Who: page.Public, Handle: func(w http.ResponseWriter, r *http.Request) error {
			handle(w, r)
			return nil
		}}
	}
	return []page.Route{get("/healthz", s.healthz), get("/readyz", s.readyz), get("/static/*", s.deps.Assets.ServeHTTP)}
}

// healthz says that the process answers; it asks nothing else.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok\n")
}

// readyz says whether requests would be served: the database answers, its
// schema is this program's, and the portal is not stopping.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	pending, err := postgres.Pending(ctx, s.deps.Pool)
	switch {
	case s.stopping.Load():
		plain(w, http.StatusServiceUnavailable, "stopping\n")
	case err != nil:
		plain(w, http.StatusServiceUnavailable, "database does not answer\n")
	case pending:
		plain(w, http.StatusServiceUnavailable, "migrations are pending\n")
	default:
		plain(w, http.StatusOK, "ready\n")
	}
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

package site

import (
	"context"
	"net/http"
	"testing"
	"time"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/postgres/postgrestest"
)

// waitUntil waits for something that another goroutine brings about.
func waitUntil(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not happen", what)
		}
	}
}

func (s *shelf) hears() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.hearing
}

func (s *shelf) count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.pages)
}

func TestKeptPagesGoWhenContentChanges(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	h := newHandler(t, pool)
	h.Listen = func(ctx context.Context, hearing content.Hearing) {
		content.Listen(ctx, pool.Config().ConnConfig, hearing)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); h.Watch(ctx) }()
	waitUntil(t, "hearing of changes", h.shelf.hears)
	router := newRouter(h)
	if w := get(t, router, "/professions/dietitians"); w.Code != http.StatusOK {
		t.Fatalf("GET = %d, want 200", w.Code)
	}
	if n := h.shelf.count(); n != 1 {
		t.Fatalf("kept %d pages, want 1", n)
	}
	get(t, router, "/professions/dentists")
	if n := h.shelf.count(); n != 1 {
		t.Errorf("kept %d pages after one that is not there, want 1", n)
	}
	if err := content.Import(t.Context(), pool, pack.Files); err != nil {
		t.Fatalf("Import = %v, want no error", err)
	}
	waitUntil(t, "forgetting the page", func() bool { return h.shelf.count() == 0 })
	get(t, router, "/professions/dietitians")
	if _, err := pool.Exec(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity
		where query = 'listen content_changed' and datname = current_database()`); err != nil {
		t.Fatalf("ending the listener's connection: %v", err)
	}
	waitUntil(t, "forgetting the page with the connection", func() bool { return h.shelf.count() == 0 })
	waitUntil(t, "hearing again", h.shelf.hears)
	stop()
	<-done
	if h.shelf.hears() {
		t.Error("hears after the end, want not")
	}
}

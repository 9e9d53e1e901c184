package staff_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

// scs must take the store's methods with a context, or it would ignore the request's.
var _ scs.CtxStore = staff.SessionStore{}

func TestSessionLivesUntilItsEnd(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := staff.SessionStore{DB: postgrestest.NewDatabase(t), Now: c.Now}
	wantSession(t, s, "token", "")
	for _, data := range []string{"one", "two"} {
		if err := s.CommitCtx(t.Context(), "token", []byte(data), c.Now().Add(time.Hour)); err != nil {
			t.Fatalf("CommitCtx: %v", err)
		}
		wantSession(t, s, "token", data)
	}
	wantSession(t, s, "other", "")
	c.Pass(time.Hour)
	wantSession(t, s, "token", "")
	if err := s.CommitCtx(t.Context(), "token", []byte("late"), c.Now().Add(time.Hour)); err != nil {
		t.Fatalf("CommitCtx: %v", err)
	}
	wantSession(t, s, "token", "")
}

func TestEndedSessionNeverComesBack(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := staff.SessionStore{DB: postgrestest.NewDatabase(t), Now: c.Now}
	for _, token := range []string{"kept", "never kept"} {
		if token == "kept" {
			if err := s.CommitCtx(t.Context(), token, []byte("data"), c.Now().Add(time.Hour)); err != nil {
				t.Fatalf("CommitCtx: %v", err)
			}
		}
		for range 2 {
			if err := s.DeleteCtx(t.Context(), token); err != nil {
				t.Fatalf("DeleteCtx(%s): %v", token, err)
			}
		}
		if err := s.CommitCtx(t.Context(), token, []byte("in flight"), c.Now().Add(time.Hour)); err != nil {
			t.Fatalf("CommitCtx(%s) after its end = %v, want nil", token, err)
		}
		wantSession(t, s, token, "")
	}
}

func TestTokensAndEndedDataAreNotKept(t *testing.T) {
	t.Parallel()
	c := newClock()
	pool := postgrestest.NewDatabase(t)
	s := staff.SessionStore{DB: pool, Now: c.Now}
	if err := s.CommitCtx(t.Context(), "token", []byte("data"), c.Now().Add(time.Hour)); err != nil {
		t.Fatalf("CommitCtx: %v", err)
	}
	if err := s.DeleteCtx(t.Context(), "token"); err != nil {
		t.Fatalf("DeleteCtx: %v", err)
	}
	var plain, held int
	err := pool.QueryRow(t.Context(), `
		select count(*) filter (where token_hash = 'token'::bytea), count(*) filter (where data <> '') from session`).Scan(&plain, &held)
	if err != nil || plain != 0 || held != 0 {
		t.Errorf("plain tokens = %d, ended sessions with data = %d, %v, want none", plain, held, err)
	}
}

func TestSignOutHoldsAgainstARequestInFlight(t *testing.T) {
	t.Parallel()
	store := staff.SessionStore{DB: postgrestest.NewDatabase(t), Now: time.Now}
	sessions := scs.New()
	sessions.Store, sessions.IdleTimeout = store, 15*time.Minute
	loaded, signedOut := make(chan struct{}), make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) { sessions.Put(r.Context(), "account", "sam") })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		sessions.Put(r.Context(), "seen", true)
		close(loaded)
		<-signedOut
	})
	mux.HandleFunc("/out", func(w http.ResponseWriter, r *http.Request) {
		if err := sessions.Destroy(r.Context()); err != nil {
			t.Errorf("Destroy: %v", err)
		}
	})
	mux.HandleFunc("/who", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(sessions.GetString(r.Context(), "account")))
	})
	handler := sessions.LoadAndSave(mux)
	get := func(path string, cookies []*http.Cookie) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		for _, cookie := range cookies {
			r.AddCookie(cookie)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	cookies := get("/in", nil).Result().Cookies()
	if got := get("/who", cookies).Body.String(); got != "sam" {
		t.Fatalf("signed in as %q, want sam", got)
	}
	done := make(chan struct{})
	go func() { get("/slow", cookies); close(done) }()
	<-loaded
	get("/out", cookies)
	close(signedOut)
	<-done
	if got := get("/who", cookies).Body.String(); got != "" {
		t.Errorf("after signing out with a request in flight, signed in as %q, want nobody", got)
	}
}

func TestSessionStoreStopsWithItsContext(t *testing.T) {
	t.Parallel()
	s := staff.SessionStore{DB: postgrestest.NewDatabase(t), Now: time.Now}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.FindCtx(ctx, "token"); err == nil {
		t.Error("FindCtx of a request that ended = nil, want its error")
	}
	if err := s.CommitCtx(ctx, "token", nil, time.Now()); err == nil {
		t.Error("CommitCtx of a request that ended = nil, want its error")
	}
}

func TestPurgeRemovesWhatIsPastItsTime(t *testing.T) {
	t.Parallel()
	c := newClock()
	pool := postgrestest.NewDatabase(t)
	sessions, s := staff.SessionStore{DB: pool, Now: c.Now}, newStore(pool, c)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	mustKnow(t, s, staff.By{}, account)
	if _, err := s.KeepSearch(t.Context(), account.ID, "Okafor"); err != nil {
		t.Fatalf("KeepSearch: %v", err)
	}
	if err := sessions.CommitCtx(t.Context(), "old", []byte("x"), c.Now().Add(time.Hour)); err != nil {
		t.Fatalf("CommitCtx: %v", err)
	}
	if removed := mustPurge(t, s, c.Now().Add(-time.Hour)); removed != [4]int64{} {
		t.Errorf("purging fresh rows = %v, want none", removed)
	}
	c.Pass(100 * 24 * time.Hour)
	if err := sessions.CommitCtx(t.Context(), "new", []byte("x"), c.Now().Add(time.Hour)); err != nil {
		t.Fatalf("CommitCtx: %v", err)
	}
	// The old session, the used link, the known device and the search.
	if removed := mustPurge(t, s, c.Now().Add(-time.Hour)); removed != [4]int64{1, 1, 1, 1} {
		t.Errorf("purging = %v, want 1 of each", removed)
	}
	wantSession(t, sessions, "new", "x")
}

// mustPurge deletes the sessions, links, devices and searches of before a time.
func mustPurge(t *testing.T, s *staff.Store, before time.Time) (removed [4]int64) {
	t.Helper()
	for i, purge := range []func(context.Context, time.Time) (int64, error){
		s.PurgeSessions, s.PurgeLinks, s.PurgeDevices, s.PurgeSearches,
	} {
		n, err := purge(t.Context(), before)
		if err != nil {
			t.Fatalf("purging: %v", err)
		}
		removed[i] = n
	}
	return removed
}

func wantSession(t *testing.T, s staff.SessionStore, token, want string) {
	t.Helper()
	data, found, err := s.FindCtx(t.Context(), token)
	if err != nil || string(data) != want || found != (want != "") {
		t.Errorf("FindCtx(%s) = %q, %v, %v, want %q", token, data, found, err, want)
	}
}

package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

// races is how often somebody signs out while their other requests are under way.
const races = 1000

// TestASignedOutSessionNeverWorksAgain races a sign-out with requests of the
// same session that are under way, and asks afterwards whether the cookie still
// lets anybody in.
func TestASignedOutSessionNeverWorksAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a thousand races take half a minute")
	}
	portal := servertest.New(t)
	in := newEntrance(t, portal)
	var workers sync.WaitGroup
	next := make(chan struct{}, races)
	for range races {
		next <- struct{}{}
	}
	close(next)
	for range 8 {
		workers.Go(func() {
			for range next {
				race(t, portal, in)
			}
		})
	}
	workers.Wait()
}

// race has one session sign out between two of its own requests.
func race(t *testing.T, portal *servertest.Portal, in *entrance) {
	cookie, key := in.session(t)
	start := make(chan struct{})
	var under sync.WaitGroup
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodGet} {
		under.Go(func() {
			<-start
			path := "/admin/account"
			if method == http.MethodPost {
				path = "/admin/sign-out"
			}
			if got := request(portal, method, path, cookie, key); got.Code >= 400 {
				t.Errorf("%s %s while signing out = %d", method, path, got.Code)
			}
		})
	}
	close(start)
	under.Wait()
	if got := request(portal, http.MethodGet, "/admin/account", cookie, key); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/admin/sign-in" {
		t.Errorf("after signing out = %d to %q, want the sign-in page", got.Code, got.Header().Get("Location"))
	}
}

func request(portal *servertest.Portal, method, path string, cookie *http.Cookie, key string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, servertest.BaseURL+path, strings.NewReader(url.Values{page.FormKeyField: {key}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(cookie)
	w := httptest.NewRecorder()
	portal.ServeHTTP(w, r)
	return w
}

// entrance makes sessions that are signed in, by one passkey: a thousand
// passwords would take minutes.
type entrance struct {
	mu       sync.Mutex
	store    *staff.Store
	sessions *scs.SessionManager
	keys     *page.FormKeys
	key      *stafftest.Key
}

func newEntrance(t *testing.T, portal *servertest.Portal) *entrance {
	t.Helper()
	account := portal.Add(t, staff.Viewer)
	by := staff.By{Address: netip.MustParseAddr("127.0.0.1")}
	begun, err := portal.Staff.SignIn(t.Context(), by, account.Email, servertest.Password)
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	proved, err := portal.Staff.UseCode(t.Context(), by, begun, stafftest.Code(t, account.ID))
	if err != nil {
		t.Fatalf("UseCode: %v", err)
	}
	key := stafftest.NewKey(t, servertest.BaseURL)
	question, err := portal.Staff.OfferPasskey(t.Context(), proved)
	if err != nil {
		t.Fatalf("OfferPasskey: %v", err)
	}
	if _, _, err := portal.Staff.AddPasskey(t.Context(), by, proved, question.State, key.Make(t, question.Options)); err != nil {
		t.Fatalf("AddPasskey: %v", err)
	}
	sessions := scs.New()
	sessions.Store = staff.SessionStore{DB: portal.Pool, Now: time.Now}
	return &entrance{store: portal.Staff, sessions: sessions, key: key, keys: &page.FormKeys{Sessions: sessions, Secrets: portal.Staff.Secrets}}
}

// session is the cookie of a new session, and the key of its forms.
func (e *entrance) session(t *testing.T) (*http.Cookie, string) {
	e.mu.Lock() // a key signs one after the other
	defer e.mu.Unlock()
	question, err := e.store.AskPasskey()
	if err != nil {
		t.Fatalf("AskPasskey: %v", err)
	}
	in, err := e.store.SignInByPasskey(t.Context(), staff.By{Address: netip.MustParseAddr("127.0.0.1")}, question.State, e.key.Use(t, question.Options))
	if err != nil {
		t.Fatalf("SignInByPasskey: %v", err)
	}
	ctx, err := e.sessions.Load(context.Background(), "")
	if err == nil {
		err = page.SignIn(ctx, e.sessions, in)
	}
	if err != nil {
		t.Fatalf("signing in: %v", err)
	}
	key := page.FormKey(page.WithFormKeys(ctx, e.keys))
	token, _, err := e.sessions.Commit(ctx)
	if err != nil {
		t.Fatalf("keeping the session: %v", err)
	}
	return &http.Cookie{Name: "portal_staff", Value: token}, key
}

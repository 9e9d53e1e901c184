package staff_test

import (
	"net/netip"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const password = "tall-otter-91-canal"

var (
	home      = netip.MustParseAddr("192.0.2.10")
	elsewhere = netip.MustParseAddr("198.51.100.7")
)

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newStore(db postgres.DB, c *clock) *staff.Store {
	return &staff.Store{DB: db, Outbox: mail.NewOutbox(), Now: c.Now}
}

func mustAdd(t *testing.T, s *staff.Store, email string, role staff.Role) staff.Account {
	t.Helper()
	account, err := s.Add(t.Context(), staff.By{}, staff.NewAccount{Email: email, Name: "Sam Rivers", Role: role})
	if err != nil {
		t.Fatalf("Add(%s) = %v", email, err)
	}
	return account
}

// mustJoin adds an account and sets its password by a link, from home.
func mustJoin(t *testing.T, s *staff.Store, email string, role staff.Role) staff.Account {
	t.Helper()
	token, _, err := s.NewLink(t.Context(), staff.By{}, mustAdd(t, s, email, role).ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	account, err := s.UseLink(t.Context(), staff.By{Address: home}, token, staff.Credentials{Password: password})
	if err != nil {
		t.Fatalf("UseLink: %v", err)
	}
	return account
}

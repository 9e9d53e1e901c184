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
	"ahpfaculty/internal/staff/stafftest"
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
	return &staff.Store{DB: db, Outbox: mail.NewOutbox(), Secrets: stafftest.Secrets(), Party: staff.NewRelyingParty(origin), Now: c.Now}
}

func mustAdd(t *testing.T, s *staff.Store, email string, role staff.Role) staff.Account {
	t.Helper()
	account, err := s.Add(t.Context(), staff.By{}, staff.NewAccount{Email: email, Name: "Sam Rivers", Role: role})
	if err != nil {
		t.Fatalf("Add(%s) = %v", email, err)
	}
	return account
}

// mustJoin adds an account that signs in from home by a link, and sets its
// password and its app for codes up.
func mustJoin(t *testing.T, s *staff.Store, email string, role staff.Role) staff.Account {
	t.Helper()
	token, _, err := s.NewLink(t.Context(), staff.By{}, mustAdd(t, s, email, role).ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	begun, err := s.UseLink(t.Context(), staff.By{Address: home}, token, staff.Credentials{Password: password})
	if err != nil {
		t.Fatalf("UseLink: %v", err)
	}
	return stafftest.Enrol(t, s, staff.By{Address: home}, begun).Account
}

// mustKnow has a device known as one that the owner of an account signs in on, and
// gives what its browser keeps.
func mustKnow(t *testing.T, s *staff.Store, by staff.By, account staff.Account) string {
	t.Helper()
	token, err := s.KnowDevice(t.Context(), by, account.ID)
	if err != nil {
		t.Fatalf("KnowDevice: %v", err)
	}
	return token
}

// mustSignIn signs somebody in from home with their password and a code.
func mustSignIn(t *testing.T, s *staff.Store, account staff.Account) staff.Session {
	t.Helper()
	begun, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, password)
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	proved, err := s.UseCode(t.Context(), staff.By{Address: home}, begun, stafftest.Code(t, account.ID))
	if err != nil {
		t.Fatalf("UseCode: %v", err)
	}
	return proved
}

// wantMail fails unless an account is owed so many mails of these kinds.
func wantMail(t *testing.T, db postgres.DB, accountID string, want map[string]int) {
	t.Helper()
	for kind, n := range want {
		var got int
		if err := db.QueryRow(t.Context(), `select count(*) from mail where kind = $1 and subject_id = $2`, kind, accountID).Scan(&got); err != nil || got != n {
			t.Errorf("%s mails = %d, %v, want %d", kind, got, err, n)
		}
	}
}

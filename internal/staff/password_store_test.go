package staff_test

import (
	"crypto/rand"
	"errors"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

func TestSignInTakesTheRightPasswordAlone(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	mustAdd(t, s, "invited@example.org", staff.Reviewer)
	got, err := s.SignIn(t.Context(), staff.By{Address: home}, " SAM@example.org", password)
	if err != nil || got.Account.ID != account.ID || got.Complete() {
		t.Errorf("SignIn = %+v, %v, want a session of the account whose second factor is missing", got, err)
	}
	for email, given := range map[string]string{
		"sam@example.org": "wrong", "invited@example.org": "", "nobody@example.org": password, "": "",
	} {
		if _, err := s.SignIn(t.Context(), staff.By{Address: home}, email, given); !errors.Is(err, staff.ErrWrong) {
			t.Errorf("SignIn(%s) = %v, want ErrWrong", email, err)
		}
	}
}

func fail(t *testing.T, s *staff.Store, from netip.Addr, email string) error {
	t.Helper()
	_, err := s.SignIn(t.Context(), staff.By{Address: from}, email, "wrong")
	if err == nil {
		t.Fatal("SignIn(wrong) = nil, want an error")
	}
	return err
}

// failBefore makes one guess from elsewhere stand for so many: guesses are slow
// on purpose.
func failBefore(t *testing.T, s *staff.Store, pool *pgxpool.Pool, email string, failures int) {
	t.Helper()
	if err := fail(t, s, elsewhere, email); !errors.Is(err, staff.ErrWrong) {
		t.Fatalf("first guess = %v, want ErrWrong", err)
	}
	if _, err := pool.Exec(t.Context(), `update attempt set failures = $1`, failures); err != nil {
		t.Fatalf("counting failures: %v", err)
	}
}

func TestGuessingIsSlowedDownAndNeverLockedOut(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	for range 6 {
		if err := fail(t, s, home, account.Email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("SignIn(wrong) = %v, want ErrWrong", err)
		}
	}
	for _, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		var wait *fault.WaitError
		for range 3 {
			if err := fail(t, s, home, account.Email); !errors.As(err, &wait) || wait.After != want || !errors.Is(err, fault.Limited) {
				t.Fatalf("SignIn(wrong) = %v, want Limited for %v, and no longer for trying again", err, want)
			}
		}
		c.Pass(want)
		if err := fail(t, s, home, account.Email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("SignIn(wrong) after the wait = %v, want ErrWrong", err)
		}
	}
	c.Pass(15 * time.Minute)
	if _, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, password); err != nil {
		t.Errorf("SignIn after the longest wait = %v, want nil", err)
	}
	if err := fail(t, s, home, account.Email); !errors.Is(err, staff.ErrWrong) {
		t.Errorf("SignIn(wrong) after a right one = %v, want ErrWrong: the pair starts afresh", err)
	}
}

func TestGuessesFromElsewhereDoNotHoldTheOwnerUp(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	owner := staff.By{Address: home, Token: mustKnow(t, s, staff.By{}, account)}
	failBefore(t, s, pool, account.Email, 19)
	for i := range 2 {
		from := netip.AddrFrom4([4]byte{203, 0, 113, byte(i)})
		if err := fail(t, s, from, account.Email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("guess %d from everywhere = %v, want ErrWrong", 20+i, err)
		}
	}
	if _, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, password); !errors.Is(err, fault.Limited) {
		t.Errorf("SignIn on a new device = %v, want Limited", err)
	}
	if _, err := s.SignIn(t.Context(), owner, account.Email, password); err != nil {
		t.Errorf("SignIn on a known device = %v, want nil", err)
	}
}

// TestANeighbourDoesNotHoldTheOwnerUp has a stranger guess from the address that
// the owner of an account comes from, again at the end of each wait.
func TestANeighbourDoesNotHoldTheOwnerUp(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	c := newClock()
	s := newStore(pool, c)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	other := mustJoin(t, s, "kim@example.org", staff.Reviewer)
	owner := staff.By{Address: home, Token: mustKnow(t, s, staff.By{}, account)}
	neighbour := staff.By{Address: home, Token: mustKnow(t, s, staff.By{}, other)}
	tried := 0
	for range 100 {
		_, err := s.SignIn(t.Context(), neighbour, account.Email, "wrong")
		if errors.Is(err, staff.ErrWrong) {
			tried++
		} else if !errors.Is(err, fault.Limited) {
			t.Fatalf("SignIn(wrong) = %v, want ErrWrong or Limited", err)
		}
	}
	if tried != 6 {
		t.Errorf("%d of 100 guesses at once were tried, want 6", tried)
	}
	for range 3 {
		c.Pass(15 * time.Minute)
		if err := fail(t, s, home, account.Email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("SignIn(wrong) after the longest wait = %v, want ErrWrong", err)
		}
		if err := fail(t, s, home, account.Email); !errors.Is(err, fault.Limited) {
			t.Errorf("another guess = %v, want Limited", err)
		}
		if _, err := s.SignIn(t.Context(), staff.By{Address: home, Token: "made up"}, account.Email, password); !errors.Is(err, fault.Limited) {
			t.Errorf("SignIn with a token that nobody gave = %v, want Limited", err)
		}
		begun, err := s.SignIn(t.Context(), owner, account.Email, password)
		if err != nil {
			t.Fatalf("SignIn on the owner's device = %v, want nil", err)
		}
		if _, err := s.UseCode(t.Context(), owner, begun, "000000"); !errors.Is(err, staff.ErrWrongCode) {
			t.Errorf("UseCode(wrong) on the owner's device = %v, want ErrWrongCode", err)
		}
	}
	c.Pass(staff.DeviceLife)
	failTimes(t, s, home, account.Email, 6)
	if _, err := s.SignIn(t.Context(), owner, account.Email, password); !errors.Is(err, fault.Limited) {
		t.Errorf("SignIn on a device that is not known any more = %v, want Limited", err)
	}
}

func TestGuessesOnTheOwnersDeviceAreSlowedDown(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	other := mustJoin(t, s, "kim@example.org", staff.Reviewer)
	by := staff.By{Address: home, Token: mustKnow(t, s, staff.By{}, account)}
	for range 6 {
		if _, err := s.SignIn(t.Context(), by, account.Email, "wrong"); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("SignIn(wrong) = %v, want ErrWrong", err)
		}
	}
	// Somebody else signs in on it: what the browser keeps is new, the count is not.
	old := by
	by.Token = mustKnow(t, s, by, other)
	if _, err := s.SignIn(t.Context(), by, account.Email, password); !errors.Is(err, fault.Limited) {
		t.Errorf("SignIn after guesses on this device = %v, want Limited", err)
	}
	failTimes(t, s, home, other.Email, 6)
	if _, err := s.SignIn(t.Context(), by, other.Email, password); err != nil {
		t.Errorf("SignIn of the other on this device = %v, want nil", err)
	}
	if _, err := s.SignIn(t.Context(), old, other.Email, password); !errors.Is(err, fault.Limited) {
		t.Errorf("SignIn with what the browser kept before = %v, want Limited", err)
	}
}

// TestWhoNamesNoAccountIsNotHeldUpByANeighbour asks for links and answers with
// passkeys that are none, from the address of somebody whose device is known.
func TestWhoNamesNoAccountIsNotHeldUpByANeighbour(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	owner, stranger := staff.By{Address: home, Token: mustKnow(t, s, staff.By{}, account)}, staff.By{Address: home}
	passkey := func(by staff.By) error { _, err := s.SignInByPasskey(t.Context(), by, "", ""); return err }
	back := func(by staff.By) error { _, err := s.TakeFlow(t.Context(), by, "browser", "state"); return err }
	reset := func(by staff.By) error { return s.RequestReset(t.Context(), by, rand.Text()+"@example.org") }
	for what, ask := range map[string]func(staff.By) error{"passkeys": passkey, "ways back": back, "links": reset} {
		for range 60 {
			_ = ask(stranger)
		}
		if err := ask(stranger); !errors.Is(err, fault.Limited) {
			t.Errorf("the 61st of a stranger's %s = %v, want Limited", what, err)
		}
		if err := ask(owner); errors.Is(err, fault.Limited) {
			t.Errorf("the first of the owner's %s = %v, want it tried", what, err)
		}
	}
}

// failTimes guesses so often.
func failTimes(t *testing.T, s *staff.Store, from netip.Addr, email string, times int) {
	t.Helper()
	for range times {
		if err := fail(t, s, from, email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("SignIn(wrong) = %v, want ErrWrong", err)
		}
	}
}

func TestGuessingManyAccountsFromOneAddressIsSlowedDown(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	failBefore(t, s, pool, "first@example.org", 49)
	for _, email := range []string{"second@example.org", "third@example.org"} {
		if err := fail(t, s, elsewhere, email); !errors.Is(err, staff.ErrWrong) {
			t.Fatalf("guess at %s = %v, want ErrWrong", email, err)
		}
	}
	if err := fail(t, s, elsewhere, "last@example.org"); !errors.Is(err, fault.Limited) {
		t.Errorf("guess 52 = %v, want Limited", err)
	}
}

func TestGuessesAtOnceDoNotSlipUnderTheLimit(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	var tried atomic.Int32
	var group sync.WaitGroup
	start := make(chan struct{})
	for range 20 {
		group.Go(func() {
			<-start
			_, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, "wrong")
			if errors.Is(err, staff.ErrWrong) {
				tried.Add(1)
			} else if !errors.Is(err, fault.Limited) {
				t.Errorf("SignIn = %v, want ErrWrong or Limited", err)
			}
		})
	}
	close(start)
	group.Wait()
	if tried.Load() != 6 {
		t.Errorf("%d of 20 guesses at once were tried, want 6", tried.Load())
	}
}

func TestChangingThePasswordEndsSessions(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	session, other := mustSignIn(t, s, account), mustSignIn(t, s, account)
	by := staff.By{ActorID: account.ID, Address: home}
	const next = "nine quiet herons fly"
	if err := s.ChangePassword(t.Context(), by, session, "wrong", next); !errors.Is(err, staff.ErrWrong) {
		t.Errorf("ChangePassword(wrong current) = %v, want ErrWrong", err)
	}
	if err := s.ChangePassword(t.Context(), by, session, password, "short"); !errors.Is(err, fault.Invalid) {
		t.Errorf("ChangePassword(short) = %v, want Invalid", err)
	}
	if err := s.ChangePassword(t.Context(), by, session, password, next); err != nil {
		t.Fatalf("ChangePassword = %v, want nil", err)
	}
	if _, err := s.SignIn(t.Context(), by, account.Email, password); !errors.Is(err, staff.ErrWrong) {
		t.Errorf("SignIn(old password) = %v, want ErrWrong", err)
	}
	if _, err := s.SignIn(t.Context(), by, account.Email, next); err != nil {
		t.Errorf("SignIn(new password) = %v, want nil", err)
	}
	wantEnded(t, s, other)
	if _, err := s.Session(t.Context(), session.ID); err != nil {
		t.Errorf("the session that changed the password = %v, want it to go on", err)
	}
	if err := s.EndSessions(t.Context(), by, account.ID); err != nil {
		t.Errorf("EndSessions = %v, want nil", err)
	}
	wantEnded(t, s, session)
}

func wantEnded(t *testing.T, s *staff.Store, session staff.Session) {
	t.Helper()
	if _, err := s.Session(t.Context(), session.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("Session(ended) = %v, want NotFound", err)
	}
}

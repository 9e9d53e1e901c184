package staff_test

import (
	"bytes"
	"errors"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

// mustBegin proves somebody's password from home.
func mustBegin(t *testing.T, s *staff.Store, account staff.Account) staff.Session {
	t.Helper()
	begun, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, password)
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	return begun
}

// newcomer is somebody with a password and no second factor, in a session.
func newcomer(t *testing.T, s *staff.Store, email string) staff.Session {
	t.Helper()
	token, _, err := s.NewLink(t.Context(), staff.By{}, mustAdd(t, s, email, staff.Reviewer).ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	begun, err := s.UseLink(t.Context(), staff.By{Address: home}, token, staff.Credentials{Password: password})
	if err != nil {
		t.Fatalf("UseLink: %v", err)
	}
	return begun
}

// mustSecret is the secret that a session offers.
func mustSecret(t *testing.T, s *staff.Store, session staff.Session) staff.AppSecret {
	t.Helper()
	secret, err := s.NewSecret(t.Context(), session)
	if err != nil {
		t.Fatalf("NewSecret: %v", err)
	}
	if again, err := s.NewSecret(t.Context(), session); err != nil || again != secret {
		t.Fatalf("NewSecret again = %v, want the same secret", err)
	}
	return secret
}

func TestACodeWorksOnceAndInItsTime(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	begun := newcomer(t, s, "sam@example.org")
	secret := mustSecret(t, s, begun)
	by := staff.By{Address: home}
	if _, _, err := s.ConfirmApp(t.Context(), by, begun, "000000"); !errors.Is(err, staff.ErrWrongCode) {
		t.Fatalf("ConfirmApp(wrong) = %v, want ErrWrongCode", err)
	}
	proved, codes, err := s.ConfirmApp(t.Context(), by, begun, stafftest.CodeAt(t, secret, c.Now()))
	if err != nil || !proved.Complete() || !proved.Fresh(c.Now()) || len(codes) != staff.RecoveryCodes {
		t.Fatalf("ConfirmApp = %+v with %d recovery codes, %v, want somebody signed in with 10", proved, len(codes), err)
	}
	start := c.Now()
	for _, try := range []struct {
		at    time.Duration // of the code's time, from now
		after time.Duration // that pass before
		works bool
	}{
		{0, 0, false},                                // used to set it up
		{30 * time.Second, 0, true},                  // the clock of the phone is ahead
		{30 * time.Second, 0, false},                 // again
		{0, 0, false},                                // older than one that was used
		{60 * time.Second, 0, false},                 // too far ahead
		{60 * time.Second, 90 * time.Second, true},   // the phone is behind by one
		{120 * time.Second, 90 * time.Second, false}, // the phone is behind by two
		{180 * time.Second, 0, true},                 // now
	} {
		c.Pass(try.after)
		begun := mustBegin(t, s, begun.Account)
		_, err := s.UseCode(t.Context(), by, begun, stafftest.CodeAt(t, secret, start.Add(try.at)))
		if (err == nil) != try.works || (err != nil && !errors.Is(err, staff.ErrWrongCode)) {
			t.Errorf("the code of %v at %v = %v, want it to work: %v", try.at, c.Now().Sub(start), err, try.works)
		}
	}
}

func TestOneCodeUsedByManyAtOnceLetsOneIn(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	code := stafftest.Code(t, account.ID)
	var sessions []staff.Session
	for range 6 {
		sessions = append(sessions, mustBegin(t, s, account))
	}
	var in atomic.Int32
	var group sync.WaitGroup
	start := make(chan struct{})
	for _, session := range sessions {
		group.Go(func() {
			<-start
			_, err := s.UseCode(t.Context(), staff.By{Address: home}, session, code)
			if err == nil {
				in.Add(1)
			} else if !errors.Is(err, staff.ErrWrongCode) {
				t.Errorf("UseCode = %v, want nil or ErrWrongCode", err)
			}
		})
	}
	close(start)
	group.Wait()
	if in.Load() != 1 {
		t.Errorf("one code let %d in, want 1", in.Load())
	}
}

func TestRecoveryCodesWorkOnceEach(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	by := staff.By{Address: home}
	in := mustSignIn(t, s, account)
	codes, err := s.NewRecoveryCodes(t.Context(), staff.By{ActorID: account.ID}, in)
	if err != nil {
		t.Fatalf("NewRecoveryCodes: %v", err)
	}
	typed := " " + string(bytes.ToLower([]byte(codes[0])))
	if proved, err := s.UseRecoveryCode(t.Context(), by, mustBegin(t, s, account), typed); err != nil || proved.Means != staff.ByRecovery || proved.Account.RecoveryLeft != 9 {
		t.Errorf("UseRecoveryCode = %+v, %v, want somebody signed in with 9 left", proved, err)
	}
	if _, err := s.UseRecoveryCode(t.Context(), by, mustBegin(t, s, account), codes[0]); !errors.Is(err, staff.ErrWrongCode) {
		t.Errorf("UseRecoveryCode(used) = %v, want ErrWrongCode", err)
	}
	other := mustJoin(t, s, "other@example.org", staff.Reviewer)
	if _, err := s.UseRecoveryCode(t.Context(), by, mustBegin(t, s, other), codes[1]); !errors.Is(err, staff.ErrWrongCode) {
		t.Errorf("UseRecoveryCode(somebody else's) = %v, want ErrWrongCode", err)
	}
	if _, err := s.NewRecoveryCodes(t.Context(), staff.By{ActorID: account.ID}, in); err != nil {
		t.Fatalf("NewRecoveryCodes: %v", err)
	}
	if _, err := s.UseRecoveryCode(t.Context(), by, mustBegin(t, s, account), codes[1]); !errors.Is(err, staff.ErrWrongCode) {
		t.Errorf("UseRecoveryCode(replaced) = %v, want ErrWrongCode", err)
	}
	wantMail(t, pool, account.ID, map[string]int{"staff-recovery-used": 1, "staff-factor-added": 1})
}

func TestThePasswordAloneSetsUpNoSecondFactorBesideOne(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	thief := mustBegin(t, s, account)
	secret := mustSecret(t, s, thief)
	if _, _, err := s.ConfirmApp(t.Context(), staff.By{Address: home}, thief, stafftest.CodeAt(t, secret, c.Now())); !errors.Is(err, fault.Conflict) {
		t.Errorf("ConfirmApp with the password alone = %v, want Conflict", err)
	}
	in := mustSignIn(t, s, account)
	secret = mustSecret(t, s, in)
	if _, _, err := s.ConfirmApp(t.Context(), staff.By{Address: home}, in, stafftest.CodeAt(t, secret, c.Now())); err != nil {
		t.Errorf("ConfirmApp of somebody signed in = %v, want another app", err)
	}
	wantEnded(t, s, thief)
}

func TestGuessingCodesIsSlowedDownWhereItHappensAlone(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	guess := func(from netip.Addr, session staff.Session) error {
		_, err := s.UseCode(t.Context(), staff.By{Address: from}, session, "000000")
		return err
	}
	owner := staff.By{Address: elsewhere, Token: mustKnow(t, s, staff.By{}, account)}
	begun := mustBegin(t, s, account)
	for range 6 {
		if err := guess(elsewhere, begun); !errors.Is(err, staff.ErrWrongCode) {
			t.Fatalf("UseCode(wrong) = %v, want ErrWrongCode", err)
		}
	}
	if err := guess(elsewhere, begun); !errors.Is(err, fault.Limited) {
		t.Errorf("UseCode(7th wrong) = %v, want Limited", err)
	}
	if _, err := pool.Exec(t.Context(), `update attempt set failures = 30, blocked_until = now() + interval '1 year'`); err != nil {
		t.Fatalf("counting failures: %v", err)
	}
	if err := guess(netip.MustParseAddr("203.0.113.9"), begun); !errors.Is(err, fault.Limited) {
		t.Errorf("UseCode from a third address = %v, want Limited", err)
	}
	own, err := s.SignIn(t.Context(), owner, account.Email, password)
	if err == nil {
		_, err = s.UseCode(t.Context(), owner, own, stafftest.Code(t, account.ID))
	}
	if err != nil {
		t.Errorf("signing in on a known device, where they guessed elsewhere = %v, want nil", err)
	}
}

func TestSecretsAreEncryptedForTheirAccountAndOutliveARotation(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	first, second := mustJoin(t, s, "first@example.org", staff.Reviewer), mustJoin(t, s, "second@example.org", staff.Reviewer)
	var sealed []byte
	if err := pool.QueryRow(t.Context(), `select secret from staff_app where account_id = $1`, first.ID).Scan(&sealed); err != nil {
		t.Fatalf("reading a secret: %v", err)
	}
	offered := mustSecret(t, s, mustSignIn(t, s, first))
	if bytes.Contains(sealed, []byte(offered)) || len(sealed) < 24+16+len(offered) {
		t.Errorf("a secret is kept as %d bytes, want it encrypted", len(sealed))
	}
	renewed := *s
	renewed.Secrets = append([][]byte{[]byte("another secret for tests, 32 byt")}, s.Secrets...)
	mustSignIn(t, &renewed, first)
	if lost, err := renewed.Reseal(t.Context()); err != nil || lost != 0 {
		t.Fatalf("Reseal = %d lost, %v, want none", lost, err)
	}
	renewed.Secrets = renewed.Secrets[:1]
	mustSignIn(t, &renewed, first)
	mustSignIn(t, &renewed, second)
	if lost, err := s.Reseal(t.Context()); err != nil || lost != 2 {
		t.Errorf("Reseal without the secret = %d lost, %v, want 2", lost, err)
	}
	if _, err := pool.Exec(t.Context(), `update staff_app set secret = (select secret from staff_app where account_id = $1)`, first.ID); err != nil {
		t.Fatalf("swapping secrets: %v", err)
	}
	code := stafftest.Code(t, first.ID)
	if _, err := renewed.UseCode(t.Context(), staff.By{Address: home}, mustBegin(t, s, second), code); err == nil {
		t.Error("UseCode with somebody else's secret = nil, want an error: it is bound to its account")
	}
}

func TestAResetTakesEveryFactorAndEndsSessions(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	in := mustSignIn(t, s, account)
	if err := s.ResetSecondFactor(t.Context(), staff.By{}, account.ID); err != nil {
		t.Fatalf("ResetSecondFactor: %v", err)
	}
	wantEnded(t, s, in)
	after, err := s.ByID(t.Context(), account.ID)
	if err != nil || after.HasSecondFactor() || after.RecoveryLeft != 0 {
		t.Errorf("after a reset = %+v, %v, want no second factor", after, err)
	}
	wantMail(t, pool, account.ID, map[string]int{"staff-factor-reset": 1})
	if _, err := s.UseCode(t.Context(), staff.By{Address: home}, mustBegin(t, s, account), "123456"); !errors.Is(err, staff.ErrWrongCode) {
		t.Errorf("UseCode without a factor = %v, want ErrWrongCode", err)
	}
}

func TestConfirmingNeedsBothFactors(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	in := mustSignIn(t, s, account)
	c.Pass(staff.FreshFor)
	if in.Fresh(c.Now()) {
		t.Error("a session is fresh 10 minutes after it was proved, want it stale")
	}
	by := staff.By{Address: home, ActorID: account.ID}
	if _, err := s.Confirm(t.Context(), by, in, "wrong", stafftest.Code(t, account.ID)); !errors.Is(err, staff.ErrWrong) {
		t.Errorf("Confirm(wrong password) = %v, want ErrWrong", err)
	}
	if _, err := s.Confirm(t.Context(), by, in, password, "000000"); !errors.Is(err, staff.ErrWrongCode) {
		t.Errorf("Confirm(wrong code) = %v, want ErrWrongCode", err)
	}
	if again, err := s.Confirm(t.Context(), by, in, password, stafftest.Code(t, account.ID)); err != nil || !again.Fresh(c.Now()) {
		t.Errorf("Confirm = %+v, %v, want it fresh", again, err)
	}
}

func TestASessionEndsAfterAWorkingDay(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	in := mustSignIn(t, s, mustJoin(t, s, "sam@example.org", staff.Reviewer))
	for range 31 {
		c.Pass(15 * time.Minute)
		used, err := s.Session(t.Context(), in.ID)
		if err != nil {
			t.Fatalf("Session after %v = %v, want it to live", c.Now().Sub(in.StartedAt), err)
		}
		if again, err := s.Session(t.Context(), in.ID); err != nil || !again.LastUsedAt.Equal(c.Now()) {
			t.Fatalf("last used at %v (before: %v), %v, want now", again.LastUsedAt, used.LastUsedAt, err)
		}
	}
	c.Pass(15 * time.Minute)
	wantEnded(t, s, in)
}

func TestDeviceWords(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0": "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari":   "Safari on an iPhone",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari": "Samsung Internet on Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0":                                                "Firefox on Linux",
		"":                          "A browser",
		"<script>alert(1)</script>": "A browser",
	} {
		if got := staff.DeviceOf(agent); got != want {
			t.Errorf("DeviceOf(%q) = %q, want %q", agent, got, want)
		}
	}
}

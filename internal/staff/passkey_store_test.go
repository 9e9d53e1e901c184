package staff_test

import (
	"errors"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

const origin = "https://portal.example.nhs.uk"

// mustAsk asks for a passkey.
func mustAsk(t *testing.T, s *staff.Store) staff.Question {
	t.Helper()
	question, err := s.AskPasskey()
	if err != nil {
		t.Fatalf("AskPasskey: %v", err)
	}
	return question
}

// mustKey gives a session a passkey on a new key.
func mustKey(t *testing.T, s *staff.Store, session staff.Session) (*stafftest.Key, staff.Session) {
	t.Helper()
	key := stafftest.NewKey(t, origin)
	question, err := s.OfferPasskey(t.Context(), session)
	if err != nil {
		t.Fatalf("OfferPasskey: %v", err)
	}
	after, _, err := s.AddPasskey(t.Context(), staff.By{Address: home, Device: "Firefox on Linux"}, session, question.State, key.Make(t, question.Options))
	if err != nil {
		t.Fatalf("AddPasskey: %v", err)
	}
	return key, after
}

func TestPasskeyIsBothFactorsInOne(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	key, in := mustKey(t, s, newcomer(t, s, "sam@example.org"))
	if !in.Complete() || in.Means != staff.ByKey || in.Account.RecoveryLeft != staff.RecoveryCodes {
		t.Errorf("AddPasskey at set-up = %+v, want somebody signed in with recovery codes", in)
	}
	by := staff.By{Address: elsewhere}
	question := mustAsk(t, s)
	got, err := s.SignInByPasskey(t.Context(), by, question.State, key.Use(t, question.Options))
	if err != nil || got.Means != staff.ByPasskey || got.Account.ID != in.Account.ID {
		t.Fatalf("SignInByPasskey = %+v, %v, want the account", got, err)
	}
	question = mustAsk(t, s)
	after, err := s.UsePasskey(t.Context(), by, mustBegin(t, s, in.Account), question.State, key.Use(t, question.Options))
	if err != nil || after.Means != staff.ByKey || !after.Complete() {
		t.Errorf("UsePasskey after the password = %+v, %v, want somebody signed in", after, err)
	}
	question = mustAsk(t, s)
	if again, err := s.UsePasskey(t.Context(), by, got, question.State, key.Use(t, question.Options)); err != nil || again.Means != staff.ByPasskey {
		t.Errorf("UsePasskey again = %+v, %v, want the means of the sign-in", again, err)
	}
	list, err := s.ListPasskeys(t.Context(), in.Account.ID)
	if err != nil || len(list) != 1 || list[0].Name != "Firefox on Linux" || list[0].LastUsedAt == nil || list[0].SuspectAt != nil {
		t.Errorf("ListPasskeys = %+v, %v, want one that was used", list, err)
	}
	wantMail(t, pool, in.Account.ID, map[string]int{"staff-factor-added": 1})
}

func TestWrongPasskeysAreRefused(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	key, in := mustKey(t, s, newcomer(t, s, "sam@example.org"))
	other, otherIn := mustKey(t, s, newcomer(t, s, "other@example.org"))
	by := staff.By{Address: home}
	question := mustAsk(t, s)
	foreign, unverified, stranger := *key, *key, stafftest.NewKey(t, origin)
	foreign.Origin, unverified.Unverified = "https://evil.example", true
	offer, err := s.OfferPasskey(t.Context(), in)
	if err != nil {
		t.Fatalf("OfferPasskey: %v", err)
	}
	stranger.Make(t, offer.Options) // and never added
	for name, answer := range map[string]string{
		"nothing": "", "nonsense": `{"id":"x"}`, "another question": key.Use(t, mustAsk(t, s).Options),
		"another site": foreign.Use(t, question.Options), "no finger": unverified.Use(t, question.Options), "a stranger's": stranger.Use(t, question.Options),
	} {
		if _, err := s.SignInByPasskey(t.Context(), by, question.State, answer); !errors.Is(err, staff.ErrWrongPasskey) {
			t.Errorf("SignInByPasskey(%s) = %v, want ErrWrongPasskey", name, err)
		}
	}
	if _, err := s.SignInByPasskey(t.Context(), by, "", key.Use(t, question.Options)); !errors.Is(err, staff.ErrWrongPasskey) {
		t.Errorf("SignInByPasskey without a question = %v, want ErrWrongPasskey", err)
	}
	if _, err := s.UsePasskey(t.Context(), by, mustBegin(t, s, in.Account), question.State, other.Use(t, question.Options)); !errors.Is(err, staff.ErrWrongPasskey) {
		t.Errorf("UsePasskey(somebody else's) = %v, want ErrWrongPasskey", err)
	}
	if err := s.Disable(t.Context(), staff.By{}, otherIn.Account.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	if _, err := s.SignInByPasskey(t.Context(), by, question.State, other.Use(t, question.Options)); !errors.Is(err, staff.ErrWrongPasskey) {
		t.Errorf("SignInByPasskey(disabled) = %v, want ErrWrongPasskey", err)
	}
	thief := mustBegin(t, s, in.Account)
	offer, err = s.OfferPasskey(t.Context(), thief)
	if err != nil {
		t.Fatalf("OfferPasskey: %v", err)
	}
	if _, _, err := s.AddPasskey(t.Context(), by, thief, offer.State, stafftest.NewKey(t, origin).Make(t, offer.Options)); !errors.Is(err, fault.Conflict) {
		t.Errorf("AddPasskey with the password alone = %v, want Conflict", err)
	}
}

func TestACopyOfAPasskeyIsToldAndRefused(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	key, in := mustKey(t, s, newcomer(t, s, "sam@example.org"))
	copied := *key
	for range 3 {
		question := mustAsk(t, s)
		if _, err := s.SignInByPasskey(t.Context(), staff.By{Address: home}, question.State, key.Use(t, question.Options)); err != nil {
			t.Fatalf("SignInByPasskey: %v", err)
		}
	}
	question := mustAsk(t, s)
	if _, err := s.SignInByPasskey(t.Context(), staff.By{Address: home}, question.State, copied.Use(t, question.Options)); !errors.Is(err, staff.ErrWrongPasskey) {
		t.Errorf("SignInByPasskey(copy) = %v, want ErrWrongPasskey", err)
	}
	if list, err := s.ListPasskeys(t.Context(), in.Account.ID); err != nil || list[0].SuspectAt == nil {
		t.Errorf("ListPasskeys = %+v, %v, want it told that there may be a copy", list, err)
	}
}

func TestPasskeysAreNamedAndRemovedByTheirOwner(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	_, in := mustKey(t, s, newcomer(t, s, "sam@example.org"))
	own, other := staff.By{ActorID: in.Account.ID}, staff.By{ActorID: mustJoin(t, s, "other@example.org", staff.Viewer).ID}
	list, err := s.ListPasskeys(t.Context(), in.Account.ID)
	if err != nil || len(list) != 1 {
		t.Fatalf("ListPasskeys = %+v, %v, want one", list, err)
	}
	id := list[0].ID
	if err := s.NamePasskey(t.Context(), other, id, "Mine"); !errors.Is(err, fault.NotFound) {
		t.Errorf("NamePasskey(somebody else's) = %v, want NotFound", err)
	}
	if err := s.NamePasskey(t.Context(), own, id, " "); !errors.Is(err, fault.Invalid) {
		t.Errorf("NamePasskey(nothing) = %v, want Invalid", err)
	}
	if err := s.NamePasskey(t.Context(), own, id, "Blue key"); err != nil {
		t.Errorf("NamePasskey: %v", err)
	}
	if named, err := s.PasskeyOf(t.Context(), in.Account.ID, id); err != nil || named.Name != "Blue key" {
		t.Errorf("PasskeyOf = %+v, %v, want its new name", named, err)
	}
	if err := s.RemovePasskey(t.Context(), own, id); !errors.Is(err, staff.ErrLastFactor) {
		t.Errorf("RemovePasskey(last factor) = %v, want ErrLastFactor", err)
	}
	mustKey(t, s, in)
	if err := s.RemovePasskey(t.Context(), other, id); !errors.Is(err, fault.NotFound) {
		t.Errorf("RemovePasskey(somebody else's) = %v, want NotFound", err)
	}
	if err := s.RemovePasskey(t.Context(), own, id); err != nil {
		t.Errorf("RemovePasskey: %v", err)
	}
}

func TestPasskeysNeedADomain(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]bool{"http://localhost:8080": true, origin: true, "http://127.0.0.1:8080": false, "http://[::1]:8080": false, "": false} {
		if got := staff.NewRelyingParty(base) != nil; got != want {
			t.Errorf("passkeys at %q = %v, want %v", base, got, want)
		}
	}
}

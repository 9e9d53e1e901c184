package staff_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

const issuer = "https://login.example.nhs.uk"

// newSingle is a store of a portal with single sign-on.
func newSingle(t *testing.T, c *clock, localOff bool) *staff.Store {
	t.Helper()
	s := newStore(postgrestest.NewDatabase(t), c)
	s.Ways = staff.Ways{Issuer: issuer, LocalOff: localOff}
	return s
}

func person(subject string) staff.Person {
	return staff.Person{Issuer: issuer, Subject: subject, Email: subject + "@example.nhs.uk", EmailVerified: true, Name: "Sam Rivers"}
}

func given(p staff.Person, role staff.Role) staff.Person {
	p.Role, p.RoleFromClaim = role, true
	return p
}

func wantRefusal(t *testing.T, what string, err error, want staff.Refusal) {
	t.Helper()
	var got staff.Refusal
	if !errors.As(err, &got) || got != want {
		t.Errorf("%s = %v, want the refusal %q", what, err, want)
	}
}

// mustLink lets a person of the provider use the invitation of a new account up.
func mustLink(t *testing.T, s *staff.Store, email string, role staff.Role, p staff.Person) staff.Session {
	t.Helper()
	token, _, err := s.NewLink(t.Context(), staff.By{}, mustAdd(t, s, email, role).ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	session, err := s.UseLinkByProvider(t.Context(), staff.By{Address: home}, mustFlow(t, s, staff.NewFlow{Purpose: staff.ToLink, Token: token}).LinkID, p)
	if err != nil {
		t.Fatalf("UseLinkByProvider: %v", err)
	}
	return session
}

func mustFlow(t *testing.T, s *staff.Store, n staff.NewFlow) staff.Flow {
	t.Helper()
	flow, err := s.BeginFlow(t.Context(), "browser", n)
	if err != nil {
		t.Fatalf("BeginFlow(%s) = %v", n.Purpose, err)
	}
	return flow
}

func TestAWayToTheProviderLeadsBackOnceInItsTimeAndBrowser(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newSingle(t, c, false)
	flow := mustFlow(t, s, staff.NewFlow{Purpose: staff.ToSignIn})
	_, err := s.TakeFlow(t.Context(), staff.By{}, "another browser", flow.State)
	wantRefusal(t, "TakeFlow(another browser)", err, staff.WrongState)
	_, err = s.TakeFlow(t.Context(), staff.By{}, "browser", "another state")
	wantRefusal(t, "TakeFlow(another state)", err, staff.WrongState)
	back, err := s.TakeFlow(t.Context(), staff.By{}, "browser", flow.State)
	if err != nil || back.Nonce != flow.Nonce || back.Verifier != flow.Verifier || back.Purpose != staff.ToSignIn || len(back.Verifier) < 43 {
		t.Errorf("TakeFlow = %+v, %v, want %+v", back, err, flow)
	}
	_, err = s.TakeFlow(t.Context(), staff.By{}, "browser", flow.State)
	wantRefusal(t, "TakeFlow(again)", err, staff.WrongState)
	late := mustFlow(t, s, staff.NewFlow{Purpose: staff.ToSignIn})
	c.Pass(staff.FlowLife)
	_, err = s.TakeFlow(t.Context(), staff.By{}, "browser", late.State)
	wantRefusal(t, "TakeFlow(late)", err, staff.WrongState)
}

func TestOneOfManyTakesAWayBack(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	flow := mustFlow(t, s, staff.NewFlow{Purpose: staff.ToSignIn})
	start := make(chan struct{})
	var group sync.WaitGroup
	var mu sync.Mutex
	taken := 0
	for range 8 {
		group.Go(func() {
			<-start
			if _, err := s.TakeFlow(t.Context(), staff.By{}, "browser", flow.State); err == nil {
				mu.Lock()
				taken++
				mu.Unlock()
			}
		})
	}
	close(start)
	group.Wait()
	if taken != 1 {
		t.Errorf("%d took one way back, want 1", taken)
	}
}

func TestNobodyIsFoundByTheirEmailAddress(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	account := mustJoin(t, s, "sam@example.nhs.uk", staff.Reviewer)
	for what, p := range map[string]staff.Person{"with the address": person("sam"), "with the address and a role": given(person("sam"), staff.Lead)} {
		_, err := s.SignInByProvider(t.Context(), staff.By{Address: home}, p)
		wantRefusal(t, "SignInByProvider "+what, err, staff.NoAccount)
	}
	if list, err := s.Identities(t.Context(), account.ID); err != nil || len(list) != 0 {
		t.Errorf("Identities = %v, %v, want none", list, err)
	}
}

func TestAnInvitationIsUsedUpByTheProvider(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	token, _, err := s.NewLink(t.Context(), staff.By{}, mustAdd(t, s, "sam@example.nhs.uk", staff.Reviewer).ID)
	if err != nil {
		t.Fatal(err)
	}
	flow := mustFlow(t, s, staff.NewFlow{Purpose: staff.ToLink, Token: token})
	session, err := s.UseLinkByProvider(t.Context(), staff.By{Address: home}, flow.LinkID, person("s-1"))
	if err != nil || !session.Complete() || session.Means != staff.ByProvider || !session.Account.HasIdentity || session.Account.HasPassword {
		t.Fatalf("UseLinkByProvider = %+v, %v, want somebody signed in", session, err)
	}
	if _, err := s.UseLinkByProvider(t.Context(), staff.By{}, flow.LinkID, person("s-2")); !errors.Is(err, fault.Gone) {
		t.Errorf("UseLinkByProvider(again) = %v, want Gone", err)
	}
	if _, err := s.Link(t.Context(), token); !errors.Is(err, fault.Gone) {
		t.Errorf("Link(used) = %v, want Gone", err)
	}
	again, err := s.SignInByProvider(t.Context(), staff.By{Address: home}, person("s-1"))
	if err != nil || again.Account.ID != session.Account.ID || again.ID == session.ID {
		t.Errorf("SignInByProvider = %+v, %v, want the same account in a new session", again, err)
	}
	// A mailbox is no way round the provider.
	if err := s.RequestReset(t.Context(), staff.By{Address: home}, "sam@example.nhs.uk"); err != nil {
		t.Fatal(err)
	}
	var mails int
	if err := s.DB.QueryRow(t.Context(), `select count(*) from mail where kind = 'staff-reset'`).Scan(&mails); err != nil || mails != 0 {
		t.Errorf("mails with a link to set a password = %d, %v, want none", mails, err)
	}
	if _, err := s.SignInByProvider(t.Context(), staff.By{}, staff.Person{Issuer: "https://other.example", Subject: "s-1"}); err == nil {
		t.Error("SignInByProvider(the same subject of another issuer) = nil, want a refusal")
	}
}

func TestALinkDoesNotGoRoundASecondFactor(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	account := mustJoin(t, s, "sam@example.nhs.uk", staff.Reviewer)
	token, _, err := s.NewLink(t.Context(), staff.By{}, account.ID)
	if err != nil {
		t.Fatal(err)
	}
	flow := mustFlow(t, s, staff.NewFlow{Purpose: staff.ToLink, Token: token})
	_, err = s.UseLinkByProvider(t.Context(), staff.By{}, flow.LinkID, person("s-1"))
	wantRefusal(t, "UseLinkByProvider(an account with a code)", err, staff.HasFactor)
	if _, err := s.Link(t.Context(), token); err != nil {
		t.Errorf("Link = %v, want it open still", err)
	}
}

func TestAClaimMakesAnAccountOfAVerifiedAddressAndARoleAlone(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), true)
	unsure := given(person("s-1"), staff.Viewer)
	unsure.EmailVerified = false
	for what, p := range map[string]staff.Person{"without a role": given(person("s-2"), ""), "of an address nobody verified": unsure, "without a mapping": person("s-3")} {
		_, err := s.SignInByProvider(t.Context(), staff.By{}, p)
		wantRefusal(t, "SignInByProvider "+what, err, staff.NoAccount)
	}
	session, err := s.SignInByProvider(t.Context(), staff.By{Address: home}, given(person("s-4"), staff.Editor))
	if err != nil || session.Account.Role != staff.Editor {
		t.Fatalf("SignInByProvider = %+v, %v, want an editor", session, err)
	}
	if session, err = s.SignInByProvider(t.Context(), staff.By{Address: home}, given(person("s-4"), staff.Reviewer)); err != nil || session.Account.Role != staff.Reviewer {
		t.Errorf("SignInByProvider(another role) = %+v, %v, want a reviewer", session.Account, err)
	}
	_, err = s.SignInByProvider(t.Context(), staff.By{}, given(person("s-4"), ""))
	wantRefusal(t, "SignInByProvider(no role any more)", err, staff.NoRole)
	var moved int
	if err := s.DB.QueryRow(t.Context(), `select count(*) from audit_event where action = 'staff.role' and detail = 'editor>reviewer' and actor_kind = 'system'`).Scan(&moved); err != nil || moved != 1 {
		t.Errorf("audit rows of the move = %d, %v, want 1", moved, err)
	}
}

func TestTheClaimNeverTakesTheLastLead(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), true)
	mustSign := func(p staff.Person) staff.Account {
		t.Helper()
		session, err := s.SignInByProvider(t.Context(), staff.By{Address: home}, p)
		if err != nil {
			t.Fatalf("SignInByProvider: %v", err)
		}
		return session.Account
	}
	first := mustSign(given(person("s-1"), staff.Lead))
	if got := mustSign(given(person("s-1"), staff.Viewer)); got.Role != staff.Lead {
		t.Errorf("the last lead became a %s", got.Role)
	}
	mustJoin(t, &staff.Store{DB: s.DB, Outbox: s.Outbox, Secrets: s.Secrets, Now: s.Now}, "old@example.nhs.uk", staff.Lead)
	if err := s.Disable(t.Context(), staff.By{}, first.ID); !errors.Is(err, staff.ErrLastLead) {
		t.Errorf("Disable(the last lead who can sign in, beside one with a password that opens nothing) = %v, want ErrLastLead", err)
	}
	mustSign(given(person("s-2"), staff.Lead))
	if got := mustSign(given(person("s-1"), staff.Viewer)); got.Role != staff.Viewer {
		t.Errorf("one of two leads stays a %s", got.Role)
	}
}

func TestDisabledAndRemovedIdentitiesDoNotComeIn(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	session := mustLink(t, s, "sam@example.nhs.uk", staff.Reviewer, person("s-1"))
	id := session.Account.ID
	if err := s.Disable(t.Context(), staff.By{}, id); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignInByProvider(t.Context(), staff.By{}, person("s-1"))
	wantRefusal(t, "SignInByProvider(disabled)", err, staff.IsDisabled)
	if _, err := s.Session(t.Context(), session.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("Session(disabled) = %v, want NotFound", err)
	}
	if err := s.Enable(t.Context(), staff.By{}, id); err != nil {
		t.Fatal(err)
	}
	if session, err = s.SignInByProvider(t.Context(), staff.By{}, person("s-1")); err != nil {
		t.Fatalf("SignInByProvider(enabled): %v", err)
	}
	list, err := s.Identities(t.Context(), id)
	if err != nil || len(list) != 1 || list[0].Subject != "s-1" {
		t.Fatalf("Identities = %v, %v", list, err)
	}
	other := mustAdd(t, s, "else@example.nhs.uk", staff.Viewer)
	if err := s.RemoveIdentity(t.Context(), staff.By{}, other.ID, list[0].ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("RemoveIdentity(of somebody else) = %v, want NotFound", err)
	}
	if err := s.RemoveIdentity(t.Context(), staff.By{}, id, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(t.Context(), session.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("Session(identity removed) = %v, want NotFound", err)
	}
	_, err = s.SignInByProvider(t.Context(), staff.By{}, person("s-1"))
	wantRefusal(t, "SignInByProvider(removed)", err, staff.NoAccount)
	var told string
	if err := s.DB.QueryRow(t.Context(), `select string_agg(kind, ' ' order by created_at) from mail where subject_id = $1 and kind like 'staff-identity-%'`, id).Scan(&told); err != nil || told != "staff-identity-added staff-identity-removed" {
		t.Errorf("the owner is told %q, %v, want both changes, once each", told, err)
	}
}

func TestOneIdentityIsOneAccounts(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	session := mustLink(t, s, "sam@example.nhs.uk", staff.Reviewer, person("s-1"))
	own := mustSignIn(t, s, mustJoin(t, s, "pat@example.nhs.uk", staff.Reviewer))
	wantRefusal(t, "AddIdentity(another's)", s.AddIdentity(t.Context(), staff.By{}, own, person("s-1")), staff.SomebodyElse)
	for range 2 {
		if err := s.AddIdentity(t.Context(), staff.By{}, own, person("s-2")); err != nil {
			t.Fatalf("AddIdentity: %v", err)
		}
	}
	wantMail(t, s.DB, own.Account.ID, map[string]int{"staff-identity-added": 1})
	_, err := s.ConfirmByProvider(t.Context(), staff.By{}, session, person("s-2"))
	wantRefusal(t, "ConfirmByProvider(another's)", err, staff.SomebodyElse)
}

func TestConfirmingAtTheProviderMakesASessionFresh(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newSingle(t, c, false)
	session := mustLink(t, s, "sam@example.nhs.uk", staff.Lead, person("s-1"))
	c.Pass(staff.FreshFor)
	if session.Fresh(c.Now()) {
		t.Fatal("a session is fresh for too long")
	}
	after, err := s.ConfirmByProvider(t.Context(), staff.By{Address: home}, session, person("s-1"))
	if err != nil || !after.Fresh(c.Now()) || after.ID != session.ID || after.Means != staff.ByProvider {
		t.Errorf("ConfirmByProvider = %+v, %v, want the same session, fresh", after, err)
	}
}

func TestASessionEndsWithItsWayIn(t *testing.T) {
	t.Parallel()
	s := newSingle(t, newClock(), false)
	byProvider := mustLink(t, s, "sam@example.nhs.uk", staff.Reviewer, person("s-1"))
	byCode := mustSignIn(t, s, mustJoin(t, s, "pat@example.nhs.uk", staff.Reviewer))
	for _, one := range []struct {
		ways            staff.Ways
		provider, local bool
	}{{staff.Ways{Issuer: issuer}, true, true}, {staff.Ways{Issuer: issuer, LocalOff: true}, true, false}, {staff.Ways{}, false, true}} {
		s.Ways = one.ways
		if _, err := s.Session(t.Context(), byProvider.ID); (err == nil) != one.provider {
			t.Errorf("Session(by the provider) with %+v = %v", one.ways, err)
		}
		if _, err := s.Session(t.Context(), byCode.ID); (err == nil) != one.local {
			t.Errorf("Session(by a code) with %+v = %v", one.ways, err)
		}
	}
}

func TestAProofIsOneOfThisWayToTheProvider(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for what, one := range map[string]struct {
		purpose staff.FlowPurpose
		proved  time.Time
		want    bool
	}{
		"signing in needs none":            {staff.ToSignIn, time.Time{}, true},
		"confirming with none":             {staff.ToConfirm, time.Time{}, false},
		"confirming with an old one":       {staff.ToConfirm, at.Add(-2 * time.Minute), false},
		"confirming with a new one":        {staff.ToConfirm, at.Add(time.Second), true},
		"confirming by a clock behind":     {staff.ToConfirm, at.Add(-30 * time.Second), true},
		"using a link with an old one":     {staff.ToLink, at.Add(-time.Hour), false},
		"adding the provider with a new":   {staff.ToAdd, at, true},
		"adding the provider with nothing": {staff.ToAdd, time.Time{}, false},
	} {
		if got := (staff.Person{SignedInAt: one.proved}).Proved(staff.Flow{Purpose: one.purpose, StartedAt: at}); got != one.want {
			t.Errorf("%s: Proved = %v, want %v", what, got, one.want)
		}
	}
}

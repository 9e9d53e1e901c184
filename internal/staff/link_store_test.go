package staff_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

func TestLinkSetsThePasswordOnce(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustAdd(t, s, "sam@example.org", staff.Reviewer)
	token, purpose, err := s.NewLink(t.Context(), staff.By{}, account.ID)
	if err != nil || purpose != staff.Invite {
		t.Fatalf("NewLink = %s, %v, want an invitation", purpose, err)
	}
	other, err := s.MintLink(t.Context(), account.ID, staff.Invite)
	if err != nil {
		t.Fatalf("MintLink: %v", err)
	}
	for range 3 {
		link, err := s.Link(t.Context(), token)
		if err != nil || link.Account.ID != account.ID {
			t.Fatalf("Link = %+v, %v, want it open however often it is looked at", link, err)
		}
	}
	used, err := s.UseLink(t.Context(), staff.By{Address: home}, token, staff.Credentials{Password: password})
	if err != nil || !used.Account.HasPassword || used.Account.Epoch <= account.Epoch || used.Complete() {
		t.Fatalf("UseLink = %+v, %v, want a password, a new epoch, and the second factor missing", used, err)
	}
	for name, gone := range map[string]string{"used": token, "older": other, "unknown": "nothing", "empty": ""} {
		if _, err := s.Link(t.Context(), gone); !errors.Is(err, fault.Gone) {
			t.Errorf("Link(%s) = %v, want Gone", name, err)
		}
		if _, err := s.UseLink(t.Context(), staff.By{}, gone, staff.Credentials{Password: password}); !errors.Is(err, fault.Gone) {
			t.Errorf("UseLink(%s) = %v, want Gone", name, err)
		}
	}
	if _, purpose, err := s.NewLink(t.Context(), staff.By{}, account.ID); err != nil || purpose != staff.Reset {
		t.Errorf("NewLink with a password = %s, %v, want a reset", purpose, err)
	}
}

func TestRefusedPasswordLeavesTheLinkOpen(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	token, err := s.MintLink(t.Context(), mustAdd(t, s, "sam@example.org", staff.Viewer).ID, staff.Invite)
	if err != nil {
		t.Fatalf("MintLink: %v", err)
	}
	if _, err := s.UseLink(t.Context(), staff.By{}, token, staff.Credentials{Password: "short"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("UseLink(short) = %v, want Invalid", err)
	}
	if _, err := s.Link(t.Context(), token); err != nil {
		t.Errorf("Link after a refused password = %v, want it open", err)
	}
}

func TestLinksExpire(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	account := mustAdd(t, s, "sam@example.org", staff.Viewer)
	invite, err := s.MintLink(t.Context(), account.ID, staff.Invite)
	if err != nil {
		t.Fatalf("MintLink: %v", err)
	}
	reset, err := s.MintLink(t.Context(), account.ID, staff.Reset)
	if err != nil {
		t.Fatalf("MintLink: %v", err)
	}
	c.Pass(time.Hour)
	if _, err := s.Link(t.Context(), reset); !errors.Is(err, fault.Gone) {
		t.Errorf("Link(reset) after an hour = %v, want Gone", err)
	}
	c.Pass(71*time.Hour - time.Second)
	if _, err := s.Link(t.Context(), invite); err != nil {
		t.Errorf("Link(invite) within 72 hours = %v, want it open", err)
	}
	c.Pass(time.Second)
	if _, err := s.Link(t.Context(), invite); !errors.Is(err, fault.Gone) {
		t.Errorf("Link(invite) after 72 hours = %v, want Gone", err)
	}
}

func TestFirstLeadLinkMakesOneLead(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	older, err := s.FirstLeadLink(t.Context())
	if err != nil || older == "" {
		t.Fatalf("FirstLeadLink = %q, %v, want a link", older, err)
	}
	token, err := s.FirstLeadLink(t.Context())
	if err != nil || token == "" {
		t.Fatalf("FirstLeadLink = %q, %v, want a link", token, err)
	}
	if _, err := s.Link(t.Context(), older); !errors.Is(err, fault.Gone) {
		t.Errorf("Link(older) = %v, want Gone", err)
	}
	link, err := s.Link(t.Context(), token)
	if err != nil || link.Purpose != staff.FirstLead || link.Account.ID != "" {
		t.Fatalf("Link = %+v, %v, want a first-lead link without an account", link, err)
	}
	if errs := (staff.Credentials{Password: password}).Validate(link); errs.For("name") == "" || errs.For("email") == "" {
		t.Errorf("Validate = %v, want it to ask for name and email", errs)
	}
	lead, err := s.UseLink(t.Context(), staff.By{Address: home}, token,
		staff.Credentials{Name: "Ada Byron", Email: "Ada@example.org", Password: password})
	if err != nil || lead.Account.Role != staff.Lead || lead.Account.Email != "ada@example.org" {
		t.Fatalf("UseLink = %+v, %v, want a lead", lead, err)
	}
	if again, err := s.FirstLeadLink(t.Context()); err != nil || again != "" {
		t.Errorf("FirstLeadLink with a lead = %q, %v, want none", again, err)
	}
}

func TestFirstLeadLinkIsVoidOnceALeadCanSignIn(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	token, err := s.FirstLeadLink(t.Context())
	if err != nil {
		t.Fatalf("FirstLeadLink: %v", err)
	}
	mustJoin(t, s, "lead@example.org", staff.Lead)
	_, err = s.UseLink(t.Context(), staff.By{}, token, staff.Credentials{Name: "Eve", Email: "eve@example.org", Password: password})
	if !errors.Is(err, fault.Gone) {
		t.Errorf("UseLink with a lead = %v, want Gone", err)
	}
}

func TestFirstLeadMayTakeAnAccountOver(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	invited := mustAdd(t, s, "ada@example.org", staff.Viewer)
	token, err := s.FirstLeadLink(t.Context())
	if err != nil {
		t.Fatalf("FirstLeadLink: %v", err)
	}
	lead, err := s.UseLink(t.Context(), staff.By{}, token, staff.Credentials{Name: "Ada", Email: "ada@example.org", Password: password})
	if err != nil || lead.Account.ID != invited.ID || lead.Account.Role != staff.Lead {
		t.Errorf("UseLink = %+v, %v, want the same account as a lead", lead, err)
	}
}

func TestLinkPressedByManyAtOnceIsUsedOnce(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	token, err := s.FirstLeadLink(t.Context())
	if err != nil {
		t.Fatalf("FirstLeadLink: %v", err)
	}
	var used, gone atomic.Int32
	var group sync.WaitGroup
	start := make(chan struct{})
	for range 8 {
		group.Go(func() {
			<-start
			_, err := s.UseLink(t.Context(), staff.By{Address: home}, token,
				staff.Credentials{Name: "Ada Byron", Email: "ada@example.org", Password: password})
			switch {
			case err == nil:
				used.Add(1)
			case errors.Is(err, fault.Gone):
				gone.Add(1)
			default:
				t.Errorf("UseLink = %v, want used or Gone", err)
			}
		})
	}
	close(start)
	group.Wait()
	if used.Load() != 1 || gone.Load() != 7 {
		t.Errorf("used %d times and gone %d times, want 1 and 7", used.Load(), gone.Load())
	}
}

func TestResetIsMailedToAccountsInUseAlone(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	disabled := mustJoin(t, s, "gone@example.org", staff.Reviewer)
	if err := s.Disable(t.Context(), staff.By{}, disabled.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	for _, email := range []string{"Sam@example.org", "gone@example.org", "nobody@example.org"} {
		if err := s.RequestReset(t.Context(), staff.By{Address: home}, email); err != nil {
			t.Errorf("RequestReset(%s) = %v, want the same answer for everybody", email, err)
		}
	}
	var subjects []string
	err := pool.QueryRow(t.Context(), `select array_agg(subject_id) from mail where kind = 'staff-reset'`).Scan(&subjects)
	if err != nil || len(subjects) != 1 || subjects[0] != account.ID {
		t.Errorf("resets were mailed for %v, %v, want %s alone", subjects, err, account.ID)
	}
}

func TestAskingForResetsIsSlowedDown(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newStore(postgrestest.NewDatabase(t), c)
	var wait *fault.WaitError
	for range 3 {
		if err := s.RequestReset(t.Context(), staff.By{Address: home}, "nobody@example.org"); err != nil {
			t.Fatalf("RequestReset: %v", err)
		}
	}
	// The fourth is let through and starts the wait.
	if err := s.RequestReset(t.Context(), staff.By{Address: home}, "nobody@example.org"); err != nil {
		t.Fatalf("RequestReset: %v", err)
	}
	err := s.RequestReset(t.Context(), staff.By{Address: elsewhere}, "nobody@example.org")
	if !errors.Is(err, fault.Limited) || !errors.As(err, &wait) || wait.After != time.Minute {
		t.Errorf("RequestReset(5th) = %v, want Limited for a minute", err)
	}
	c.Pass(time.Minute)
	if err := s.RequestReset(t.Context(), staff.By{Address: home}, "nobody@example.org"); err != nil {
		t.Errorf("RequestReset a minute later = %v, want nil", err)
	}
}

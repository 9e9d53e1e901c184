package staff_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

func TestAddedAccountIsFoundHoweverItsAddressIsWritten(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	added := mustAdd(t, s, " Sam.Rivers@Example.NHS.uk ", staff.Reviewer)
	if added.Email != "sam.rivers@example.nhs.uk" || added.HasPassword || added.Disabled() || added.Epoch != 1 {
		t.Errorf("Add = %+v, want a lower-case address, no password, epoch 1", added)
	}
	byEmail, err := s.ByEmail(t.Context(), "SAM.RIVERS@example.nhs.uk")
	if err != nil || byEmail.ID != added.ID {
		t.Errorf("ByEmail = %v, %v, want the added account", byEmail.ID, err)
	}
	byID, err := s.ByID(t.Context(), added.ID)
	if err != nil || byID.Email != added.Email {
		t.Errorf("ByID = %v, %v, want the added account", byID.Email, err)
	}
}

func TestSecondAccountWithAnAddressIsRefused(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	mustAdd(t, s, "sam@example.org", staff.Viewer)
	_, err := s.Add(t.Context(), staff.By{}, staff.NewAccount{Email: "SAM@example.org", Name: "Other", Role: staff.Lead})
	if !errors.Is(err, staff.ErrEmailTaken) {
		t.Errorf("Add(same address) = %v, want ErrEmailTaken", err)
	}
}

func TestNewAccountNeedsNameAddressAndRole(t *testing.T) {
	t.Parallel()
	errs := staff.NewAccount{Email: "not an address", Role: "owner"}.Validate()
	for _, field := range []string{"name", "email", "role"} {
		if errs.For(field) == "" {
			t.Errorf("Validate says nothing about %s", field)
		}
	}
	s := newStore(postgrestest.NewDatabase(t), newClock())
	if _, err := s.Add(t.Context(), staff.By{}, staff.NewAccount{}); !errors.Is(err, fault.Invalid) {
		t.Errorf("Add(nothing) = %v, want Invalid", err)
	}
}

func TestUnknownAccountIsNotFound(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	for _, id := range []string{"", "1", "00000000-0000-0000-0000-000000000000"} {
		if _, err := s.ByID(t.Context(), id); !errors.Is(err, fault.NotFound) {
			t.Errorf("ByID(%q) = %v, want NotFound", id, err)
		}
		if err := s.Disable(t.Context(), staff.By{}, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Disable(%q) = %v, want NotFound", id, err)
		}
	}
}

func TestListPutsDisabledAccountsLast(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	first := mustAdd(t, s, "a@example.org", staff.Viewer)
	second := mustAdd(t, s, "b@example.org", staff.Viewer)
	if err := s.Disable(t.Context(), staff.By{}, first.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	list, err := s.List(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != second.ID || !list[1].Disabled() {
		t.Errorf("List = %v, %v, want the disabled account last", list, err)
	}
	if err := s.Enable(t.Context(), staff.By{}, first.ID); err != nil {
		t.Fatalf("Enable: %v", err)
	}
	if again, err := s.ByID(t.Context(), first.ID); err != nil || again.Disabled() {
		t.Errorf("an enabled account is disabled = %v, %v", again.Disabled(), err)
	}
}

func TestLastLeadWhoCanSignInStays(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	lead := mustJoin(t, s, "lead@example.org", staff.Lead)
	mustAdd(t, s, "invited@example.org", staff.Lead)
	if err := s.Disable(t.Context(), staff.By{}, lead.ID); !errors.Is(err, staff.ErrLastLead) {
		t.Errorf("Disable(last lead) = %v, want ErrLastLead", err)
	}
	if err := s.SetRole(t.Context(), staff.By{}, lead.ID, staff.Viewer); !errors.Is(err, staff.ErrLastLead) {
		t.Errorf("SetRole(last lead) = %v, want ErrLastLead", err)
	}
	if n, err := s.CountLeadsWhoCanSignIn(t.Context()); err != nil || n != 1 {
		t.Errorf("CountLeadsWhoCanSignIn = %d, %v, want 1", n, err)
	}
	mustJoin(t, s, "second@example.org", staff.Lead)
	if err := s.SetRole(t.Context(), staff.By{}, lead.ID, staff.Viewer); err != nil {
		t.Errorf("SetRole with another lead = %v, want nil", err)
	}
}

func TestDisablingEndsSessionsAndLinks(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	token, _, err := s.NewLink(t.Context(), staff.By{}, account.ID)
	if err != nil {
		t.Fatalf("NewLink: %v", err)
	}
	if err := s.Disable(t.Context(), staff.By{}, account.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	after, err := s.ByID(t.Context(), account.ID)
	if err != nil || after.Epoch <= account.Epoch || after.CanSignIn() {
		t.Errorf("after Disable epoch = %d (was %d), can sign in = %v, %v", after.Epoch, account.Epoch, after.CanSignIn(), err)
	}
	if _, err := s.Link(t.Context(), token); !errors.Is(err, fault.Gone) {
		t.Errorf("Link of a disabled account = %v, want Gone", err)
	}
	if _, _, err := s.NewLink(t.Context(), staff.By{}, account.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("NewLink for a disabled account = %v, want Conflict", err)
	}
	if _, err := s.SignIn(t.Context(), staff.By{Address: home}, account.Email, password); !errors.Is(err, staff.ErrWrong) {
		t.Errorf("SignIn of a disabled account = %v, want ErrWrong", err)
	}
}

// TestAnImportHoldsNoAccountUp changes somebody to whom a transaction under way
// points, as an import of their cases does for minutes.
func TestAnImportHoldsNoAccountUp(t *testing.T) {
	t.Parallel()
	pool, clock := postgrestest.NewDatabase(t), newClock()
	s := newStore(pool, clock)
	mustJoin(t, s, "lead@example.org", staff.Lead)
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	clock.Pass(time.Minute)
	importing, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = importing.Rollback(context.WithoutCancel(t.Context())) }()
	if _, err := importing.Exec(t.Context(), `select from staff_account where id = $1 for key share`, account.ID); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // it waits for ever otherwise
	defer cancel()
	begun, err := s.SignIn(ctx, staff.By{Address: home}, account.Email, password)
	if err == nil {
		_, err = s.UseCode(ctx, staff.By{Address: home}, begun, stafftest.Code(t, account.ID))
	}
	if err != nil {
		t.Errorf("signing in = %v, want nil", err)
	}
	token, _, err := s.NewLink(ctx, staff.By{}, account.ID)
	if err == nil {
		_, err = s.UseLink(ctx, staff.By{Address: home}, token, staff.Credentials{Password: password})
	}
	if err != nil {
		t.Errorf("using a link = %v, want nil", err)
	}
	if err := s.SetRole(ctx, staff.By{}, account.ID, staff.Viewer); err != nil {
		t.Errorf("SetRole() = %v, want nil", err)
	}
	if err := s.ResetSecondFactor(ctx, staff.By{}, account.ID); err != nil {
		t.Errorf("ResetSecondFactor() = %v, want nil", err)
	}
	if err := s.Disable(ctx, staff.By{}, account.ID); err != nil {
		t.Errorf("Disable() = %v, want nil", err)
	}
}

func TestSearchIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	s := newStore(postgrestest.NewDatabase(t), newClock())
	mine, other := mustAdd(t, s, "a@example.org", staff.Lead), mustAdd(t, s, "b@example.org", staff.Lead)
	id, err := s.KeepSearch(t.Context(), mine.ID, "Okafor")
	if err != nil {
		t.Fatalf("KeepSearch: %v", err)
	}
	if text, err := s.Search(t.Context(), mine.ID, id); err != nil || text != "Okafor" {
		t.Errorf("Search by its owner = %q, %v, want Okafor", text, err)
	}
	for _, c := range []struct{ account, id string }{{other.ID, id}, {mine.ID, "x"}, {mine.ID, mine.ID}} {
		if _, err := s.Search(t.Context(), c.account, c.id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Search(%v) = %v, want NotFound", c, err)
		}
	}
}

func TestChangesAreInTheAuditWithoutPersonalValues(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(pool, newClock())
	account := mustJoin(t, s, "sam@example.org", staff.Reviewer)
	by := staff.By{ActorID: account.ID, RequestID: "r1", Address: home}
	if _, err := s.SignIn(t.Context(), by, "sam@example.org", "wrong"); !errors.Is(err, staff.ErrWrong) {
		t.Fatalf("SignIn(wrong) = %v, want ErrWrong", err)
	}
	if err := s.SignOut(t.Context(), by, mustSignIn(t, s, account)); err != nil {
		t.Fatalf("SignOut: %v", err)
	}
	rows, err := audit.List(t.Context(), pool, audit.Filter{}, 100)
	if err != nil {
		t.Fatalf("List: %v", err)
	}
	var got []string
	for _, row := range slices.Backward(rows) {
		got = append(got, row.Action+" "+row.Outcome)
		if row.SubjectID != account.ID {
			t.Errorf("%s is about %q, want the account's id", row.Action, row.SubjectID)
		}
	}
	want := []string{"staff.add done", "link.make done", "link.use done", "password.set done", "factor.add done", "session.start done",
		"password.check refused", "password.check done", "session.start done", "session.end done"}
	if !slices.Equal(got, want) {
		t.Errorf("audit = %q, want %q", got, want)
	}
}

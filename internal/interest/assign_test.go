package interest_test

import (
	"context"
	"errors"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

// mustAccount adds a member of staff with a role and gives their account's id.
func mustAccount(t testing.TB, db postgres.DB, name string, role staff.Role) string {
	t.Helper()
	var id string
	if err := db.QueryRow(context.Background(), `
		insert into staff_account (email, name, role, created_at) values (lower($1) || '@example.org', $1, $2, $3)
		returning id::text`, name, role, noon).Scan(&id); err != nil {
		t.Fatalf("adding %s: %v", name, err)
	}
	return id
}

func TestACaseGoesFromHandToHandAndTheTimelineSaysSo(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	ada, ben := mustAccount(t, tx, "Ada", staff.Reviewer), mustAccount(t, tx, "Ben", staff.Lead)
	for i, to := range []string{ada, ben, ben, ""} {
		now, err := store.ByReference(ctx, c.Reference)
		if err != nil {
			t.Fatalf("ByReference() = %v", err)
		}
		one := interest.Assignment{Reference: c.Reference, Version: now.Version, To: to, Nonce: string(rune('a' + i))}
		for range 2 { // a double click
			if err := store.Assign(ctx, by, one); err != nil {
				t.Fatalf("Assign(%q) = %v", to, err)
			}
		}
	}
	got, err := store.ByReference(ctx, c.Reference)
	if err != nil || got.AssigneeID != "" || got.Version != 4 || len(got.Events) != 4 {
		t.Fatalf("after 4 forms: assignee %q, version %d, %d events, %v; want nobody, 4, 4", got.AssigneeID, got.Version, len(got.Events), err)
	}
	for i, want := range [][2]string{{ben, ""}, {ada, ben}, {"", ada}} {
		if e := got.Events[i]; e.Kind != interest.EventAssigned || e.FromAssignee != want[0] || e.ToAssignee != want[1] || e.ActorID != reviewer {
			t.Errorf("event %d = %+v, want from %q to %q", i, e, want[0], want[1])
		}
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.assign' and subject_id = $1`, c.ID); n != 3 {
		t.Errorf("%d audit rows, want 3", n)
	}
}

func TestOnlyWhoWorksOnCasesIsGivenOne(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	gone := mustAccount(t, tx, "Gone", staff.Lead)
	if _, err := tx.Exec(ctx, `update staff_account set disabled_at = $2 where id = $1`, gone, noon); err != nil {
		t.Fatalf("disabling: %v", err)
	}
	for what, to := range map[string]string{
		"a viewer": mustAccount(t, tx, "Vic", staff.Viewer), "an editor": mustAccount(t, tx, "Eve", staff.Editor),
		"somebody disabled": gone, "nobody known": reviewer, "no id": "'; drop table event; --",
	} {
		err := store.Assign(ctx, by, interest.Assignment{Reference: c.Reference, Version: 1, To: to, Nonce: what})
		if !errors.Is(err, interest.ErrAssignee) || !errors.Is(err, fault.Invalid) {
			t.Errorf("Assign(%s) = %v, want ErrAssignee", what, err)
		}
	}
	err := store.Assign(ctx, by, interest.Assignment{Reference: c.Reference, Version: 7, To: "", Nonce: "stale"})
	if !errors.Is(err, interest.ErrCaseChanged) {
		t.Errorf("Assign(stale) = %v, want ErrCaseChanged", err)
	}
	if got, _ := store.ByReference(ctx, c.Reference); got.AssigneeID != "" || len(got.Events) != 1 {
		t.Errorf("after refusals: assignee %q, %d events; want nobody, 1", got.AssigneeID, len(got.Events))
	}
}

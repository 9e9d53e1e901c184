package interest_test

import (
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/suspect"
)

// later has a store's clock go on, as it does while somebody fills in a form.
func later(store *interest.Store, d time.Duration) {
	now := store.Now()
	store.Now = func() time.Time { return now.Add(d) }
}

func TestWhatAProgramSendsIsSetAsideUntilAPersonRescuesIt(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	draft := mustDraft(t, store, newAnswers(t))
	later(store, time.Minute)
	for range 2 { // pressed twice: weighed once
		if err := store.Weigh(t.Context(), draft, true, somewhere); err != nil {
			t.Fatalf("Weigh() = %v", err)
		}
	}
	receipt, err := store.Send(t.Context(), draft.ID, draft.Revision, "r")
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	again, err := store.Send(t.Context(), draft.ID, draft.Revision, "r")
	if err != nil || again != receipt {
		t.Errorf("Send(again) = %v, %v, want the same reference: a program learns nothing", again, err)
	}
	c := mustRead(t, store, receipt.Reference)
	if c.Suspicion != suspect.Trap || c.SetAsideAt == nil || len(c.Mails) != 0 {
		t.Fatalf("case = %q, set aside %v, %d mails, want it set aside and nobody written to", c.Suspicion, c.SetAsideAt, len(c.Mails))
	}
	if owed, err := store.OweConfirmations(t.Context()); err != nil || len(owed) != 0 {
		t.Errorf("OweConfirmations() = %v, %v, want none owed", owed, err)
	}
	lists := func(aside bool) int {
		page, err := store.List(t.Context(), interest.Filter{SetAside: aside})
		if err != nil {
			t.Fatalf("List() = %v", err)
		}
		return page.Total
	}
	if lists(false) != 0 || lists(true) != 1 {
		t.Errorf("%d cases and %d set aside, want 0 and 1", lists(false), lists(true))
	}
	rescue := interest.Turning{Reference: c.Reference, Version: c.Version, Nonce: "a"}
	for range 2 {
		if err := store.Rescue(t.Context(), by, rescue); err != nil {
			t.Fatalf("Rescue() = %v", err)
		}
	}
	got := mustRead(t, store, c.Reference)
	if got.SetAsideAt != nil || len(got.Mails) != 1 || got.Events[0].Kind != interest.EventRescued || lists(false) != 1 {
		t.Errorf("rescued: set aside %v, %d mails, %+v, want it among the cases with its confirmation owed", got.SetAsideAt, len(got.Mails), got.Events[0])
	}
	rescue.Version, rescue.Nonce = got.Version, "b"
	if err := store.Rescue(t.Context(), by, rescue); !errors.Is(err, fault.Invalid) {
		t.Errorf("Rescue(a case) = %v, want it refused", err)
	}
}

func TestFormsAreWeighedByTimeAndNumber(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	weigh := func(email string, took time.Duration) suspect.Suspicion {
		t.Helper()
		answers := newAnswers(t)
		answers.Email.Address = email
		draft := mustDraft(t, store, answers)
		later(store, took)
		if err := store.Weigh(t.Context(), draft, false, somewhere); err != nil {
			t.Fatalf("Weigh() = %v", err)
		}
		draft, err := store.Draft(t.Context(), draft.ID)
		if err != nil {
			t.Fatalf("Draft() = %v", err)
		}
		return draft.Suspicion
	}
	if got := weigh("fast@example.com", 2*time.Second); got != suspect.Fast {
		t.Errorf("a form of 2 seconds is suspected of %q, want fast", got)
	}
	for n := range 5 {
		want := suspect.Suspicion("")
		if n > 3 {
			want = suspect.Often
		}
		if got := weigh("often@example.com", 5*time.Second); got != want {
			t.Errorf("form %d of one address is suspected of %q, want %q", n+1, got, want)
		}
	}
}

func TestWhatIsSetAsideIsDeletedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	kept := mustSend(t, store, newAnswers(t))
	draft := mustDraft(t, store, newAnswers(t))
	if err := store.Weigh(t.Context(), draft, true, somewhere); err != nil {
		t.Fatalf("Weigh() = %v", err)
	}
	receipt, err := store.Send(t.Context(), draft.ID, draft.Revision, "r")
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	for _, one := range []struct {
		before time.Time
		gone   int64
	}{{noon, 0}, {noon.Add(time.Second), 1}} {
		if gone, err := store.PurgeSetAside(t.Context(), one.before); err != nil || gone != one.gone {
			t.Errorf("PurgeSetAside(%s) = %d, %v, want %d", one.before, gone, err, one.gone)
		}
	}
	if _, err := store.ByReference(t.Context(), receipt.Reference); !errors.Is(err, fault.NotFound) {
		t.Errorf("ByReference(deleted) = %v, want NotFound", err)
	}
	mustRead(t, store, kept.Reference)
	if n := count(t, tx, `select count(*) from erased_expression`); n != 0 {
		t.Errorf("%d are counted, want none: nobody sent it", n)
	}
}

func TestWhatIsSetAsideIsNoHintOfADuplicate(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c, other := mustSend(t, store, newAnswers(t)), mustSend(t, store, newAnswers(t))
	if _, err := tx.Exec(t.Context(), `update expression set suspicion = 'fast', set_aside_at = received_at where id = $1`, other.ID); err != nil {
		t.Fatalf("setting a case aside: %v", err)
	}
	for e, want := range map[*interest.Expression]int{&c.Expression: 0, &other.Expression: 1} {
		if d, err := store.DuplicatesOf(t.Context(), *e); err != nil || d.Total != want {
			t.Errorf("DuplicatesOf(%s) = %d, %v, want %d", e.Reference, d.Total, err, want)
		}
	}
}

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
	how := interest.Press{Trapped: true, From: somewhere}
	if _, err := store.SendWarily(t.Context(), draft.ID, draft.Revision-1, "r", how); !errors.Is(err, interest.ErrChanged) {
		t.Fatalf("SendWarily(before it was checked) = %v, want ErrChanged", err)
	}
	receipt, err := store.SendWarily(t.Context(), draft.ID, draft.Revision, "r", how)
	if err != nil {
		t.Fatalf("SendWarily() = %v", err)
	}
	again, err := store.SendWarily(t.Context(), draft.ID, draft.Revision, "r", interest.Press{From: somewhere})
	if err != nil || again != receipt {
		t.Errorf("SendWarily(again) = %v, %v, want the same reference: a program learns nothing", again, err)
	}
	c := mustRead(t, store, receipt.Reference)
	if c.Suspicion != suspect.Trap || c.SetAsideAt == nil || len(c.Mails) != 0 {
		t.Fatalf("case = %q, set aside %v, %d mails, want it set aside and nobody written to", c.Suspicion, c.SetAsideAt, len(c.Mails))
	}
	for what, refused := range map[string]error{
		"Move": store.Move(t.Context(), by, interest.Move{Reference: c.Reference, Version: c.Version, To: interest.InReview, Nonce: "m"}),
		"Ask":  store.Ask(t.Context(), by, interest.Asking{Reference: c.Reference, Version: c.Version, Message: "Who are you?", Nonce: "q"}),
	} {
		if !errors.Is(refused, fault.Invalid) {
			t.Errorf("%s(a case that is set aside) = %v, want it refused", what, refused)
		}
	}
	if err := store.FindTracks(t.Context(), "zoe@example.com", somewhere); err != nil {
		t.Fatalf("FindTracks() = %v", err)
	}
	if n := count(t, tx, `select count(*) from mail`); n != 0 {
		t.Errorf("%d mails are owed about what is set aside, want none", n)
	}
	if owed, err := store.OweConfirmations(t.Context()); err != nil || len(owed) != 0 {
		t.Errorf("OweConfirmations() = %v, %v, want none owed", owed, err)
	}
	lists := func(aside bool) int {
		page, err := store.List(t.Context(), interest.Filter{Tab: map[bool]interest.Tab{true: interest.SetAside}[aside]})
		if err != nil {
			t.Fatalf("List() = %v", err)
		}
		return page.Found
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
		receipt, err := store.SendWarily(t.Context(), draft.ID, draft.Revision, "r", interest.Press{From: somewhere})
		if err != nil {
			t.Fatalf("SendWarily() = %v", err)
		}
		return mustRead(t, store, receipt.Reference).Suspicion
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
	receipt, err := store.SendWarily(t.Context(), draft.ID, draft.Revision, "r", interest.Press{Trapped: true, From: somewhere})
	if err != nil {
		t.Fatalf("SendWarily() = %v", err)
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

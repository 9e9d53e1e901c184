package interest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestWarningsAreOwedAWeekAndADayBeforeAndNeverTwice(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	now := noon
	store.Now = func() time.Time { return now }
	draft := mustBegin(t, store, "zoe@example.com")
	if _, err := store.NewDraft(ctx); err != nil { // one without an address
		t.Fatalf("NewDraft() = %v", err)
	}
	sent := mustDraft(t, store, newAnswers(t))
	if _, err := store.Send(ctx, sent.ID, sent.Revision, ""); err != nil {
		t.Fatalf("Send() = %v", err)
	}
	owed := func() int {
		return count(t, store.DB, `select count(*) from mail where kind = 'draft-expires' and subject_id = $1`, draft.ID)
	}
	day := 24 * time.Hour
	for _, step := range []struct {
		left time.Duration
		want int
	}{{8 * day, 0}, {7 * day, 1}, {6 * day, 1}, {day + time.Minute, 1}, {day, 2}, {time.Hour, 2}, {0, 2}} {
		now = draft.ExpiresAt.Add(-step.left)
		for range 2 {
			if _, err := store.WarnExpiring(ctx); err != nil {
				t.Fatalf("WarnExpiring() = %v", err)
			}
		}
		if got := owed(); got != step.want {
			t.Errorf("%v before the end %d warnings are owed, want %d", step.left, got, step.want)
		}
	}
	if n := count(t, store.DB, `select count(*) from mail where kind = 'draft-expires'`); n != 2 {
		t.Errorf("%d warnings are owed to all, want those 2", n)
	}
}

func TestAChangeAfterAWarningBringsANewOneForTheNewDay(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	now := noon
	store.Now = func() time.Time { return now }
	draft := mustBegin(t, store, "zoe@example.com")
	now = draft.ExpiresAt.Add(-6 * 24 * time.Hour)
	if n, err := store.WarnExpiring(ctx); n != 1 || err != nil {
		t.Fatalf("WarnExpiring() = %d, %v, want 1 draft", n, err)
	}
	changed, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "Zoë"})
	if err != nil {
		t.Fatalf("SaveAnswer() = %v", err)
	}
	if _, _, err := store.MintWarningLink(ctx, draft.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("MintWarningLink(of a draft that was changed since) = %v, want Conflict", err)
	}
	now = changed.ExpiresAt.Add(-6 * 24 * time.Hour)
	if _, err := store.WarnExpiring(ctx); err != nil {
		t.Fatalf("WarnExpiring() = %v", err)
	}
	if n := count(t, store.DB, `select count(*) from mail where kind = 'draft-expires'`); n != 2 {
		t.Errorf("%d warnings are owed, want one for each day", n)
	}
	if token, link, err := store.MintWarningLink(ctx, draft.ID); err != nil || token == "" || !link.ExpiresAt.Equal(changed.ExpiresAt) {
		t.Errorf("MintWarningLink() = %v until %v, want a link until the draft ends", err, link.ExpiresAt)
	}
}

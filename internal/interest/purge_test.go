package interest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestEndedExpressionsAreErasedAfterTheirTimeAndOthersStay(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	open, ended := mustSend(t, store, newAnswers(t)), mustSend(t, store, newAnswers(t))
	decline := interest.Move{Reference: ended.Reference, Version: 1, To: interest.Declined, Reason: "no-capacity", Note: "Sorry.", Nonce: "a"}
	if err := store.Move(ctx, by, decline); err != nil {
		t.Fatalf("Move(declined) = %v", err)
	}
	at := store.Now()
	for _, test := range []struct {
		now  time.Time
		want int64
	}{
		{at.AddDate(0, 12, 0), 0}, // to the day
		{at.AddDate(0, 12, 0).Add(time.Minute), 1},
		{at.AddDate(5, 0, 0), 0}, // the open one is never too old
	} {
		if n, err := store.PurgeEnded(ctx, test.now.AddDate(0, -12, 0)); n != test.want || err != nil {
			t.Errorf("PurgeEnded(%s) = %d, %v, want %d", test.now, n, err, test.want)
		}
	}
	if _, err := store.ByReference(ctx, ended.Reference); !errors.Is(err, interest.ErrErased) {
		t.Errorf("ByReference(ended) = %v, want ErrErased", err)
	}
	if n := count(t, tx, `select count(*) from event_detail where note = 'Sorry.'`); n != 0 {
		t.Errorf("%d notes of the ended case are left, want none", n)
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.erase' and actor_kind = 'system' and subject_id = $1`, ended.ID); n != 1 {
		t.Errorf("%d rows of the audit say that it was erased, want 1", n)
	}
	if _, err := store.ByReference(ctx, open.Reference); err != nil {
		t.Errorf("ByReference(open) = %v, want it kept", err)
	}
}

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

func TestEndedExpressionsGoAfterTwelveMonthsAndOthersStay(t *testing.T) {
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
		store.Now = func() time.Time { return test.now }
		if n, err := store.PurgeEnded(ctx); n != test.want || err != nil {
			t.Errorf("PurgeEnded(%s) = %d, %v, want %d", test.now, n, err, test.want)
		}
	}
	if _, err := store.ByReference(ctx, ended.Reference); !errors.Is(err, fault.NotFound) {
		t.Errorf("ByReference(ended) = %v, want NotFound", err)
	}
	if n := count(t, tx, `select count(*) from event_detail where note = 'Sorry.'`); n != 0 {
		t.Errorf("%d notes of the ended case are left, want none", n)
	}
	if _, err := store.ByReference(ctx, open.Reference); err != nil {
		t.Errorf("ByReference(open) = %v, want it kept", err)
	}
}

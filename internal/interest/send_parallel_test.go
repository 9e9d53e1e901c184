package interest_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestNothingIsLostOrDoubledWhenEachFormIsSentFiftyTimesAtOnce(t *testing.T) {
	t.Parallel()
	const senders = 50
	forms, pool := interesttest.Fewer(2000), postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	draft := mustDraft(t, store, newAnswers(t))
	copies := interesttest.Copies(t, pool, draft.ID, forms)
	shown := make([]string, forms)
	began := time.Now()
	for i, id := range copies {
		shown[i] = sendAtOnce(t, store, id, draft.Revision, senders)
	}
	interesttest.Check(t, pool, shown).Log(t, "each form sent 50 times at once", forms*senders, began)
}

// sendAtOnce sends a draft so many times at once and gives the one reference
// that everybody was answered with.
func sendAtOnce(t *testing.T, store *interest.Store, draftID string, revision, senders int) string {
	t.Helper()
	references, errs := make([]string, senders), make([]error, senders)
	barrier := make(chan struct{})
	var done sync.WaitGroup
	for i := range senders {
		done.Go(func() {
			<-barrier
			receipt, err := store.Send(context.Background(), draftID, revision, "")
			references[i], errs[i] = receipt.Reference, err
		})
	}
	close(barrier)
	done.Wait()
	for i := range senders {
		if errs[i] != nil || references[i] != references[0] || references[i] == "" {
			t.Errorf("sender %d got %q, %v, want %q", i, references[i], errs[i], references[0])
		}
	}
	return references[0]
}

package job_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestNothingIsLostOrDoubledWhilePostgresIsRestartedThreeTimes(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	p, began := startOn(t, pool, 30*time.Second), time.Now()
	draft := p.draft(t)
	r := rush{portal: p, revision: draft.Revision, ids: interesttest.Copies(t, pool, draft.ID, interesttest.Fewer(1000))}
	r.shown = make([]atomic.Pointer[string], len(r.ids))
	var senders sync.WaitGroup
	for range 8 {
		senders.Go(func() { r.run(t) })
	}
	const restarts = 3
	for n := range restarts {
		for int(r.next.Load()) < twice*len(r.ids)*(n+1)/(restarts+1) {
			time.Sleep(time.Millisecond)
		}
		if err := database.Restart(t.Context()); err != nil {
			t.Errorf("Restart() = %v", err)
		}
	}
	if int(r.next.Load()) >= twice*len(r.ids) {
		t.Error("everything was sent before the last restart: the test shows less than it says")
	}
	senders.Wait()
	p.settle(t)
	var shown []string
	for i := range r.shown {
		shown = append(shown, *r.shown[i].Load())
	}
	interesttest.CheckMails(t, pool, shown, p.server.Received()).Log(t, "Postgres restarted three times", int(r.sends.Load()), began)
}

// twice is how often each form of a rush is sent, by two senders at once.
const twice = 2

// rush is many forms that are sent at once until each was taken.
type rush struct {
	portal
	revision int
	ids      []string
	next     atomic.Int64
	sends    atomic.Int64
	shown    []atomic.Pointer[string]
}

// run takes the next form, until there is none, and sends it until an answer
// is clear.
func (r *rush) run(t *testing.T) {
	for {
		i := int(r.next.Add(1)-1) / twice
		if i >= len(r.ids) {
			return
		}
		reference, err := "", fault.Unavailable
		for errors.Is(err, fault.Unavailable) {
			r.sends.Add(1)
			receipt, failure := r.interest.Send(context.Background(), r.ids[i], r.revision, "")
			reference, err = receipt.Reference, failure
		}
		if err != nil {
			t.Errorf("Send() while Postgres restarts = %v, want nil or Unavailable", err)
		}
		if before := r.shown[i].Swap(&reference); before != nil && *before != reference {
			t.Errorf("form %d became %s and %s", i, *before, reference)
		}
	}
}

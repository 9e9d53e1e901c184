package interest_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// killer ends the connections that are at work in a database. It is of the
// serving role, which may end its own.
type killer struct{ conn *pgx.Conn }

func newKiller(t testing.TB, pool *pgxpool.Pool) killer {
	t.Helper()
	conn, err := pgx.ConnectConfig(context.Background(), pool.Config().ConnConfig)
	if err != nil {
		t.Fatalf("connecting: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return killer{conn}
}

// enough connections to kill: each costs the senders a pause.
const enough = 25

// run kills a connection every few milliseconds, until it is told to stop or
// killed enough, and gives how many it killed.
func (k killer) run(stop <-chan struct{}) int {
	kills := 0
	for kills < enough {
		select {
		case <-stop:
			return kills
		case <-time.After(5 * time.Millisecond):
		}
		var n int
		_ = k.conn.QueryRow(context.Background(), `
			select count(*) filter (where pg_terminate_backend(pid)) from (
				select pid from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
				order by random() limit 1) victim`).Scan(&n)
		kills += n
	}
	<-stop
	return kills
}

func TestSendSurvivesItsConnectionsBeingKilled(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store, killer := newStore(t, pool), newKiller(t, pool)
	const forms = 60
	var drafts []interest.Draft
	for range forms {
		drafts = append(drafts, mustDraft(t, store, newAnswers(t)))
	}
	stop, killed := make(chan struct{}), make(chan int)
	go func() { killed <- killer.run(stop) }()
	references := make([]atomic.Pointer[string], forms)
	var done sync.WaitGroup
	limit := make(chan struct{}, 6)
	for i, draft := range drafts {
		for range 2 {
			limit <- struct{}{}
			done.Go(func() {
				defer func() { <-limit }()
				for try := 0; try < 50; try++ {
					receipt, err := store.Send(context.Background(), draft.ID, draft.Revision, "")
					if err == nil {
						if old := references[i].Swap(&receipt.Reference); old != nil && *old != receipt.Reference {
							t.Errorf("draft %d became %s and %s", i, *old, receipt.Reference)
						}
						return
					}
					if !errors.Is(err, fault.Unavailable) {
						t.Errorf("Send() while connections die = %v, want nil or Unavailable", err)
						return
					}
				}
				t.Error("Send() never came through")
			})
		}
	}
	done.Wait()
	close(stop)
	if n := <-killed; n == 0 {
		t.Error("no connection was killed: the test shows nothing")
	} else {
		t.Logf("%d connections killed", n)
	}
	checkCounts(t, pool, forms)
	for i, draft := range drafts {
		got, err := store.Draft(context.Background(), draft.ID)
		if want := references[i].Load(); err != nil || want == nil || got.Reference != *want {
			t.Errorf("draft %d became %q, %v, want the reference that was answered", i, got.Reference, err)
		}
	}
}

// BenchmarkSend sends forms one after the other to a server that waits for its
// disk, as in production.
func BenchmarkSend(b *testing.B) {
	_, pool := postgrestest.NewServer(b)
	store := newStore(b, pool)
	answers := newAnswers(b)
	drafts := make([]interest.Draft, b.N)
	for i := range drafts {
		drafts[i] = mustDraft(b, store, answers)
	}
	b.ResetTimer()
	for _, draft := range drafts {
		if _, err := store.Send(context.Background(), draft.ID, draft.Revision, ""); err != nil {
			b.Fatalf("Send() = %v", err)
		}
	}
}

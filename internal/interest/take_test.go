package interest_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// TestEachCaseIsTakenOnce has 50 people take from 1,000 cases at once until
// there are none.
func TestEachCaseIsTakenOnce(t *testing.T) {
	t.Parallel()
	const people, cases = 50, 1000
	pool := postgrestest.NewDatabase(t)
	s := newStore(t, pool)
	lead := newLead(t, pool)
	first := mustSend(t, s, newAnswers(t))
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatalf("Begin() = %v", err)
	}
	fill(t, tx, first.ID, cases-1)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatalf("Commit() = %v", err)
	}
	var all []string
	var mu sync.Mutex
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(people)
	for person := range people {
		done.Go(func() {
			ready.Done()
			<-start
			for i := 0; ; i++ {
				reference, err := s.TakeNext(t.Context(), lead, fmt.Sprint(person, " ", i))
				if errors.Is(err, interest.ErrNothingToTake) {
					return
				}
				if err != nil {
					t.Errorf("TakeNext() = %v", err)
					return
				}
				mu.Lock()
				all = append(all, reference)
				mu.Unlock()
			}
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	slices.Sort(all)
	if once := slices.Compact(slices.Clone(all)); len(all) != cases || len(once) != cases {
		t.Errorf("%d were taken, %d different ones, want %d each once", len(all), len(once), cases)
	}
	if n := count(t, pool, `select count(*) from event where kind = 'assigned'`); n != cases {
		t.Errorf("%d assignments in the timelines, want %d", n, cases)
	}
}

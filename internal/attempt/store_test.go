package attempt_test

import (
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestAttemptsAreCountedUntilTheyTurnOutRight(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	now := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	store := attempt.Store{DB: tx, Now: func() time.Time { return now }}
	counter := attempt.NewCounter(attempt.Limit{Free: 1, First: time.Minute, Longest: time.Hour}, "kind", "somebody")
	other := attempt.NewCounter(attempt.Limit{Free: 1, First: time.Minute, Longest: time.Hour, Afresh: true}, "kind", "somebody else")
	reserve := func(counters ...attempt.Counter) time.Duration {
		t.Helper()
		err := store.Reserve(t.Context(), counters...)
		var wait *fault.WaitError
		if err != nil && !errors.As(err, &wait) {
			t.Fatalf("Reserve() = %v", err)
		}
		if wait == nil {
			return 0
		}
		return wait.After
	}
	for i, want := range []time.Duration{0, 0, time.Minute, time.Minute} {
		if got := reserve(counter, other); got != want {
			t.Errorf("attempt %d waits %v, want %v", i+1, got, want)
		}
	}
	if err := attempt.Settle(t.Context(), tx, other); err != nil {
		t.Fatalf("Settle() = %v", err)
	}
	if got := reserve(other); got != 0 {
		t.Errorf("after settling it waits %v, want nothing", got)
	}
	now = now.Add(time.Minute)
	if got := reserve(counter); got != 0 {
		t.Errorf("after the wait it waits %v, want nothing", got)
	}
	now = now.Add(25 * time.Hour)
	if n, err := store.Purge(t.Context(), now.AddDate(0, 0, -1)); n != 2 || err != nil {
		t.Errorf("Purge() a day later = %d, %v, want both", n, err)
	}
}

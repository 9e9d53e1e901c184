package interest_test

import (
	"context"
	"sync"
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
)

func TestAConfirmationThatIsNotThereIsOwedOnce(t *testing.T) {
	t.Parallel()
	ctx, pool := context.Background(), postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	lacking, kept, old := mustSend(t, store, newAnswers(t)), mustSend(t, store, newAnswers(t)), mustSend(t, store, newAnswers(t))
	if ids, err := store.OweConfirmations(ctx); err != nil || len(ids) != 0 {
		t.Fatalf("OweConfirmations() = %v, %v, want none: sending owes it", ids, err)
	}
	if _, err := pool.Exec(ctx, `update expression set received_at = received_at - interval '29 days' where id = $1`, old.ID); err != nil {
		t.Fatalf("making an expression old: %v", err)
	}
	if _, err := pool.Exec(ctx, `delete from mail where subject_id <> $1`, kept.ID); err != nil {
		t.Fatalf("losing mails: %v", err)
	}
	barrier := make(chan struct{})
	var done sync.WaitGroup
	for range 10 {
		done.Go(func() {
			<-barrier
			if _, err := store.OweConfirmations(ctx); err != nil {
				t.Errorf("OweConfirmations() = %v", err)
			}
		})
	}
	close(barrier)
	done.Wait()
	for what, c := range map[string]struct {
		id   string
		want int
	}{"lost": {lacking.ID, 1}, "never lost": {kept.ID, 1}, "lost long ago": {old.ID, 0}} {
		if n := count(t, pool, `select count(*) from mail where kind = 'expression-received' and state = 'waiting' and subject_id = $1`, c.id); n != c.want {
			t.Errorf("%d mails where it was %s, want %d", n, what, c.want)
		}
	}
	if n := count(t, pool, `select count(*) from river_job j join mail m on m.id::text = j.args->>'mail_id' where m.subject_id = $1`, lacking.ID); n != 1 {
		t.Errorf("%d jobs for it, want 1", n)
	}
}

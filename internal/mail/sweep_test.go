package mail_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// owe enqueues a mail and gives its id.
func owe(t *testing.T, db postgres.DB) string {
	t.Helper()
	about := uuid.NewString()
	err := postgres.InTx(context.Background(), db, func(tx pgx.Tx) error {
		return mail.NewOutbox().Enqueue(context.Background(), tx, mail.StaffInvite, about)
	})
	if err != nil {
		t.Fatalf("Enqueue() = %v", err)
	}
	rows, err := (&mail.Store{DB: db}).About(context.Background(), about)
	if err != nil || len(rows) != 1 {
		t.Fatalf("About() = %d mails, %v, want 1", len(rows), err)
	}
	return rows[0].ID
}

func TestSweepFindsWaitingMailsWithoutALivingJob(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	want := map[string]bool{}
	for _, state := range []string{"available", "scheduled", "retryable", "running", "cancelled", "discarded", "completed"} {
		id := owe(t, tx)
		finalized := "null"
		if state == "cancelled" || state == "discarded" || state == "completed" {
			finalized, want[id] = "now()", true
		}
		if _, err := tx.Exec(ctx, fmt.Sprintf(`update river_job set state = '%s', finalized_at = %s where args->>'mail_id' = $1`, state, finalized), id); err != nil {
			t.Fatalf("making the job %s: %v", state, err)
		}
	}
	lost := owe(t, tx)
	want[lost] = true
	if _, err := tx.Exec(ctx, `delete from river_job where args->>'mail_id' = $1`, lost); err != nil {
		t.Fatalf("losing a job: %v", err)
	}
	ended := owe(t, tx)
	if err := (&mail.Store{DB: tx}).MarkRefused(ctx, ended, "smtp 550 permanent during recipient", time.Now()); err != nil {
		t.Fatalf("MarkRefused() = %v", err)
	}
	if _, err := tx.Exec(ctx, `delete from river_job where args->>'mail_id' = $1`, ended); err != nil {
		t.Fatalf("losing a job: %v", err)
	}
	before := jobs(t, tx)
	ids, err := mail.NewOutbox().Sweep(ctx, tx)
	if err != nil || len(ids) != len(want) {
		t.Fatalf("Sweep() = %v, %v, want the %d mails without a living job", ids, err, len(want))
	}
	for _, id := range ids {
		if !want[id] {
			t.Errorf("Sweep() gave mail %s another job, want its own left alone", id)
		}
	}
	if n := jobs(t, tx); n != before+len(want) {
		t.Errorf("%d jobs, want one more for each of the %d mails", n-before, len(want))
	}
	if ids, err := mail.NewOutbox().Sweep(ctx, tx); err != nil || len(ids) != 0 {
		t.Errorf("Sweep() again = %v, %v, want nothing left to find", ids, err)
	}
}

func TestTenSweepsAtOnceGiveAMailOneJob(t *testing.T) {
	t.Parallel()
	ctx, pool := context.Background(), postgrestest.NewDatabase(t)
	for range 20 {
		owe(t, pool)
	}
	if _, err := pool.Exec(ctx, `delete from river_job`); err != nil {
		t.Fatalf("losing the jobs: %v", err)
	}
	barrier := make(chan struct{})
	var done sync.WaitGroup
	for range 10 {
		done.Go(func() {
			<-barrier
			if _, err := mail.NewOutbox().Sweep(ctx, pool); err != nil {
				t.Errorf("Sweep() = %v", err)
			}
		})
	}
	close(barrier)
	done.Wait()
	var n, different int
	err := pool.QueryRow(ctx, `select count(*), count(distinct args->>'mail_id') from river_job where kind = 'mail'`).Scan(&n, &different)
	if err != nil || n != 20 || different != 20 {
		t.Errorf("%d jobs for %d mails, %v, want one for each of 20", n, different, err)
	}
}

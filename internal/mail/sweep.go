package mail

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"ahpfaculty/internal/postgres"
)

// sweepLock is the key of the advisory lock that lets one sweep at a time look
// for mails without a job: two would each give the same mail one.
const sweepLock = 7_260_342

// sweepAtMost keeps one sweep short; the next one goes on.
const sweepAtMost = 1000

// Sweep gives a new job to the waiting mails that none will ever send: their
// job's row is gone, or ended without sending. It gives the ids of the mails. A
// mail and its job stand or fall together, so that it finds nothing unless
// somebody, or something, interfered.
func (o Outbox) Sweep(ctx context.Context, db postgres.DB) ([]string, error) {
	var ids []string
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, sweepLock); err != nil {
			return err
		}
		// Its own statement, so that it sees what a sweep before it did.
		lost, err := postgres.List[struct{ ID string }](ctx, tx, `
			select m.id::text from mail m
			where m.state = 'waiting' and not exists (
				select from river_job j
				where j.kind = 'mail' and j.args @> jsonb_build_object('mail_id', m.id::text)
					and j.state not in ('completed', 'cancelled', 'discarded'))
			order by m.created_at, m.id limit $1`, sweepAtMost)
		if err != nil || len(lost) == 0 {
			return err
		}
		jobs := make([]river.InsertManyParams, 0, len(lost))
		for _, one := range lost {
			ids = append(ids, one.ID)
			jobs = append(jobs, river.InsertManyParams{Args: Job{MailID: one.ID}})
		}
		_, err = o.river.InsertManyFastTx(ctx, tx, jobs)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sweeping mails: %w", err)
	}
	return ids, nil
}

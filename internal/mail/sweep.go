package mail

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

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
		rows, err := tx.Query(ctx, `
			with lost as (
				select m.id from mail m
				where m.state = 'waiting' and not exists (
					select from river_job j
					where j.kind = 'mail' and j.args @> jsonb_build_object('mail_id', m.id::text)
						and j.state not in ('completed', 'cancelled', 'discarded'))
				order by m.created_at, m.id limit $1)
			`+insertJobs+` from lost returning args->>'mail_id'`, sweepAtMost)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sweeping mails: %w", err)
	}
	return ids, nil
}

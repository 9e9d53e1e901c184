package interest

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
)

// ErrNothingToTake is a queue in which no case waits for somebody to take it.
var ErrNothingToTake = fmt.Errorf("no case waits for somebody to take it: %w", fault.NotFound)

// selectNext locks the oldest case that is ours and nobody's; those that others
// take at this moment are passed over. Its condition and order are those of an
// index.
const selectNext = `
	select reference from expression
	where queue in ('ours', 'returner', 'on-hold') and queue = 'ours' and assignee_id is null
	order by assignee_id, received_at, id
	limit 1 for update skip locked`

// TakeNext gives the oldest case that needs us and that nobody has to whoever
// asks, and its reference: never the same one to two people. The same form again
// gives the same reference. Where none waits the error is ErrNothingToTake, and
// for somebody who may not have cases ErrAssignee.
func (s *Store) TakeNext(ctx context.Context, by By, nonce string) (string, error) {
	var reference string
	key := once.Key(nonce, "take", by.StaffID)
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// A double click waits for the first one, and sees what it took.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, key); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `
			select reference from event join expression on expression.id = expression_id where form_key = $1`, key).Scan(&reference)
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		err = tx.QueryRow(ctx, selectNext).Scan(&reference)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrNothingToTake
		}
		if err != nil {
			return err
		}
		l, err := postgres.One[locked](ctx, tx, selectLocked, reference)
		if err != nil {
			return err
		}
		if err := s.assign(ctx, tx, s.now(), by, l, by.StaffID, key); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.entry(actions[EventAssigned], l.ID, audit.Done))
	})
	if err != nil {
		return "", fmt.Errorf("taking the next case: %w", err)
	}
	return reference, nil
}

package interest

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// oweDays is how many days back OweConfirmations looks. Much later a
// confirmation would only puzzle, and what said that it went may be forgotten.
const oweDays = 28

// OweConfirmations owes the confirmation of every expression that came lately
// and for which none was ever owed, and gives the ids of those expressions.
// Send owes it in its own transaction, so that there should be none. Who comes
// from a spreadsheet sent no form that could be confirmed.
func (s *Store) OweConfirmations(ctx context.Context) ([]string, error) {
	var ids []string
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		lacking, err := postgres.List[struct{ ID string }](ctx, tx, `
			select e.id::text from expression e
			where e.received_at > $1 and e.set_aside_at is null and e.import_row is null and not exists (
				select from mail m where m.kind = $2 and m.subject_id = e.id::text)
			order by e.received_at, e.id`, s.now().AddDate(0, 0, -oweDays), mail.ExpressionReceived)
		if err != nil {
			return err
		}
		for _, one := range lacking {
			// Owed once however often it is asked for, so that two sweeps at once do no harm.
			if err := s.Outbox.Enqueue(ctx, tx, mail.ExpressionReceived, one.ID); err != nil {
				return err
			}
			ids = append(ids, one.ID)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("owing confirmations: %w", err)
	}
	return ids, nil
}

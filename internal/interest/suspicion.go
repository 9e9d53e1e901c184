package interest

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/suspect"
)

// Press is how the button was pressed that sends a form, by which a program is
// told from a person. What is suspected is sent all the same and set aside, so
// that a program learns nothing.
type Press struct {
	Trapped bool // a field was filled in that people do not see
	From    netip.Addr
}

// weigh says what a locked draft that is sent now is suspected of. An error of
// kind Limited says how long to wait where a network sends a flood of it.
func (s *Store) weigh(ctx context.Context, tx pgx.Tx, draft Draft, how Press) (suspect.Suspicion, error) {
	sending := suspect.Sending{
		Form: "expression", Trapped: how.Trapped, Took: s.Now().Sub(draft.CreatedAt), From: how.From, Email: draft.Answers.Email.Address,
	}
	return sending.Weigh(ctx, attempt.Store{DB: tx, Now: s.Now})
}

// queueSetAside keeps an expression from the cases that are worked on.
func queueSetAside(batch *pgx.Batch, r row, suspicion suspect.Suspicion) {
	batch.Queue(`update expression set suspicion = $2, set_aside_at = $3 where id = $1`, r.ID, suspicion, r.ReceivedAt)
}

// Rescue brings a case that was set aside among those that are worked on, and
// owes the returner the confirmation that they did not get.
func (s *Store) Rescue(ctx context.Context, by By, t Turning) error {
	return s.turn(ctx, by, t, EventRescued, func(tx pgx.Tx, at time.Time, l locked) error {
		tag, err := tx.Exec(ctx, `
			update expression set set_aside_at = null, updated_at = $2, version = version + 1
			where id = $1 and set_aside_at is not null`, l.ID, at)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return errTurn
		}
		return s.Outbox.Enqueue(ctx, tx, mail.ExpressionReceived, l.ID)
	})
}

// CountSetAside is how many expressions are set aside.
func (s *Store) CountSetAside(ctx context.Context) (int, error) {
	var n int
	if err := s.DB.QueryRow(ctx, `select count(*) from expression where set_aside_at is not null`).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting what was set aside: %w", err)
	}
	return n, nil
}

// PurgeSetAside deletes what was set aside before a time and not rescued, and
// says how many.
func (s *Store) PurgeSetAside(ctx context.Context, before time.Time) (int64, error) {
	var gone int64
	if err := s.DB.QueryRow(ctx, `select delete_set_aside($1)`, before).Scan(&gone); err != nil {
		return 0, fmt.Errorf("purging what was set aside: %w", err)
	}
	return gone, nil
}

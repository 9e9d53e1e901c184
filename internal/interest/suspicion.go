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

// Weigh looks at who sends a draft, before it is sent: a person or a program.
// Trapped is whether a field was filled in that people do not see. It looks
// once, however often the button is pressed. What is suspected is sent all the
// same and set aside, so that a program learns nothing. An error of kind
// Limited says how long to wait where a network sends a flood of it.
func (s *Store) Weigh(ctx context.Context, draft Draft, trapped bool, from netip.Addr) error {
	claimed, err := s.DB.Exec(ctx, `update draft set weighed = true where id = $1 and not weighed`, draft.ID)
	if err != nil {
		return fmt.Errorf("weighing draft %s: %w", draft.ID, err)
	}
	if claimed.RowsAffected() == 0 {
		return nil
	}
	sending := suspect.Sending{Form: "expression", Trapped: trapped, Took: s.Now().Sub(draft.CreatedAt), From: from, Email: draft.Email}
	suspicion, err := sending.Weigh(ctx, attempt.Store{DB: s.DB, Now: s.Now})
	switch {
	case err != nil:
		_, undone := s.DB.Exec(ctx, `update draft set weighed = false where id = $1`, draft.ID)
		if undone != nil {
			return fmt.Errorf("weighing draft %s: %w", draft.ID, undone)
		}
	case suspicion != "":
		_, err = s.DB.Exec(ctx, `update draft set suspicion = $2 where id = $1 and reference is null`, draft.ID, suspicion)
	}
	if err != nil {
		return fmt.Errorf("weighing draft %s: %w", draft.ID, err)
	}
	return nil
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

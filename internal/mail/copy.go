package mail

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Table is the table of the outbox.
const Table = "mail"

// Copy writes mails as they are, many at once: nothing is sent of it, and a row
// that is neither sent nor refused would wait until the sweep finds it.
func Copy(ctx context.Context, db postgres.DB, rows []Row) error {
	columns := []string{"id", "kind", "subject_id", "occasion", "state", "attempts", "failure", "created_at", "tried_at", "sent_at"}
	_, err := db.CopyFrom(ctx, pgx.Identifier{Table}, columns, pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		r := rows[i]
		id, err := uuid.Parse(r.ID)
		return []any{[16]byte(id), string(r.Kind), r.SubjectID, r.Occasion, r.State, r.Attempts, r.Failure, r.CreatedAt, r.TriedAt, r.SentAt}, err
	}))
	if err != nil {
		return fmt.Errorf("copying %d mails: %w", len(rows), err)
	}
	return nil
}

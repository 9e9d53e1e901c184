package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// batch is how many rows a seal seals at most: verifying holds one seal's
// digests in memory.
const batch = 1000

// Sealed is a seal that was just made.
type Sealed struct {
	Sequence int64
	Rows     int
	Hash     []byte
}

// Head is the seal as the head of the chain.
func (s Sealed) Head() Head { return Head{Sequence: s.Sequence, Hash: s.Hash} }

// Seal seals the next rows, 1,000 at most, that no transaction under way can
// come before; no rows where there are none, or where somebody else seals.
func Seal(ctx context.Context, db postgres.DB) (Sealed, error) {
	sealed, err := postgres.One[Sealed](ctx, db, `select sequence, rows, hash from seal_audit($1)`, batch)
	if errors.Is(err, fault.NotFound) {
		return Sealed{}, nil
	}
	if err != nil {
		return Sealed{}, fmt.Errorf("sealing the audit: %w", err)
	}
	return sealed, nil
}

// Empty deletes the rows that were sealed before a time, keeps their seals, and
// says how many. The database refuses to delete younger rows than the shortest
// period that may be chosen.
func Empty(ctx context.Context, db postgres.DB, before time.Time) (int64, error) {
	var rows int64
	if err := db.QueryRow(ctx, `select empty_audit($1)`, before).Scan(&rows); err != nil {
		return 0, fmt.Errorf("emptying seals of the audit: %w", err)
	}
	return rows, nil
}

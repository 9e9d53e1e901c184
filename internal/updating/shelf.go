package updating

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Shelf keeps the book that was read last, to be read again only when the
// database holds another edition: reading costs more than all else that a page
// of the form asks for. A nil Shelf keeps nothing.
type Shelf struct {
	kept atomic.Pointer[edition]
}

// edition is a book and what tells it from every other.
type edition struct {
	Book
	Edition string
}

// selectEdition tells one state of the rules from another by the versions of
// their rows: a row's place and the transaction that wrote it there.
const selectEdition = `
	select coalesce(sum(hashtextextended(concat(tableoid, ctid, xmin), 0)), 0)::text as edition from (
		select tableoid, ctid, xmin from rule_source
		union all select tableoid, ctid, xmin from rule_regulator
		union all select tableoid, ctid, xmin from rule_figure
		union all select tableoid, ctid, xmin from rule_figure_value
		union all select tableoid, ctid, xmin from rule) of_rules`

// QueueEdition asks for the edition of the book with the other statements of a
// batch; it is there when the batch was read.
func QueueEdition(batch *pgx.Batch) *string {
	var now string
	batch.Queue(selectEdition).QueryRow(func(row pgx.Row) error { return row.Scan(&now) })
	return &now
}

// Book gives the book that is kept when it has the edition, or else reads and
// keeps the one that the database holds.
func (s *Shelf) Book(ctx context.Context, db postgres.DB, now string) (Book, error) {
	if s != nil {
		if kept := s.kept.Load(); kept != nil && kept.Edition == now {
			return kept.Book, nil
		}
	}
	read, err := postgres.One[edition](ctx, db, selectBook+`, (`+selectEdition+`) as edition`)
	if err != nil {
		return Book{}, fmt.Errorf("reading the rules: %w", err)
	}
	if s != nil {
		s.kept.Store(&read)
	}
	return read.Book, nil
}

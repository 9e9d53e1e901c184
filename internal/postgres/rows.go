package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
)

// List reads the rows of a query into structs whose fields have the columns'
// names. The caller wraps the error with what was being read.
func List[T any](ctx context.Context, db DB, sql string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// One reads the one row of a query as List reads many; no row is a NotFound
// fault, and a second row an error.
func One[T any](ctx context.Context, db DB, sql string, args ...any) (T, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, err
	}
	return OneOf[T](rows)
}

// OneOf reads what One reads from rows that came another way, as in a batch.
func OneOf[T any](rows pgx.Rows) (T, error) {
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.NotFound
	}
	return found, err
}

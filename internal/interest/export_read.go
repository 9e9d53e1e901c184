package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// exportRows is how many cases are read at once: few enough for little memory,
// enough that asking costs nothing.
const exportRows = 500

// readExport gives every case that a filter chooses, in its order, as they are
// at one moment: first their marks and how many they are, then the cases
// themselves. Its transaction is one of its own: db must be none. It waits so
// long for a free connection, and keeps that as long as each takes.
func (s *Store) readExport(ctx context.Context, db postgres.DB, wait time.Duration, f Filter, begin func(total int, m marks) error, each func(*exported) error) error {
	if err := f.Validate(); err != nil {
		return err
	}
	f.Cursor = Cursor{}
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	tx, err := db.Begin(waiting)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if _, err := tx.Exec(ctx, `set transaction isolation level repeatable read, read only`); err != nil {
		return err
	}
	q, err := newQueueQuery(ctx, tx, s, f)
	if err != nil {
		return err
	}
	total, m, err := q.marked(ctx, tx)
	if err != nil {
		return err
	}
	if err := begin(total, m); err != nil {
		return err
	}
	return q.each(ctx, tx, each)
}

// marked counts and marks what the filter chooses; like a page of the list, it
// takes what a slip of the keyboard makes of a text that finds nothing.
func (q *queueQuery) marked(ctx context.Context, tx pgx.Tx) (int, marks, error) {
	total, m, err := q.mark(ctx, tx)
	if err != nil || total > 0 || !q.searches() {
		return total, m, err
	}
	if found, err := q.mistype(ctx, tx); !found || err != nil {
		return 0, m, err
	}
	return q.mark(ctx, tx)
}

func (q *queueQuery) mark(ctx context.Context, tx pgx.Tx) (int, marks, error) {
	rows, err := tx.Query(ctx, `select number from expression where `+q.reached(), q.args)
	if err != nil {
		return 0, nil, err
	}
	total, m, number := 0, marks{}, int64(0)
	_, err = pgx.ForEachRow(rows, []any{&number}, func() error {
		total++
		m.add(number)
		return nil
	})
	return total, m, err
}

// each reads the cases by a cursor. What sorts is narrow; the rest is looked up
// in the order that it gives.
func (q *queueQuery) each(ctx context.Context, tx pgx.Tx, each func(*exported) error) error {
	_, err := tx.Exec(ctx, `
		select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
			set_config('work_mem', '32MB', true), set_config('jit', 'off', true), set_config('cursor_tuple_fraction', '1', true)`)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		declare export_rows no scroll cursor for
		select `+exportedColumns+`
		from (select id, received_at, updated_at, due_on from expression where `+q.reached()+` order by `+q.by(orders[q.filter.Sort].keys)+` offset 0) found
			join expression e using (id)`, q.args)
	if err != nil {
		return err
	}
	fetch := fmt.Sprintf(`fetch %d from export_rows`, exportRows)
	for {
		rows, err := postgres.List[exported](ctx, tx, fetch)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := each(&rows[i]); err != nil {
				return err
			}
		}
		if len(rows) < exportRows {
			return nil
		}
	}
}

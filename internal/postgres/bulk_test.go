package postgres_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// newShelves are two tables with every kind of part, as somebody who owns them
// sees them.
func newShelves(t *testing.T) pgx.Tx {
	t.Helper()
	owner := postgrestest.Owner(t, postgrestest.NewDatabase(t))
	tx, err := owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(t.Context()) })
	for _, statement := range []string{
		`create table shelf (id int primary key, name text not null constraint "Shelf name" unique)`,
		`create table book (id int primary key, shelf_id int references shelf on delete cascade, title text)`,
		`create index book_title on book (lower(title)) where title <> 'it''s'`,
		`comment on index book_title is 'It''s for finding titles.'`,
		`comment on constraint "Shelf name" on shelf is 'No two with one name.'`,
	} {
		if _, err := tx.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return tx
}

func text(t *testing.T, tx pgx.Tx, query string) string {
	t.Helper()
	var text string
	if err := tx.QueryRow(t.Context(), query).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

const shelfParts = `
	select string_agg(part, E'\n' order by part) from (
		select indexdef || coalesce(obj_description((quote_ident(indexname))::regclass), '') as part from pg_indexes where tablename in ('shelf', 'book')
		union all
		select conname || pg_get_constraintdef(oid) || coalesce(obj_description(oid), '') from pg_constraint where conrelid in ('shelf'::regclass, 'book'::regclass)) parts`

func TestInBulkPutsEveryPartBack(t *testing.T) {
	t.Parallel()
	tx := newShelves(t)
	before := text(t, tx, shelfParts)
	err := postgres.InBulk(t.Context(), tx, []string{"shelf", "book"}, func() error {
		if n := text(t, tx, `select count(*)::text from pg_indexes where tablename in ('shelf', 'book')`); n != "0" {
			t.Errorf("%s indexes are there while rows are written, want none", n)
		}
		_, err := tx.Exec(t.Context(), `insert into book values (1, 1, 'a'); insert into shelf values (1, 'b')`)
		return err
	})
	if err != nil {
		t.Fatalf("InBulk() = %v", err)
	}
	if after := text(t, tx, shelfParts); after != before {
		t.Errorf("afterwards the tables have\n%s\nwant\n%s", after, before)
	}
}

func TestInBulkRefusesWhatTheKeysDo(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{
		"a reference to nothing": `insert into book values (1, 7, 'a')`,
		"a key twice":            `insert into shelf values (1, 'a'), (1, 'b')`,
		"a name twice":           `insert into shelf values (1, 'a'), (2, 'a')`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tx := newShelves(t)
			err := postgres.InBulk(t.Context(), tx, []string{"shelf", "book"}, func() error {
				_, err := tx.Exec(t.Context(), statement)
				return err
			})
			if err == nil {
				t.Error("InBulk() = nil, want an error")
			}
		})
	}
	boom := errors.New("boom")
	if err := postgres.InBulk(t.Context(), newShelves(t), []string{"shelf"}, func() error { return boom }); !errors.Is(err, boom) {
		t.Errorf("InBulk(boom) = %v, want boom", err)
	}
}

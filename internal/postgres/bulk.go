package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// part is an index or a constraint, with the statements that drop and make it.
type part struct {
	Table      string
	Name       string
	Definition string
	Comment    string
}

// selectKeys reads the keys of tables, or the references from and to them. One
// that is partitioned or inherited is not ours.
const selectKeys = `
	select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition,
		coalesce(obj_description(c.oid, 'pg_constraint'), '') as comment
	from pg_constraint c
	where c.contype = any($2) and (c.conrelid = any($1::text[]::regclass[]) or c.confrelid = any($1::text[]::regclass[]))
	order by c.oid`

// selectIndexes reads the indexes of tables that belong to no key.
const selectIndexes = `
	select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition,
		coalesce(obj_description(i.indexrelid, 'pg_class'), '') as comment
	from pg_index i
	where i.indrelid = any($1::text[]::regclass[])
		and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
	order by i.indexrelid`

// InBulk runs fill, which writes many rows into tables, without the indexes,
// keys and references of those tables, and makes them again as they were: a
// reference that does not hold, or a key that is there twice, is an error that
// undoes everything. It must run in a transaction of the tables' owner, and
// nobody else reaches the tables until that ends.
func InBulk(ctx context.Context, tx pgx.Tx, tables []string, fill func() error) error {
	references, err := List[part](ctx, tx, selectKeys, tables, []string{"f"})
	if err != nil {
		return fmt.Errorf("reading the references of %s: %w", strings.Join(tables, ", "), err)
	}
	keys, err := List[part](ctx, tx, selectKeys, tables, []string{"p", "u"})
	if err != nil {
		return fmt.Errorf("reading the keys of %s: %w", strings.Join(tables, ", "), err)
	}
	indexes, err := List[part](ctx, tx, selectIndexes, tables)
	if err != nil {
		return fmt.Errorf("reading the indexes of %s: %w", strings.Join(tables, ", "), err)
	}
	var drop, make []string
	for _, c := range append(references[:len(references):len(references)], keys...) {
		drop = append(drop, "alter table "+c.Table+" drop constraint "+c.Name)
	}
	for _, i := range indexes {
		drop = append(drop, "drop index "+i.Name)
		make = append(make, i.Definition)
		make = appendComment(make, "index "+i.Name, i.Comment)
	}
	for _, c := range append(keys[:len(keys):len(keys)], references...) {
		make = append(make, "alter table "+c.Table+" add constraint "+c.Name+" "+c.Definition)
		make = appendComment(make, "constraint "+c.Name+" on "+c.Table, c.Comment)
	}
	if err := execAll(ctx, tx, drop); err != nil {
		return err
	}
	if err := renew(ctx, tx, tables); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	return execAll(ctx, tx, append([]string{`set local maintenance_work_mem = '512MB'`}, make...))
}

// renew truncates tables that are empty: into a table that its transaction made
// anew a server without replicas writes without a log.
func renew(ctx context.Context, tx pgx.Tx, tables []string) error {
	for _, table := range tables {
		var empty bool
		if err := tx.QueryRow(ctx, `select not exists (select from `+table+`)`).Scan(&empty); err != nil {
			return fmt.Errorf("looking whether %s is empty: %w", table, err)
		}
		if empty {
			if _, err := tx.Exec(ctx, `truncate `+table); err != nil {
				return fmt.Errorf("making %s anew: %w", table, err)
			}
		}
	}
	return nil
}

func appendComment(statements []string, on, comment string) []string {
	if comment == "" {
		return statements
	}
	return append(statements, "comment on "+on+" is '"+strings.ReplaceAll(comment, "'", "''")+"'")
}

func execAll(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// analyzedAtOnce is how many tables are read at once: each takes a processor.
const analyzedAtOnce = 2

// Analyze tells the planner what tables hold now, and lets queries be answered
// from indexes alone. It runs in no transaction, and db must be a pool.
func Analyze(ctx context.Context, db DB, tables []string) error {
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(analyzedAtOnce)
	for _, table := range tables {
		all.Go(func() error {
			if _, err := db.Exec(ctx, `vacuum (analyze) `+table); err != nil {
				return fmt.Errorf("analysing %s: %w", table, err)
			}
			return nil
		})
	}
	return all.Wait()
}

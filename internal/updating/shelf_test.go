package updating_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestAShelfGivesTheBookThatTheDatabaseHolds(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	shelf, rules := &updating.Shelf{}, updating.Store{DB: tx}
	check := func(when string) string {
		t.Helper()
		batch := &pgx.Batch{}
		edition := updating.QueueEdition(batch)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			t.Fatalf("QueueEdition(%s) = %v", when, err)
		}
		want, err := rules.Book(ctx)
		if err != nil {
			t.Fatalf("Store.Book(%s) = %v", when, err)
		}
		for _, shelf := range []*updating.Shelf{shelf, shelf, nil} {
			if got, err := shelf.Book(ctx, tx, *edition); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("Shelf.Book(%s) = %+v, %v, want %+v", when, got, err, want)
			}
		}
		return *edition
	}
	seen := map[string]string{check("nothing imported"): "nothing imported"}
	differs := func(when string) {
		t.Helper()
		edition := check(when)
		if before, again := seen[edition]; again {
			t.Errorf("the edition of %q is that of %q, want another", when, before)
		}
		seen[edition] = when
	}
	updatingtest.Fill(t, tx)
	differs("imported")
	for _, change := range []string{
		`update rule_source set title = title || '.' where position = 1`,
		`update rule_regulator set page = page || '?' where position = 1`,
		`update rule_figure set name = name || '.' where position = 1`,
		`update rule_figure_value set value = value + 1 where ctid = (select ctid from rule_figure_value limit 1)`,
		`update rule set text = text || '.' where position = 1`,
		`delete from rule where position = 1`,
	} {
		if _, err := tx.Exec(ctx, change); err != nil {
			t.Fatalf("%s: %v", change, err)
		}
		differs(change)
	}
	if err := postgres.InTx(ctx, tx, func(tx pgx.Tx) error {
		within := updating.Store{DB: tx}
		return within.Replace(ctx, updatingtest.Book(t))
	}); err != nil {
		t.Fatalf("Replace() = %v", err)
	}
	differs("replaced")
}

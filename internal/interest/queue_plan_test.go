package interest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// wholeReads is how often the whole table of expressions was read, as Postgres
// counts it.
func wholeReads(t *testing.T, conn *pgx.Conn) int {
	t.Helper()
	// What a connection did is counted from its next transaction on.
	for _, statement := range []string{`select pg_stat_force_next_flush()`, `select pg_stat_clear_snapshot()`} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return count(t, conn, `select seq_scan from pg_stat_user_tables where relname = 'expression'`)
}

func TestTheQueueNeverReadsTheWholeTable(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	owner, err := postgrestest.Owner(t, pool).Acquire(t.Context())
	if err != nil {
		t.Fatalf("Acquire() = %v", err)
	}
	defer owner.Release()
	conn := owner.Conn()
	store := newStore(t, conn)
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatalf("Begin() = %v", err)
	}
	// Filling it takes long on a machine that does much else.
	if _, err := tx.Exec(t.Context(), `set local statement_timeout = 0`); err != nil {
		t.Fatalf("waiting for as long as it takes: %v", err)
	}
	fill(t, tx, mustSend(t, newStore(t, tx), newAnswers(t)).ID, 50_000)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatalf("Commit() = %v", err)
	}
	if _, err := conn.Exec(t.Context(), `vacuum analyze expression`); err != nil {
		t.Fatalf("analysing: %v", err)
	}
	before := wholeReads(t, conn)
	filters := map[string]interest.Filter{
		"no filter": {}, "stage": {Stage: interest.InReview}, "profession": {Profession: "paramedics"}, "no profession": {Profession: "osteopaths"},
		"organisation": {Organisation: "one-trust"}, "any": {Organisation: interest.AnyOrganisation}, "nobody": {Assignee: interest.Nobody},
		"assignee": {Assignee: reviewer}, "age": {Age: "over-year"}, "late": {Late: true}, "help": {Help: "supervisor", Profession: "orthoptists"},
		"received": {ReceivedFrom: interest.DayOf(noon).AddDays(-9), ReceivedTo: interest.DayOf(noon).AddDays(-8)},
		"words":    {Text: "zoë example"}, "a word that many have": {Text: "example"}, "words and a filter": {Text: "band", Profession: "dietitians", Late: true},
		"nothing": {Text: "qqqq"}, "a slip": {Text: "smaple"},
	}
	for what, f := range filters {
		for i, tab := range append(interest.Tabs(), interest.SetAside) {
			sorts := interest.Sorts()
			f.Tab, f.Sort, f.Viewer = tab, interest.Sort(sorts[i%len(sorts)].Slug), reviewer
			if _, err := store.List(t.Context(), f); err != nil {
				t.Fatalf("%s in %s: List() = %v", what, tab, err)
			}
			if n := wholeReads(t, conn); n != before {
				t.Errorf("%s in %s reads the whole table", what, tab)
				before = n
			}
		}
	}
	if _, err := store.TabCounts(t.Context(), reviewer); err != nil {
		t.Fatalf("TabCounts() = %v", err)
	}
	if _, err := store.TakeNext(t.Context(), newLead(t, conn), "n"); err != nil {
		t.Fatalf("TakeNext() = %v", err)
	}
	if n := wholeReads(t, conn); n != before {
		t.Error("counting the tabs or taking the next case reads the whole table")
	}
	if count(t, conn, `select count(*) from expression where phone = 'none'`); wholeReads(t, conn) != before+1 {
		t.Error("reading the whole table is not counted")
	}
}

package audit

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestAFilterChoosesAndPagesGoOn(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	owner := postgrestest.Owner(t, pool)
	// Three rows of the same time for each of nine minutes about midnight in
	// London, which is 11pm here.
	if _, err := owner.Exec(t.Context(), `
		insert into audit_event (at, actor_kind, actor_id, action, subject_kind, subject_id, outcome)
		select '2026-07-01 22:55Z'::timestamptz + n / 3 * interval '1 minute', 'staff', 'person ' || n % 2, 'test.' || n % 3, 'thing', (n % 4)::text,
			case when n % 9 = 0 then 'refused' else 'done' end
		from generate_series(0, 26) n`); err != nil {
		t.Fatal(err)
	}
	july := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		f    Filter
		want int
	}{
		{"nothing", Filter{}, 27}, {"an actor", Filter{ActorKind: Staff, ActorID: "person 1"}, 13}, {"another kind", Filter{ActorKind: System}, 0},
		{"an action", Filter{Action: "test.2"}, 9}, {"refused", Filter{Outcome: Refused}, 3}, {"a subject", Filter{SubjectID: "3"}, 6},
		{"a first day", Filter{From: july.AddDate(0, 0, 1)}, 12}, {"a last day", Filter{To: july}, 15}, {"both", Filter{From: july, To: july.AddDate(0, 0, 1)}, 27},
		{"the day before", Filter{To: july.AddDate(0, 0, -1)}, 0}, {"more than one", Filter{Action: "test.0", Outcome: Refused, To: july}, 2},
	} {
		var got []Row
		f := test.f
		for range 30 {
			rows, err := List(t.Context(), pool, f, 2)
			if err != nil {
				t.Fatalf("%s: List() = %v", test.name, err)
			}
			if got = append(got, rows...); len(rows) < 2 {
				break
			}
			f.Before = rows[1].Place()
		}
		if len(got) != test.want {
			t.Errorf("%s: %d rows in pages of two, want %d", test.name, len(got), test.want)
		}
		for i := 1; i < len(got); i++ {
			if got[i].At.After(got[i-1].At) || got[i].At.Equal(got[i-1].At) && got[i].ID >= got[i-1].ID {
				t.Errorf("%s: row %d stands below %d, want the newest first", test.name, got[i].ID, got[i-1].ID)
			}
		}
	}
}

func TestNoFilterReadsTheWholeAudit(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	owner := postgrestest.Owner(t, pool)
	fill(t, owner, 60_000)
	var somebody, thing string
	if err := pool.QueryRow(t.Context(), `select actor_id, subject_id from audit_event where actor_kind = 'staff' and action = 'expression.erase' limit 1`).Scan(&somebody, &thing); err != nil {
		t.Fatal(err)
	}
	deep, err := List(t.Context(), pool, Filter{}, 20_000)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Now().AddDate(-1, 0, 0)
	filters := []Filter{
		{}, {ActorKind: Staff, ActorID: somebody}, {ActorKind: Returner}, {Action: "expression.erase"}, {Action: "expression.view"}, {Outcome: Refused},
		{SubjectID: thing}, {From: day}, {To: day}, {From: day, To: day}, {Action: "expression.erase", From: day},
		{ActorKind: Staff, ActorID: somebody, Action: "expression.view"}, {ActorKind: Staff, ActorID: somebody, SubjectID: thing},
	}
	for _, f := range filters {
		for _, before := range []Place{{}, deep[len(deep)-1].Place()} {
			f.Before = before
			sql, args := f.query(51)
			if plan := explain(t, pool, sql, args); strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "Sort") && f.SubjectID == "" {
				t.Errorf("the filter %+v is answered by\n%s\nwant an index that has the order", f, plan)
			}
		}
	}
	mustSeal(t, pool)
	if plan := explain(t, pool, stateSQL, pgx.NamedArgs{"most": MostWaiting}); strings.Contains(plan, "Seq Scan") {
		t.Errorf("the state of the seal is answered by\n%s", plan)
	}
}

func explain(t *testing.T, db postgres.DB, sql string, args pgx.NamedArgs) string {
	t.Helper()
	rows, err := db.Query(t.Context(), `explain `+sql, args)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("explaining %s: %v", sql, err)
	}
	return strings.Join(lines, "\n")
}

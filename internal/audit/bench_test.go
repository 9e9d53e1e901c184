package audit

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/postgres/postgrestest"
)

// fill adds rows of 40 people over two years, as the owner.
func fill(t testing.TB, owner *pgxpool.Pool, rows int) {
	t.Helper()
	conn, err := owner.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	for _, sql := range []string{`set statement_timeout = 0`, fmt.Sprintf(`
		insert into audit_event (at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id)
		select now() - (1 - n / %[1]d.0) * interval '2 years', case when n %% 10 = 0 then 'returner' else 'staff' end,
			case when n %% 10 = 0 then '' else md5((n %% 40)::text)::uuid::text end,
			case when n %% 10 = 0 then 'expression.send' when n %% 1000 = 1 then 'session.start' when n %% 20000 = 2 then 'expression.erase' else 'expression.view' end,
			'expression', md5((n %% 5000)::text)::uuid::text, case when n %% 5000 = 3 then 'refused' else 'done' end, md5(n::text)
		from generate_series(1, %[1]d) n`, rows), `analyze audit_event`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkVerify verifies a million sealed rows, and reports the most memory
// that it held over what was there before.
func BenchmarkVerify(b *testing.B) {
	pool := postgrestest.NewDatabase(b)
	fill(b, postgrestest.Owner(b, pool), 1_000_000)
	begun, seals := time.Now(), 0
	for {
		sealed, err := Seal(b.Context(), pool)
		if err != nil {
			b.Fatal(err)
		}
		if sealed.Rows == 0 {
			break
		}
		seals++
	}
	b.Logf("%d seals in %s", seals, time.Since(begun))
	stop := make(chan struct{})
	most := watchHeap(stop)
	for b.Loop() {
		report, err := Verify(b.Context(), pool, Head{}, func(f Finding) { b.Errorf("%s", f) })
		if err != nil || report.Rows != 1_000_000 {
			b.Fatalf("Verify() = %+v, %v, want a million rows", report, err)
		}
	}
	close(stop)
	b.ReportMetric(float64(most.Load())/(1<<20), "MiB-more")
}

// watchHeap looks at the heap until told to stop, and gives the most that it
// was over what it is now.
func watchHeap(stop <-chan struct{}) *atomic.Uint64 {
	var most atomic.Uint64
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	before := heap()
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				if now := heap(); now > before+most.Load() {
					most.Store(now - before)
				}
			}
		}
	}()
	return &most
}

// BenchmarkList gives a page of a million rows by each kind of filter.
func BenchmarkList(b *testing.B) {
	pool := postgrestest.NewDatabase(b)
	fill(b, postgrestest.Owner(b, pool), 1_000_000)
	rows, err := List(b.Context(), pool, Filter{Action: "expression.erase"}, 1)
	if err != nil {
		b.Fatal(err)
	}
	one, day := rows[0], time.Now().AddDate(-1, 0, 0)
	for name, f := range map[string]Filter{
		"newest": {}, "500,000th": {Before: Place{At: day, ID: 1}}, "who": {ActorKind: Staff, ActorID: one.ActorID},
		"what, rare": {Action: "expression.erase"}, "what, usual": {Action: "expression.view"}, "refused": {Outcome: Refused},
		"about": {SubjectID: one.SubjectID}, "days": {From: day, To: day}, "who and what, rare": {ActorKind: Staff, ActorID: one.ActorID, Action: "expression.erase"},
		"who and refused": {ActorKind: Staff, ActorID: one.ActorID, Outcome: Refused},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := List(b.Context(), pool, f, 51); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

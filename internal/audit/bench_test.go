package audit

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/postgres/postgrestest"
)

// million fills a database with a million rows of 40 people over two years.
func million(b testing.TB) *pgxpool.Pool {
	b.Helper()
	pool := postgrestest.NewDatabase(b)
	owner := postgrestest.Owner(b, pool)
	for _, sql := range []string{`set statement_timeout = 0`, `
		insert into audit_event (at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id)
		select now() - interval '2 years' + n * interval '63 seconds', case when n % 10 = 0 then 'returner' else 'staff' end,
			case when n % 10 = 0 then '' else md5((n % 40)::text)::uuid::text end,
			case when n % 10 = 0 then 'expression.send' when n % 1000 = 1 then 'session.start' when n % 50000 = 2 then 'expression.erase' else 'expression.view' end,
			'expression', md5((n % 50000)::text)::uuid::text, case when n % 5000 = 3 then 'refused' else 'done' end, md5(n::text)
		from generate_series(1, 1000000) n`, `analyze audit_event`} {
		conn, err := owner.Acquire(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		_, err = conn.Exec(b.Context(), `set statement_timeout = 0; `+sql)
		conn.Release()
		if err != nil {
			b.Fatal(err)
		}
	}
	return pool
}

// BenchmarkVerify verifies a million sealed rows, and reports the most memory
// that it held over what was there before.
func BenchmarkVerify(b *testing.B) {
	pool := million(b)
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

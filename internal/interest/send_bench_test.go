package interest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// One round of BenchmarkSenders: so many clients, and what they do together.
// Four inserts for each send make both halves last about as long.
const (
	senders     = 16
	sends       = 1500
	bareInserts = 4 * sends
)

// BenchmarkSenders has 16 senders send forms, and beside it 16 clients insert
// the same row bare, each in a transaction of its own: to a server that waits
// for its disk, as in production, with a connection for each client. One
// iteration is a round of both; the medians of the rounds are reported.
func BenchmarkSenders(b *testing.B) {
	server, _ := postgrestest.NewServer(b)
	pool, err := postgres.Open(b.Context(), server.ServingURL(), postgres.Options{MaxConns: senders})
	if err != nil {
		b.Fatalf("opening the database: %v", err)
	}
	b.Cleanup(pool.Close)
	mustBeDurable(b, pool)
	store := newStore(b, pool)
	draft := mustDraft(b, store, newAnswers(b))
	bare := newBareInsert(b, pool, mustSend(b, store, newAnswers(b)))
	send := func(ctx context.Context, id string) error {
		_, err := store.Send(ctx, id, draft.Revision, "request")
		return err
	}
	var sent, inserted, ratios []float64
	round := func() {
		inserted = append(inserted, rate(b, make([]string, bareInserts), bare))
		sent = append(sent, rate(b, mustCopy(b, pool, draft, sends), send))
		ratios = append(ratios, sent[len(sent)-1]/inserted[len(inserted)-1])
	}
	round() // opens the connections and prepares the statements
	sent, inserted, ratios = nil, nil, nil
	for b.Loop() {
		round()
		b.Logf("%.0f sends/s, %.0f inserts/s, ratio %.3f", sent[len(sent)-1], inserted[len(inserted)-1], ratios[len(ratios)-1])
	}
	b.ReportMetric(0, "ns/op") // of a round: says nothing
	b.ReportMetric(median(sent), "sends/s")
	b.ReportMetric(median(inserted), "inserts/s")
	b.ReportMetric(median(ratios), "ratio")
}

// mustBeDurable fails where a commit does not wait for the disk.
func mustBeDurable(b *testing.B, pool *pgxpool.Pool) {
	b.Helper()
	for _, name := range []string{"synchronous_commit", "fsync", "full_page_writes"} {
		var value string
		if err := pool.QueryRow(b.Context(), `select current_setting($1)`, name).Scan(&value); err != nil || value != "on" {
			b.Fatalf("%s = %q, %v, want on", name, value, err)
		}
	}
}

// mustCopy makes drafts that are ready to be sent like the one given.
func mustCopy(b *testing.B, pool *pgxpool.Pool, draft interest.Draft, n int) []string {
	b.Helper()
	rows, err := pool.Query(b.Context(), `
		insert into draft (answers, versions, revision, email, created_at, updated_at, expires_at)
		select answers, versions, revision, email, created_at, updated_at, expires_at
		from draft, generate_series(1, $2) where id = $1
		returning id::text`, draft.ID, n)
	if err != nil {
		b.Fatalf("copying the draft: %v", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		b.Fatalf("copying the draft: %v", err)
	}
	return ids
}

// newBareInsert is the insertion of a case's row, under another id, reference
// and draft each time: the statement that pgx prepares once a connection.
func newBareInsert(b *testing.B, pool *pgxpool.Pool, c interest.Case) func(context.Context, string) error {
	b.Helper()
	names, values := mustRow(b, pool, c.ID)
	var places []string
	for i := range names {
		places = append(places, fmt.Sprintf("$%d", i+1))
	}
	sql := `insert into expression (` + strings.Join(names, ", ") + `) values (` + strings.Join(places, ", ") + `)`
	id, draftID, reference := slices.Index(names, "id"), slices.Index(names, "draft_id"), slices.Index(names, "reference")
	var made atomic.Int64
	return func(ctx context.Context, _ string) error {
		row := slices.Clone(values)
		row[id], row[draftID] = uuid.New(), uuid.New()
		row[reference] = fmt.Sprintf("%08d", made.Add(1)) // as long as a real one
		_, err := pool.Exec(ctx, sql, row...)
		return err
	}
}

// mustRow reads every column of a case's row that the database does not make by
// itself, and its values as pgx takes them.
func mustRow(b *testing.B, pool *pgxpool.Pool, id string) (names []string, values []any) {
	b.Helper()
	var columns string
	err := pool.QueryRow(b.Context(), `
		select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
		where attrelid = 'expression'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`).Scan(&columns)
	if err != nil {
		b.Fatalf("reading the columns: %v", err)
	}
	rows, err := pool.Query(b.Context(), `select `+columns+` from expression where id = $1`, id)
	if err != nil {
		b.Fatalf("reading the row: %v", err)
	}
	defer rows.Close()
	if !rows.Next() {
		b.Fatalf("no row: %v", rows.Err())
	}
	all, err := rows.Values()
	if err != nil {
		b.Fatalf("reading the row: %v", err)
	}
	for i, column := range rows.FieldDescriptions() {
		if made, ok := all[i].(map[string]any); ok { // encoded once, not at each insert
			text, err := json.Marshal(made)
			if err != nil {
				b.Fatalf("encoding %s: %v", column.Name, err)
			}
			all[i] = string(text)
		}
		names, values = append(names, column.Name), append(values, all[i])
	}
	return names, values
}

// rate has the senders do the work between them and gives how much of it they
// did in a second.
func rate(b *testing.B, work []string, do func(context.Context, string) error) float64 {
	b.Helper()
	var next atomic.Int64
	var done sync.WaitGroup
	start := time.Now()
	for range senders {
		done.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(work)); i = next.Add(1) - 1 {
				if err := do(b.Context(), work[i]); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	done.Wait()
	return float64(len(work)) / time.Since(start).Seconds()
}

func median(numbers []float64) float64 {
	slices.Sort(numbers)
	return numbers[len(numbers)/2]
}

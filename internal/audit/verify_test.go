package audit

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// chained is a database with three seals of four rows each, and two rows that
// wait.
func chained(t *testing.T) (pool, owner *pgxpool.Pool) {
	t.Helper()
	pool = postgrestest.NewDatabase(t)
	for range 3 {
		err := postgres.InTx(t.Context(), pool, func(tx pgx.Tx) error {
			for i := range 4 {
				mustRecord(t, tx, Entry{ActorKind: Staff, ActorID: "one", Action: "test.run", SubjectKind: "thing", SubjectID: number(int64(i)), Outcome: Done, RequestID: "r", Detail: "d"})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		mustSeal(t, pool)
	}
	for range 2 {
		mustRecord(t, pool, Entry{ActorKind: System, Action: "test.run", Outcome: Done})
	}
	return pool, postgrestest.Owner(t, pool)
}

// mustSeal seals until no row waits: a transaction under way in any database of
// the server makes it wait.
func mustSeal(t *testing.T, db postgres.DB) {
	t.Helper()
	for waiting := true; waiting; {
		if _, err := Seal(t.Context(), db); err != nil {
			t.Fatalf("Seal() = %v", err)
		}
		err := db.QueryRow(t.Context(), `
			select exists (select 1 from audit_event where (era, xid, id) > all (select era, xid, id from audit_seal order by sequence desc limit 1))`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// verify gives what was found, a line each.
func verify(t *testing.T, db postgres.DB, expect Head) (Report, string) {
	t.Helper()
	var lines []string
	report, err := Verify(t.Context(), db, expect, func(f Finding) { lines = append(lines, f.String()) })
	if err != nil {
		t.Fatalf("Verify() = %v", err)
	}
	if report.Findings != len(lines) {
		t.Errorf("Verify() counts %d findings and tells of %d", report.Findings, len(lines))
	}
	return report, strings.Join(lines, "\n")
}

// forge changes what only the owner can, past the trigger that keeps it.
func forge(t *testing.T, owner *pgxpool.Pool, statements ...string) {
	t.Helper()
	err := postgres.InTx(t.Context(), owner, func(tx pgx.Tx) error {
		for _, sql := range append([]string{`set local portal.audit_had_its_time = 'yes'`}, statements...) {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestVerifyFindsNothingInAChainThatIsAsItWasSealed(t *testing.T) {
	t.Parallel()
	pool, _ := chained(t)
	report, lines := verify(t, pool, Head{})
	if lines != "" || report.Rows != 12 || report.Seals != 3 || report.Unsealed != 2 || report.Oldest == nil || report.Head.Sequence != 3 {
		t.Errorf("Verify() = %+v, %s, want 12 rows under 3 seals and 2 that wait", report, lines)
	}
	head, err := ParseHead(report.Head.String())
	if err != nil {
		t.Fatal(err)
	}
	mustRecord(t, pool, Entry{ActorKind: System, Action: "test.run", Outcome: Done})
	mustSeal(t, pool)
	if report, lines := verify(t, pool, head); lines != "" || report.Rows != 15 || report.Unsealed != 0 {
		t.Errorf("Verify(the head before) = %+v, %s, want 15 rows and no finding", report, lines)
	}
}

// backUp and putBack keep the audit between forgeries.
var (
	backUp  = []string{`create table kept_event as table audit_event`, `create table kept_seal as table audit_seal`}
	putBack = []string{
		`delete from audit_event`, `delete from audit_seal`, `insert into audit_seal select * from kept_seal`,
		`insert into audit_event (id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail, era, xid) overriding system value
			select id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail, era, xid from kept_event`,
	}
)

func TestVerifyNamesEveryForgery(t *testing.T) {
	t.Parallel()
	pool, owner := chained(t)
	forge(t, owner, backUp...)
	report, _ := verify(t, pool, Head{})
	const sixth = ` where id = (select ids[2] from audit_seal where sequence = 2)`
	var id, other int64
	if err := pool.QueryRow(t.Context(), `select ids[2], ids[3] from audit_seal where sequence = 2`).Scan(&id, &other); err != nil {
		t.Fatal(err)
	}
	row := fmt.Sprintf("seal 2, row %d ", id)
	forgeries := []struct{ name, sql, want string }{
		{"a time", `update audit_event set at = at + interval '1 microsecond'` + sixth, row + "was changed"},
		{"a kind of actor", `update audit_event set actor_kind = 'system'` + sixth, row + "was changed"},
		{"an actor", `update audit_event set actor_id = 'two'` + sixth, row + "was changed"},
		{"an action", `update audit_event set action = 'test.walk'` + sixth, row + "was changed"},
		{"a kind of subject", `update audit_event set subject_kind = 'person'` + sixth, row + "was changed"},
		{"a subject", `update audit_event set subject_id = '9'` + sixth, row + "was changed"},
		{"an outcome", `update audit_event set outcome = 'refused'` + sixth, row + "was changed"},
		{"a request", `update audit_event set request_id = ''` + sixth, row + "was changed"},
		{"a detail", `update audit_event set detail = 'e'` + sixth, row + "was changed"},
		{"what moves from one column to the next", `update audit_event set action = 'test.runt', subject_kind = 'hing'` + sixth, row + "was changed"},
		{"an era", `update audit_event set era = 9` + sixth, row + "is missing"},
		{"a transaction", `update audit_event set xid = (select xid from audit_seal where sequence = 3)` + sixth, row + "is missing"},
		{"a transaction, back", `update audit_event set xid = (select xid from audit_seal where sequence = 1)` + sixth, row + "was changed"},
		{"an id", `update audit_event set id = default` + sixth, row + "is missing"},
		{"a row that goes", `delete from audit_event` + sixth, row + "is missing"},
		{"the last rows that go", `delete from audit_event where (era, xid, id) > (select era, xid, id from audit_seal where sequence = 2)`, "seal 3, row"},
		{"every row that goes", `delete from audit_event`, row + "is missing"},
		{"a row that comes", `insert into audit_event (actor_kind, action, outcome, xid) select 'system', 'x', 'done', xid from audit_event` + sixth, "was added after the seal was made"},
		{"a row that comes before all", `insert into audit_event (actor_kind, action, outcome, era, xid) values ('system', 'x', 'done', 0, '1')`, "seal 1, row"},
		{"two that change places", fmt.Sprintf(`update audit_event a set subject_id = b.subject_id from audit_event b where (a.id, b.id) in ((%d, %d), (%d, %d))`, id, other, other, id), row + "was changed"},
		{"a seal that goes", `delete from audit_seal where sequence = 2`, "seal 3 follows seal 1: those between are missing, and 4 rows are in no seal"},
		{"the first seal that goes", `delete from audit_seal where sequence = 1`, "seal 2 follows seal 0"},
		{"a seal's digest", `update audit_seal set digests[2] = digests[1] where sequence = 2`, "seal 2 was changed"},
		{"a seal's ids", `update audit_seal set ids[2] = 99 where sequence = 2`, row + "was added"},
		{"a seal's digest and content", `update audit_seal set digests = array_fill('x'::bytea, array[4]), content = sha256('xxxx') where sequence = 2`, "seal 2 was changed"},
		{"a seal's hash", `update audit_seal set hash = sha256('x') where sequence = 2`, "seal 2 was changed"},
		{"a seal's time", `update audit_seal set sealed_at = sealed_at - interval '1 day' where sequence = 2`, "seal 2 was changed"},
		{"a seal that is renumbered", `update audit_seal set sequence = 4 where sequence = 3`, "seal 4 follows seal 2"},
		{"a seal that is emptied too early", `update audit_seal set ids = '{}', digests = '{}', emptied_at = now() where sequence = 2`, "seal 2 was emptied before its rows had had their time"},
		{"a seal that is emptied in time to come", `update audit_seal set ids = '{}', digests = '{}', emptied_at = now() + interval '30 months' where sequence = 2`, "seal 2 was emptied before"},
	}
	for _, forgery := range forgeries {
		forge(t, owner, forgery.sql)
		if _, lines := verify(t, pool, Head{}); !strings.Contains(lines, forgery.want) {
			t.Errorf("%s: Verify() tells %q, want %q", forgery.name, lines, forgery.want)
		}
		forge(t, owner, putBack...)
	}
	if after, lines := verify(t, pool, report.Head); lines != "" || after.Rows != report.Rows {
		t.Errorf("Verify() of what was put back = %+v, %s, want nothing found", after, lines)
	}
}

func TestVerifyFindsAChainThatWasCutOffOrMadeAnew(t *testing.T) {
	t.Parallel()
	pool, owner := chained(t)
	report, _ := verify(t, pool, Head{})
	forge(t, owner, `delete from audit_event where (era, xid, id) > (select era, xid, id from audit_seal where sequence = 2)`, `delete from audit_seal where sequence = 3`)
	if _, lines := verify(t, pool, Head{}); lines != "" {
		t.Errorf("Verify() of a shorter chain = %s: nothing in it tells", lines)
	}
	if _, lines := verify(t, pool, report.Head); !strings.Contains(lines, "its end was cut off") {
		t.Errorf("Verify(expected head) of a shorter chain tells %q, want that its end was cut off", lines)
	}
	mustRecord(t, pool, Entry{ActorKind: System, Action: "test.other", Outcome: Done})
	mustSeal(t, pool)
	if _, lines := verify(t, pool, report.Head); !strings.Contains(lines, "the chain was made anew") {
		t.Errorf("Verify(expected head) of another chain tells %q, want that it was made anew", lines)
	}
}

func TestNobodyChangesTheAuditInPassing(t *testing.T) {
	t.Parallel()
	pool, owner := chained(t)
	for _, sql := range []string{
		`update audit_event set detail = ''`, `delete from audit_event`, `truncate audit_event`,
		`update audit_seal set rows = 1`, `delete from audit_seal`, `truncate audit_seal`,
	} {
		for _, db := range []*pgxpool.Pool{pool, owner} {
			if _, err := db.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%s as %s = %v, want it refused", sql, db.Config().ConnConfig.User, err)
			}
		}
	}
	if n, err := Empty(t.Context(), pool, time.Now().Add(time.Hour)); n != 0 || err != nil {
		t.Errorf("Empty(everything) = %d, %v, want the database to keep what is young", n, err)
	}
}

func TestRowsThatHadTheirTimeLeaveAChainThatVerifies(t *testing.T) {
	t.Parallel()
	pool, owner := chained(t)
	// Seals as they would be if the first two had been made seven years ago.
	forge(t, owner, `do $$
		declare s audit_seal; before bytea := '';
		begin
			for s in select * from audit_seal order by sequence loop
				if s.sequence < 3 then s.sealed_at := s.sealed_at - interval '7 years'; end if;
				s.hash := audit_seal_hash(before, s);
				update audit_seal set sealed_at = s.sealed_at, hash = s.hash where sequence = s.sequence;
				before := s.hash;
			end loop;
		end $$`)
	if n, err := Empty(t.Context(), pool, time.Now().AddDate(-6, 0, 0)); n != 8 || err != nil {
		t.Fatalf("Empty() = %d, %v, want 8 rows", n, err)
	}
	report, lines := verify(t, pool, Head{})
	if lines != "" || report.Emptied != 2 || report.Rows != 4 || report.Seals != 3 {
		t.Errorf("Verify() = %+v, %s, want 2 seals of 3 empty and 4 rows", report, lines)
	}
	forge(t, owner, `insert into audit_event (actor_kind, action, outcome, xid) select 'system', 'x', 'done', xid from audit_seal where sequence = 1`)
	if _, lines := verify(t, pool, Head{}); !strings.Contains(lines, "was added after the seal was made") {
		t.Errorf("Verify() with a row in an empty seal tells %q, want that it was added", lines)
	}
}

func TestAnEraBeginsWhereTransactionsAreNumberedFromFurtherBack(t *testing.T) {
	t.Parallel()
	pool, owner := chained(t)
	// As after a restore: the rows, sealed and not, are of transactions that this
	// server will not come to for long.
	forge(t, owner, `update audit_event set xid = ((xid::text::bigint + 4000000000)::text)::xid8`,
		`delete from audit_seal`)
	for range 2 { // the second time changes nothing
		if _, err := owner.Exec(t.Context(), `select begin_audit_era()`); err != nil {
			t.Fatal(err)
		}
	}
	mustRecord(t, pool, Entry{ActorKind: System, Action: "test.run", Outcome: Done})
	mustSeal(t, pool)
	mustRecord(t, pool, Entry{ActorKind: System, Action: "test.run", Outcome: Done})
	mustSeal(t, pool)
	if report, lines := verify(t, pool, Head{}); lines != "" || report.Rows != 16 || report.Unsealed != 0 {
		t.Errorf("Verify() = %+v, %s, want 16 rows and nothing found", report, lines)
	}
	if _, err := owner.Exec(t.Context(), `select begin_audit_era()`); err != nil {
		t.Fatal(err)
	}
	var eras int
	if err := owner.QueryRow(t.Context(), `select audit_era()`).Scan(&eras); err != nil || eras != 2 {
		t.Errorf("era = %d, %v, want 2", eras, err)
	}
}

func TestNothingSlipsBehindASeal(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	var kept atomic.Int64
	var writers sync.WaitGroup
	begin := make(chan struct{})
	const writersAtOnce, transactions = 8, 60
	for w := range writersAtOnce {
		writers.Go(func() {
			<-begin
			for i := range transactions {
				n, err := write(context.Background(), pool, i%7 == w%7, i%5 == 4)
				if err != nil {
					t.Errorf("writing: %v", err)
				}
				kept.Add(n)
			}
		})
	}
	stop := make(chan struct{})
	var sealers sync.WaitGroup
	for range 2 {
		sealers.Go(func() {
			<-begin
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := Seal(context.Background(), pool); err != nil {
					t.Errorf("Seal() = %v", err)
				}
			}
		})
	}
	close(begin)
	writers.Wait()
	close(stop)
	sealers.Wait()
	mustSeal(t, pool)
	report, lines := verify(t, pool, Head{})
	if lines != "" || report.Rows != kept.Load() || report.Unsealed != 0 || report.Seals < 2 {
		t.Errorf("Verify() = %+v, %s, want %d rows under several seals and none left over", report, lines, kept.Load())
	}
}

// write adds up to five rows in one transaction, a slow one where it is long,
// and says how many are kept.
func write(ctx context.Context, pool *pgxpool.Pool, long, undone bool) (int64, error) {
	n := 1 + rand.Int64N(5)
	undo := errors.New("undone")
	err := postgres.InTx(ctx, pool, func(tx pgx.Tx) error {
		for range n {
			if err := Record(ctx, tx, Entry{ActorKind: System, Action: "test.run", Outcome: Done}); err != nil {
				return err
			}
			if long {
				time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
			}
		}
		if undone {
			return undo
		}
		return nil
	})
	if errors.Is(err, undo) {
		return 0, nil
	}
	return n, err
}

func TestParseHeadRefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "1", "1:", "x:00", "0:" + strings.Repeat("00", 32), "1:" + strings.Repeat("00", 31), "-1:" + strings.Repeat("00", 32)} {
		if _, err := ParseHead(text); !errors.Is(err, fault.Invalid) {
			t.Errorf("ParseHead(%q) = %v, want an Invalid fault", text, err)
		}
	}
}

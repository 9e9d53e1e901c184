package purge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/retention"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

func newStore(db postgres.DB) *purge.Store {
	return &purge.Store{DB: db, Now: func() time.Time { return noon }}
}

// kinds is how many kinds of thing have a rule.
const kinds = 22

// fill puts one thing of each kind into the database that had its time, and one
// that had not.
func fill(t *testing.T, db postgres.DB) {
	t.Helper()
	for _, sql := range []string{
		`insert into staff_account (id, email, name, role, created_at) values ('00000000-0000-4000-8000-000000000001', 'sam@example.org', 'Sam', 'lead', $1)`,
		`insert into draft (created_at, updated_at, expires_at)
			select $1, at, at + interval '28 days' from unnest(array[$1::timestamptz, $1 - interval '28 days']) at`,
		`insert into enquiry (reference, receipt_hash, kind, state, message, received_at, due, state_since, answered_by)
			select 'E-' || n, n::text::bytea, 'contact', state, 'x', $1, '2026-11-20', at, answered
			from (values (1, 'answered', $1::timestamptz, 'email'), (2, 'answered', $1 - interval '13 months', 'email'),
				(3, 'set-aside', $1, null), (4, 'set-aside', $1 - interval '31 days', null)) v (n, state, at, answered)`,
		`insert into offer (reference, receipt_hash, state, organisation, site, profession, starts_on, days, name, email, received_at, state_since)
			select 'A-' || n, n::text::bytea, state, 'x', 'x', 'dietitians', '2027-04-01', 0, 'x', 'x', received, at
			from (values (1, 'closed', $1::timestamptz, $1::timestamptz), (2, 'closed', $1, $1 - interval '13 months'),
				(3, 'open', $1 - interval '25 months', $1), (4, 'set-aside', $1, $1 - interval '31 days'), (5, 'open', $1, $1)) v (n, state, received, at)`,
		`insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by, postcode_area, programme,
				any_organisation, organisations, settings, hours, start_choice, help, privacy_version, result, rule_version, stage_since, updated_at, suspicion, set_aside_at)
			select 'X' || n, gen_random_uuid(), at, 'dietitians', 'left-register', false, 'x', 'x', 'email', 'LN1', false,
				true, '{}', '{}', 'either', 'not-sure', '{}', '1', '{}', '1', at, at, 'trap', at
			from (values (1, $1::timestamptz), (2, $1 - interval '31 days')) v (n, at)`,
		`insert into track_link (token_hash, expression_id, created_at, expires_at) select at::text::bytea, id, $1, at
			from expression, unnest(array[$1::timestamptz, $1 - interval '2 days']) at where reference = 'X1'`,
		`insert into export (made_by, form_key, asked_at, format, names, leads, filter, search_id, said, state, size, ended_at)
			select id, at, at, 'xlsx', false, false, '{}', '', '', 'done', case when at > $1 - interval '1 year' then 5 else 0 end, at
			from staff_account, unnest(array[$1::timestamptz, $1 - interval '2 days', $1 - interval '73 months']) at`,
		`insert into staff_search (account_id, text, created_at) select id, 'x', at from staff_account, unnest(array[$1::timestamptz, $1 - interval '8 days']) at`,
		`insert into session (token_hash, data, created_at, expires_at) select at::text::bytea, 'x', $1, at from unnest(array[$1::timestamptz, $1 - interval '2 days']) at`,
		`insert into staff_link (token_hash, purpose, created_at, expires_at) select at::text::bytea, 'first-lead', $1, at from unnest(array[$1::timestamptz, $1 - interval '31 days']) at`,
		`insert into staff_device (account_id, token_hash, last_at) select id, at::text::bytea, at from staff_account, unnest(array[$1::timestamptz, $1 - interval '91 days']) at`,
		`insert into attempt (key, failures, last_at) select at::text::bytea, 1, at from unnest(array[$1::timestamptz, $1 - interval '2 days']) at`,
		`insert into erased_expression (profession, stage, received_month, stage_month) select 'dietitians', 'closed', month, month from (select date_trunc('month', $1::timestamptz)::date as month) m`,
		`insert into erased_reference (hash, erased_on) select at::text::bytea, at::date from unnest(array[$1::timestamptz, $1 - interval '13 months']) at`,
		`with added as (
				insert into audit_event (at, actor_kind, action, outcome) select at, 'system', 'test.run', 'done' from unnest(array[$1::timestamptz - interval '73 months', $1]) at
				returning at, era, xid, id)
			insert into audit_seal (sequence, era, xid, id, rows, ids, digests, content, hash, sealed_at)
			select row_number() over (order by id), era, xid, id, 1, array[id], array[''::bytea], '', '', at from added`,
		`insert into bulk_change (account_id, kind, goes_to, created_at)
			select id, 'assign', '', at from staff_account, unnest(array[$1::timestamptz, $1 - interval '31 days']) at`,
		`insert into intake (name, sha256, size, file, headings, mapping, state, uploaded_at, changed_at, imported_at)
			select 'x', n::text::bytea, 1, case when state <> 'imported' then 'x'::bytea end, '{}', '{}', state, at, at, case when state = 'imported' then at end
			from (values (1, 'uploaded', $1::timestamptz), (2, 'checked', $1 - interval '8 days'), (3, 'imported', $1), (4, 'imported', $1 - interval '73 months')) v (n, state, at)`,
		`insert into retention_run (rule, at, dry, rows) select 'draft', at, false, 5 from unnest(array[$1::timestamptz - interval '1 day', $1 - interval '91 days']) at`,
	} {
		if _, err := db.Exec(t.Context(), sql, noon); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// tables counts the rows of every table but the record of runs.
func tables(t *testing.T, db postgres.DB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, table := range []string{"draft", "expression", "event", "event_detail", "mail", "enquiry", "offer", "staff_search", "session", "staff_link",
		"staff_device", "attempt", "erased_expression", "erased_stage", "erased_reference", "audit_event", "audit_seal", "export", "bulk_change", "intake"} {
		counts[table] = size(t, db, table)
	}
	return counts
}

func TestEveryKindHasARuleThatDeletes(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	rules, err := (&retention.Store{DB: tx}).Rules(t.Context())
	if err != nil || len(rules) != kinds {
		t.Fatalf("Rules() = %d, %v, want %d", len(rules), err, kinds)
	}
	for _, r := range rules {
		if !r.Kind.Known() {
			t.Errorf("the program does not know the kind %s", r.Kind)
		}
		if n, err := newStore(tx).Preview(t.Context(), r); n != 0 || err != nil {
			t.Errorf("Preview(%s) = %d, %v, want 0", r.Kind, n, err)
		}
	}
	draft, _ := rules.Of(retention.Draft)
	if life := noon.Sub(draft.Before(noon)); life != interest.DraftLife {
		t.Errorf("drafts are deleted after %s and can be used for %s, want the same", life, interest.DraftLife)
	}
}

func TestRunDeletesWhatHadItsTimeAndADryRunNothing(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	fill(t, postgrestest.Owner(t, pool))
	s := newStore(pool)
	before := tables(t, pool)
	for _, dry := range []bool{true, true, false} {
		counts, err := s.Run(t.Context(), dry)
		if err != nil || len(counts) != kinds {
			t.Fatalf("Run(dry %v) = %d counts, %v, want %d", dry, len(counts), err, kinds)
		}
		for _, c := range counts {
			want := int64(1)
			if c.Rule.Kind == retention.EndedExpression {
				want = 0
			}
			if c.Rows != want {
				t.Errorf("Run(dry %v) of %s = %d, want %d", dry, c.Rule.Kind, c.Rows, want)
			}
		}
		for table, n := range tables(t, pool) {
			if dry && n != before[table] {
				t.Errorf("after a dry run %s has %d rows, want %d as before", table, n, before[table])
			}
		}
	}
	for table, want := range map[string]int{"draft": 1, "expression": 1, "enquiry": 2, "offer": 2, "staff_search": 1, "session": 1, "staff_link": 1,
		"staff_device": 1, "attempt": 1, "erased_reference": 1, "erased_expression": 1, "audit_seal": 2, "export": 2, "bulk_change": 1, "intake": 2} {
		if n := tables(t, pool)[table]; n != want {
			t.Errorf("after a run %s has %d rows, want %d", table, n, want)
		}
	}
	counts, err := s.Run(t.Context(), false)
	for _, c := range counts {
		if c.Rows != 0 || err != nil {
			t.Errorf("a second run of %s = %d, %v, want nothing left", c.Rule.Kind, c.Rows, err)
		}
	}
	var runs, dry int
	if err := pool.QueryRow(t.Context(), `select count(*), count(*) filter (where dry) from retention_run where at = $1`, noon).Scan(&runs, &dry); err != nil || runs != 4*kinds || dry != 2*kinds {
		t.Errorf("%d runs are recorded, %d of them dry, %v, want %d and %d", runs, dry, err, 4*kinds, 2*kinds)
	}
}

func TestARuleThatFailsKeepsNoOtherFromRunning(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	owner := postgrestest.Owner(t, pool)
	fill(t, owner)
	if _, err := owner.Exec(t.Context(), `drop table staff_search`); err != nil {
		t.Fatal(err)
	}
	counts, err := newStore(pool).Run(t.Context(), false)
	if err == nil || len(counts) != kinds-1 {
		t.Errorf("Run() = %d counts, %v, want %d and an error", len(counts), err, kinds-1)
	}
	if n := size(t, pool, "draft"); n != 1 {
		t.Errorf("drafts = %d, want the young one alone", n)
	}
}

func size(t *testing.T, db postgres.DB, table string) int {
	t.Helper()
	var n int
	if err := db.QueryRow(t.Context(), `select count(*) from `+table).Scan(&n); err != nil {
		t.Fatalf("counting %s: %v", table, err)
	}
	return n
}

func TestPreviewCountsByTheChosenPeriod(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	r := retention.Rule{Kind: retention.AnsweredEnquiry, Unit: retention.Month, Period: 6}
	if _, err := tx.Exec(t.Context(), `
		insert into enquiry (reference, receipt_hash, kind, state, message, received_at, due, state_since, answered_by)
		values ('E-1', 'x', 'contact', 'answered', 'x', $1, '2026-11-20', $1::timestamptz - interval '7 months', 'email')`, noon); err != nil {
		t.Fatal(err)
	}
	for period, want := range map[int]int64{6: 1, 12: 0} {
		r.Period = period
		if n, err := newStore(tx).Preview(t.Context(), r); n != want || err != nil {
			t.Errorf("Preview(%d months) = %d, %v, want %d", period, n, err, want)
		}
	}
}

// ended puts expressions into the database whose cases ended before the time
// for which they are kept.
func ended(t *testing.T, owner postgres.DB, n int) {
	t.Helper()
	for _, sql := range []string{
		`insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by, postcode_area, programme,
				any_organisation, organisations, settings, hours, start_choice, help, privacy_version, result, rule_version, stage_since, updated_at)
			select 'P' || n, gen_random_uuid(), $1, 'dietitians', 'left-register', false, 'x', 'x', 'email', 'LN1', false,
				true, '{}', '{}', 'either', 'not-sure', '{}', '1', '{}', '1', $1, $1
			from generate_series(1, $2) n`,
		`update expression set stage = 'withdrawn', stage_reason = (select min(reason) from stage_reason where stage = 'withdrawn'), stage_since = $1::timestamptz - interval '13 months' where received_at = $1 and $2 > 0`,
	} {
		if _, err := owner.Exec(t.Context(), sql, noon, n); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// TestARunThatIsStoppedLosesAndDoublesNothing stops a run when its first batch is
// done, and lets the next one finish.
func TestARunThatIsStoppedLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	const n = 2*interest.EndedAtOnce + 100
	pool := postgrestest.NewDatabase(t)
	ended(t, postgrestest.Owner(t, pool), n)
	s := newStore(pool)
	rule, _ := mustRules(t, pool).Of(retention.EndedExpression)
	for range 2 { // a dry run leaves what it counts
		if found, err := s.Preview(t.Context(), rule); found != n || err != nil {
			t.Fatalf("Preview() = %d, %v, want %d", found, err, n)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer stop()
		for size(t, pool, "erased_expression") == 0 && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
	}()
	counts, err := s.Run(ctx, false)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Run() until it is stopped = %v, want Canceled", err)
	}
	first := deleted(counts)
	check := func(when string, erased int64) {
		t.Helper()
		latest, err := (&retention.Store{DB: pool, Now: s.Now}).Latest(t.Context())
		if err != nil || latest[retention.EndedExpression].Lately != erased {
			t.Errorf("%s %d are recorded, %v, want %d", when, latest[retention.EndedExpression].Lately, err, erased)
		}
		for what, got := range map[string]int{
			"expressions": n - size(t, pool, "expression"), "references": size(t, pool, "erased_reference"), "counts": size(t, pool, "erased_expression"),
			"rows of the audit": size(t, pool, "audit_event where action = 'expression.erase'"),
		} {
			if int64(got) != erased {
				t.Errorf("%s %d %s say that one was erased, want %d", when, got, what, erased)
			}
		}
	}
	check("after the stop", first)
	if first == 0 || first == n || first%interest.EndedAtOnce != 0 {
		t.Errorf("%d were erased before the stop, want whole batches and not all", first)
	}
	s.Now = func() time.Time { return noon.Add(time.Hour) }
	counts, err = s.Run(t.Context(), false)
	if rest := deleted(counts); rest != n-first || err != nil {
		t.Errorf("the next Run() erased %d, %v, want the other %d", rest, err, n-first)
	}
	check("in the end", n)
	runs, err := (&retention.Store{DB: pool, Now: s.Now}).Runs(t.Context(), 10)
	if err != nil || len(runs) != 2 || runs[0].Rows != n-first || runs[1].Rows != first {
		t.Errorf("Runs() = %+v, %v, want one row for each run", runs, err)
	}
}

func mustRules(t *testing.T, db postgres.DB) retention.Rules {
	t.Helper()
	rules, err := (&retention.Store{DB: db}).Rules(t.Context())
	if err != nil {
		t.Fatalf("Rules() = %v", err)
	}
	return rules
}

// deleted is how many ended expressions a run deleted.
func deleted(counts []purge.Count) int64 {
	for _, c := range counts {
		if c.Rule.Kind == retention.EndedExpression {
			return c.Rows
		}
	}
	return 0
}

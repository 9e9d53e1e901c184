package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/updating"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// friday is 20 November 2026 at noon.
var friday = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

func newStore(t *testing.T, now *time.Time) (*report.Store, pgx.Tx) {
	t.Helper()
	tx := postgrestest.Tx(t)
	return &report.Store{DB: tx, Now: func() time.Time { return *now }}, tx
}

func mustExec(t *testing.T, tx pgx.Tx, sql string, args ...any) {
	t.Helper()
	if _, err := tx.Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// received adds an expression that was received at a time.
func received(t *testing.T, tx pgx.Tx, profession string, at time.Time) string {
	t.Helper()
	var id string
	err := tx.QueryRow(context.Background(), `
		insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by, postcode_area,
			programme, any_organisation, organisations, settings, hours, start_choice, help, privacy_version, result, rule_version,
			stage_since, updated_at)
		values (gen_random_uuid()::text, gen_random_uuid(), $2, $1, 'left-register', false, 'Zoë Example', 'zoe@example.com', 'email', 'LN1',
			false, true, '{}', '{}', 'part-time', 'now', '{}', '1', '{}', '1', $2, $2) returning id::text`, profession, at).Scan(&id)
	if err != nil {
		t.Fatalf("adding an expression: %v", err)
	}
	mustExec(t, tx, `insert into event (expression_id, at, kind, actor_kind) values ($1, $2, 'received', 'returner')`, id, at)
	return id
}

// moved moves a case on, a stage a time.
func moved(t *testing.T, tx pgx.Tx, id string, at time.Time, stages ...interest.Stage) {
	t.Helper()
	for _, to := range stages {
		mustExec(t, tx, `
			insert into event (expression_id, at, kind, actor_kind, from_stage, to_stage)
			select id, $2, 'moved', 'staff', stage, $3 from expression where id = $1`, id, at, to)
		mustExec(t, tx, `update expression set stage = $3, stage_since = $2, stage_reason = case when $3 = 'withdrawn' then 'cost' end where id = $1`, id, at, to)
	}
}

func mustMake(t *testing.T, store *report.Store) report.Figures {
	t.Helper()
	figures, err := store.Make(context.Background())
	if err != nil {
		t.Fatalf("Make() = %v", err)
	}
	return figures
}

func TestCasesCountInEveryStepTheyEverCameTo(t *testing.T) {
	t.Parallel()
	now := friday
	store, tx := newStore(t, &now)
	received(t, tx, "paramedics", friday)
	back := received(t, tx, "paramedics", friday.AddDate(0, -1, 0))
	moved(t, tx, back, friday, interest.Contacted, interest.FindingPlacement, interest.Updating, interest.FindingPlacement, interest.Withdrawn)
	through := received(t, tx, "dietitians", friday.AddDate(0, -3, 0))
	moved(t, tx, through, friday, interest.Contacted, interest.FindingPlacement, interest.Updating, interest.AppliedToRegister, interest.Returned)
	aside := received(t, tx, "dietitians", friday)
	mustExec(t, tx, `update expression set suspicion = 'trap', set_aside_at = $2 where id = $1`, aside, friday)

	figures := mustMake(t, store)
	want := []report.Cohort{
		{Profession: "dietitians", Quarter: updating.Date{Year: 2026, Month: 7, Day: 1}, Reached: report.Reached{1, 1, 1, 1, 1}},
		{Profession: "paramedics", Quarter: updating.Date{Year: 2026, Month: 10, Day: 1}, Reached: report.Reached{2, 1, 1, 0, 0}},
	}
	if fmt.Sprint(figures.Cohorts) != fmt.Sprint(want) {
		t.Errorf("Make() counts %v, want %v", figures.Cohorts, want)
	}
	mustExec(t, tx, `select erase_expression($1, $2)`, through, friday)
	if erased := mustMake(t, store); fmt.Sprint(erased.Cohorts) != fmt.Sprint(want) {
		t.Errorf("after an erasure Make() counts %v, want %v", erased.Cohorts, want)
	}
}

func TestTheMedianCountsWorkingDays(t *testing.T) {
	t.Parallel()
	now := friday
	store, tx := newStore(t, &now)
	mustExec(t, tx, `insert into bank_holiday (day, name) values ('2026-11-10', 'A day off') on conflict do nothing`)
	for _, days := range []int{1, 7, 11} { // the 19th, 13th and 9th of November
		moved(t, tx, received(t, tx, "paramedics", friday.AddDate(0, 0, -days)), friday, interest.InReview)
	}
	long := received(t, tx, "paramedics", friday.AddDate(-3, 0, 0))
	moved(t, tx, long, friday.AddDate(-2, 0, 0), interest.InReview)

	aside := received(t, tx, "paramedics", friday.AddDate(0, -1, 0))
	moved(t, tx, aside, friday, interest.InReview, interest.Contacted)
	mustExec(t, tx, `update expression set suspicion = 'trap', set_aside_at = $2 where id = $1`, aside, friday)

	figures := mustMake(t, store)
	if len(figures.Times) != 1 || figures.Times[0] != (report.StageTime{Stage: interest.Received, Median: 5, Stays: 3}) {
		t.Errorf("Make() gives times %v, want 5 working days in %q, of 3 stays", figures.Times, interest.Received)
	}
}

func TestLateCasesAndLoadAreCountedByWhoeverHasThem(t *testing.T) {
	t.Parallel()
	now := friday
	store, tx := newStore(t, &now)
	mustExec(t, tx, `update stage_limit set working_days = 3 where stage = 'received'`)
	var sam string
	err := tx.QueryRow(t.Context(), `insert into staff_account (email, name, role, created_at) values ('sam@example.org', 'Sam', 'lead', $1) returning id::text`, friday).Scan(&sam)
	if err != nil {
		t.Fatalf("adding a member of staff: %v", err)
	}
	for i, days := range []int{0, 3, 10} {
		id := received(t, tx, "paramedics", friday.AddDate(0, 0, -days))
		if i > 0 {
			mustExec(t, tx, `update expression set assignee_id = $2 where id = $1`, id, sam)
		}
	}
	figures := mustMake(t, store)
	if fmt.Sprint(figures.Loads) != fmt.Sprint([]report.Load{{StaffID: sam, Open: 2, Late: 1}, {Open: 1}}) {
		t.Errorf("Make() gives loads %v, want two of Sam's, one late, and one of nobody's", figures.Loads)
	}
	if figures.Late[0].Count != 1 || !figures.Limited {
		t.Errorf("Make() gives %v late, limited %v, want one received", figures.Late, figures.Limited)
	}
	own, err := store.Own(t.Context(), sam)
	if err != nil || own != (report.Own{Open: 2, Late: 1, New: 1, Since: updating.Date{Year: 2026, Month: 11, Day: 19}}) {
		t.Errorf("Own() = %+v, %v, want two cases, one late, one new since yesterday", own, err)
	}
}

func TestFiguresAreMadeAgainWhenSomethingHappened(t *testing.T) {
	t.Parallel()
	now := friday
	store, tx := newStore(t, &now)
	received(t, tx, "paramedics", friday)
	mustLatest := func() report.Figures {
		t.Helper()
		figures, err := store.Latest(t.Context())
		if err != nil {
			t.Fatalf("Latest() = %v", err)
		}
		return figures
	}
	first := mustLatest()
	now = now.Add(time.Minute)
	if again := mustLatest(); !again.MadeAt.Equal(first.MadeAt) {
		t.Errorf("figures were made again though nothing happened")
	}
	received(t, tx, "paramedics", friday)
	if again := mustLatest(); again.Total(report.Choice{})[report.Received] != 2 {
		t.Errorf("Latest() = %v, want what happened since", again.Cohorts)
	}
	now = now.Add(time.Hour)
	if made, err := store.Refresh(t.Context()); err != nil || !made {
		t.Errorf("Refresh() = %v, %v, want figures made again after an hour", made, err)
	}
	// Figures that take long are not made again for somebody who waits.
	mustExec(t, tx, `update report set took_ms = 60000`)
	received(t, tx, "paramedics", friday)
	if again := mustLatest(); again.Total(report.Choice{})[report.Received] != 2 {
		t.Errorf("Latest() counted again, though that takes a minute")
	}
	if made, err := store.Refresh(t.Context()); err != nil || made {
		t.Errorf("Refresh() = %v, %v, want it to wait for its share of the time", made, err)
	}
}

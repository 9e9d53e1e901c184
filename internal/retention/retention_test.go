package retention_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/retention"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// newStore is a store with a member of staff to act for.
func newStore(t *testing.T, db postgres.DB) (*retention.Store, retention.By) {
	t.Helper()
	var id string
	err := db.QueryRow(t.Context(), `
		insert into staff_account (email, name, role, created_at) values ('sam@example.org', 'Sam', 'lead', $1) returning id::text`, noon).Scan(&id)
	if err != nil {
		t.Fatalf("adding a member of staff: %v", err)
	}
	return &retention.Store{DB: db, Now: func() time.Time { return noon }}, retention.By{StaffID: id}
}

func mustRule(t *testing.T, s *retention.Store, k retention.Kind) retention.Rule {
	t.Helper()
	rules, err := s.Rules(t.Context())
	r, found := rules.Of(k)
	if err != nil || !found {
		t.Fatalf("Rules().Of(%s) = %v, %v", k, found, err)
	}
	return r
}

func TestPeriodsAreKeptToTheirBounds(t *testing.T) {
	t.Parallel()
	s, by := newStore(t, postgrestest.Tx(t))
	r := mustRule(t, s, retention.EndedExpression)
	if !r.Choice() || r.Words() != "12 months" || r.In(1) != "1 month" || r.ChangedAt != nil {
		t.Errorf("the rule is %+v, want 12 months that may be chosen", r)
	}
	for _, typed := range []string{"", "two", "2", "73", "-6", "6.5", "99999999999999999999"} {
		c := retention.Change{Kind: r.Kind, Period: typed, Seen: 12}
		if !c.Validate(r).Any() {
			t.Errorf("Validate(%q) finds nothing wrong", typed)
		}
		if err := s.Set(t.Context(), by, c); !errors.Is(err, fault.Invalid) {
			t.Errorf("Set(%q) = %v, want Invalid", typed, err)
		}
	}
	if err := s.Set(t.Context(), by, retention.Change{Kind: r.Kind, Period: " 6 ", Seen: 12}); err != nil {
		t.Fatalf("Set(6) = %v", err)
	}
	r = mustRule(t, s, r.Kind)
	if r.Period != 6 || r.ChangedBy != by.StaffID || r.ChangedAt == nil || !r.ChangedAt.Equal(noon) {
		t.Errorf("the rule is %+v, want 6 months, by whom and when", r)
	}
	if err := s.Set(t.Context(), by, retention.Change{Kind: r.Kind, Period: "9", Seen: 12}); !errors.Is(err, retention.ErrChanged) {
		t.Errorf("Set(of an older window) = %v, want ErrChanged", err)
	}
	if err := s.Set(t.Context(), by, retention.Change{Kind: retention.Draft, Period: "28", Seen: 28}); !errors.Is(err, fault.Invalid) {
		t.Errorf("Set(draft) = %v, want Invalid: it is no choice", err)
	}
	if err := s.Set(t.Context(), by, retention.Change{Kind: "nothing", Period: "28"}); !errors.Is(err, fault.NotFound) {
		t.Errorf("Set(nothing) = %v, want NotFound", err)
	}
	var audited int
	err := s.DB.QueryRow(t.Context(), `select count(*) from audit_event where action = 'retention.set' and subject_id = 'ended-expression' and actor_id = $1`, by.StaffID).Scan(&audited)
	if audited != 1 || err != nil {
		t.Errorf("%d rows in the audit, %v, want 1", audited, err)
	}
}

func TestServingRoleMayChooseAPeriodAndNothingElse(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	for _, refused := range []string{
		`delete from retention`, `truncate retention cascade`, `update retention set most = 1000`, `update retention set unit = 'month'`,
		`insert into retention (kind, position, unit, period, least, most) values ('x', 99, 'day', 1, 1, 1)`,
		`update retention_run set rows = 0`, `truncate retention_run`,
	} {
		if _, err := pool.Exec(context.Background(), refused); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s = %v, want permission denied", refused, err)
		}
	}
	if _, err := pool.Exec(context.Background(), `update retention set period = 0 where kind = 'draft'`); err == nil || !strings.Contains(err.Error(), "23514") {
		t.Errorf("a period beyond its bounds = %v, want it refused", err)
	}
}

func TestRunsAreRecordedAndForgotten(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, postgrestest.Tx(t))
	for _, run := range []struct {
		days int
		dry  bool
		rows int64
	}{{-100, false, 1}, {-40, false, 2}, {-20, false, 4}, {-10, true, 8}, {-1, false, 16}, {0, false, 0}} {
		s.Now = func() time.Time { return noon.AddDate(0, 0, run.days) }
		if err := s.Record(t.Context(), retention.Draft, run.dry, run.rows); err != nil {
			t.Fatalf("Record() = %v", err)
		}
	}
	latest, err := s.Latest(t.Context())
	if got := latest[retention.Draft]; err != nil || len(latest) != 1 || got.Rows != 0 || got.Lately != 20 || !got.At.Equal(noon) {
		t.Errorf("Latest() = %+v, %v, want the run of noon and 20 of late", latest, err)
	}
	runs, err := s.Runs(t.Context(), 2)
	if err != nil || len(runs) != 2 || runs[0].Rows != 16 || !runs[1].Dry {
		t.Errorf("Runs(2) = %+v, %v, want the newest that found something", runs, err)
	}
	if n, err := s.PurgeRuns(t.Context(), noon.AddDate(0, 0, -90)); n != 1 || err != nil {
		t.Errorf("PurgeRuns() = %d, %v, want 1", n, err)
	}
}

func TestFillPutsPeriodsIntoTexts(t *testing.T) {
	t.Parallel()
	rules := retention.Rules{{Kind: retention.Draft, Unit: retention.Day, Period: 28}, {Kind: retention.EndedExpression, Unit: retention.Month, Period: 1}}
	for text, want := range map[string]string{
		"{kept draft} after": "28 days after", "{kept ended-expression}": "1 month",
		"{kept nothing}": "{kept nothing}", "{short-days} {kept}": "{short-days} {kept}",
	} {
		if got := rules.Fill(text); got != want {
			t.Errorf("Fill(%q) = %q, want %q", text, got, want)
		}
	}
	if !retention.IsPlaceholder("kept draft") || retention.IsPlaceholder("kept nothing") || retention.IsPlaceholder("draft") {
		t.Error("IsPlaceholder knows other names than the kinds'")
	}
}

package interest_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// newLead adds a member of staff to act for.
func newLead(t *testing.T, db postgres.DB) interest.By {
	t.Helper()
	var id string
	err := db.QueryRow(t.Context(), `
		insert into staff_account (email, name, role, created_at) values ('sam@example.org', 'Sam', 'lead', $1) returning id::text`, noon).Scan(&id)
	if err != nil {
		t.Fatalf("adding a member of staff: %v", err)
	}
	return interest.By{StaffID: id}
}

func mustLimits(t *testing.T, s *interest.Store) interest.StageLimits {
	t.Helper()
	limits, err := s.StageLimits(t.Context())
	if err != nil {
		t.Fatalf("StageLimits() = %v", err)
	}
	return limits
}

func TestNoStageHasALimitUntilTheFacultySetsIt(t *testing.T) {
	t.Parallel()
	limits := mustLimits(t, newStore(t, postgrestest.Tx(t)))
	at := 0
	for _, info := range interest.Stages() {
		if info.Ends {
			continue
		}
		if at >= len(limits) || limits[at] != (interest.StageLimit{Stage: info.Stage}) {
			t.Fatalf("StageLimits() = %+v, want %s without a limit at %d", limits, info.Stage, at)
		}
		at++
	}
	if at != len(limits) {
		t.Errorf("StageLimits() has %d stages, want the %d that end no case", len(limits), at)
	}
}

func TestTheTableHasEveryStageThatEndsNoCase(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	for _, info := range interest.Stages() {
		if n := count(t, tx, `select count(*) from stage_limit where stage = $1`, info.Stage); (n == 1) == info.Ends {
			t.Errorf("%s has %d rows, and ends a case: %t", info.Stage, n, info.Ends)
		}
	}
}

func TestLimitsAreSetOnceAndRecorded(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	by := newLead(t, s.DB)
	form := interest.NewStageLimits{Edition: mustLimits(t, s).Edition(), Days: map[interest.Stage]string{interest.Received: " 5 ", interest.Updating: "120"}}
	for range 2 {
		if err := s.SetStageLimits(t.Context(), by, form); err != nil {
			t.Fatalf("SetStageLimits() = %v", err)
		}
	}
	limits := mustLimits(t, s)
	for stage, want := range map[interest.Stage]int{interest.Received: 5, interest.InReview: 0, interest.Updating: 120, interest.Closed: 0} {
		if got := limits.Of(stage).WorkingDays; got != want {
			t.Errorf("%s may take %d working days, want %d", stage, got, want)
		}
	}
	if l := limits.Of(interest.Received); l.ChangedBy != by.StaffID || l.ChangedAt == nil || !l.ChangedAt.Equal(noon) {
		t.Errorf("the limit is %+v, want who set it and when", l)
	}
	if n := count(t, s.DB, `select count(*) from audit_event where action = 'stage-limit.set' and actor_id = $1`, by.StaffID); n != 2 {
		t.Errorf("%d rows in the audit, want one for each stage that was set, 2", n)
	}

	older := interest.NewStageLimits{Edition: form.Edition, Days: map[interest.Stage]string{interest.Received: "10"}}
	if err := s.SetStageLimits(t.Context(), by, older); !errors.Is(err, interest.ErrLimitsChanged) {
		t.Errorf("SetStageLimits(of an older window) = %v, want ErrLimitsChanged", err)
	}
	older.Edition = limits.Edition()
	if err := s.SetStageLimits(t.Context(), by, older); err != nil {
		t.Fatalf("SetStageLimits() = %v", err)
	}
	if got := mustLimits(t, s); got.Of(interest.Received).WorkingDays != 10 || got.Of(interest.Updating).WorkingDays != 0 {
		t.Errorf("StageLimits() = %+v, want 10 for the first and none for the rest", got)
	}
}

func TestLimitsAreWholeNumbersOfUpToAYear(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	by := newLead(t, s.DB)
	for _, typed := range []string{"0", "-1", "251", "five", "2.5", "99999999999999999999"} {
		n := interest.NewStageLimits{Edition: mustLimits(t, s).Edition(), Days: map[interest.Stage]string{interest.Contacted: typed}}
		if errs := n.Validate(); len(errs) != 1 || errs[0].Field != "contacted" {
			t.Errorf("Validate(%q) = %v, want one error of the stage", typed, errs)
		}
		if err := s.SetStageLimits(t.Context(), by, n); !errors.Is(err, fault.Invalid) {
			t.Errorf("SetStageLimits(%q) = %v, want Invalid", typed, err)
		}
	}
	if errs := (interest.NewStageLimits{Days: map[interest.Stage]string{interest.Contacted: "250", interest.Closed: "x"}}).Validate(); errs.Any() {
		t.Errorf("Validate() = %v, want nothing: a stage that ends a case is not asked for", errs)
	}
}

// Eight leads who opened the page together change a stage each: one is first,
// and nobody's change is lost unseen.
func TestOfManyLeadsAtOnceOneSetsTheLimits(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(t, pool)
	by, edition := newLead(t, pool), mustLimits(t, s).Edition()
	begin, results := make(chan struct{}), make(chan error, 8)
	var wait sync.WaitGroup
	for i := range cap(results) {
		form := interest.NewStageLimits{Edition: edition, Days: map[interest.Stage]string{interest.Received: strconv.Itoa(i + 1)}}
		wait.Go(func() {
			<-begin
			results <- s.SetStageLimits(t.Context(), by, form)
		})
	}
	close(begin)
	wait.Wait()
	done := 0
	for range cap(results) {
		switch err := <-results; {
		case err == nil:
			done++
		case !errors.Is(err, interest.ErrLimitsChanged):
			t.Errorf("SetStageLimits() = %v, want ErrLimitsChanged", err)
		}
	}
	if n := count(t, pool, `select count(*) from audit_event where action = 'stage-limit.set'`); done != 1 || n != 1 {
		t.Errorf("%d forms of the same edition were taken, %d rows in the audit, want 1", done, n)
	}
}

func TestServingRoleMaySetALimitAndNothingElse(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	for _, refused := range []string{`delete from stage_limit`, `truncate stage_limit`, `insert into stage_limit (stage) values ('received')`, `update stage_limit set stage = 'updating'`} {
		if _, err := pool.Exec(t.Context(), refused); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s = %v, want permission denied", refused, err)
		}
	}
	if _, err := pool.Exec(t.Context(), `update stage_limit set working_days = 0`); err == nil || !strings.Contains(err.Error(), "23514") {
		t.Errorf("no days at all = %v, want it refused", err)
	}
}

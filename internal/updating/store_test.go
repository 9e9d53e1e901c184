package updating

import (
	"errors"
	"reflect"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// newRules is a store that holds the default book.
func newRules(t *testing.T) *Store {
	t.Helper()
	s := &Store{DB: postgrestest.Tx(t)}
	if err := s.Replace(t.Context(), mustBook(t)); err != nil {
		t.Fatalf("Replace() = %v", err)
	}
	return s
}

func (s *Store) mustBook(t *testing.T) Book {
	t.Helper()
	b, err := s.Book(t.Context())
	if err != nil {
		t.Fatalf("Book() = %v", err)
	}
	return b
}

// audited is how often an action is in the audit.
func audited(t *testing.T, db postgres.DB, action string) int {
	t.Helper()
	var n int
	if err := db.QueryRow(t.Context(), `select count(*) from audit_event where action = $1 and actor_id = 'somebody'`, action).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

var somebody = By{StaffID: "somebody", RequestID: "request"}

func TestABookReadsBackFromTheDatabase(t *testing.T) {
	t.Parallel()
	s := newRules(t)
	if got := s.mustBook(t); !reflect.DeepEqual(got, mustBook(t)) {
		t.Errorf("Book() = %+v, want the book that was put there", got)
	}
	if err := s.Replace(t.Context(), Book{}); err != nil {
		t.Fatalf("Replace(nothing) = %v", err)
	}
	if got := s.mustBook(t); got.Complete() || !reflect.DeepEqual(got, Book{}) {
		t.Errorf("Book() = %+v, want an empty one", got)
	}
	if _, err := Compute(s.mustBook(t), Answers{Profession: "dietitians", Standing: Removed, ApplyOn: applyOn}); !errors.Is(err, fault.Unavailable) {
		t.Errorf("Compute(an empty book) = %v, want an Unavailable fault", err)
	}
}

func TestANewValueIsSetOnce(t *testing.T) {
	t.Parallel()
	s := newRules(t)
	days, _ := mustBook(t).Figure(ShortDays)
	n := newValue(ShortDays, applyOn.AddDays(10), 40)
	n.Edition = days.Edition()
	for range 2 {
		if err := s.Set(t.Context(), somebody, n, applyOn); err != nil {
			t.Fatalf("Set() = %v", err)
		}
	}
	if n := audited(t, s.DB, "figure.set"); n != 1 {
		t.Errorf("the audit has %d changes, want 1", n)
	}
	book := s.mustBook(t)
	if now, then := book.On(applyOn).Bands[1].Days, book.On(applyOn.AddDays(10)).Bands[1].Days; now != 30 || then != 40 {
		t.Errorf("days are %d today and %d from then on, want 30 and 40", now, then)
	}
	stale := newValue(ShortDays, applyOn, 35)
	stale.Edition = days.Edition()
	if err := s.Set(t.Context(), somebody, stale, applyOn); !errors.Is(err, ErrChanged) {
		t.Errorf("Set(from an older form) = %v, want ErrChanged", err)
	}
}

func TestACorrectionTakesThePlaceOfTheValueOfItsDay(t *testing.T) {
	t.Parallel()
	s := newRules(t)
	pounds, _ := mustBook(t).Figure(HostPounds)
	n := newValue(HostPounds, date(t, "2022-01-01"), 600)
	n.Edition = pounds.Edition()
	before := s.mustBook(t).On(applyOn).Version
	if err := s.Set(t.Context(), somebody, n, applyOn); err != nil {
		t.Fatalf("Set() = %v", err)
	}
	got, _ := s.mustBook(t).Figure(HostPounds)
	want := []Value{{From: date(t, "2022-01-01"), Value: 600, Source: "hcpc-requirements", Checked: applyOn}}
	if !reflect.DeepEqual(got.Values, want) {
		t.Errorf("values = %+v, want %+v", got.Values, want)
	}
	if s.mustBook(t).On(applyOn).Version == before {
		t.Error("the version of the rules is the same after a correction, want another")
	}
}

func TestOnlyWhatFitsIsSet(t *testing.T) {
	t.Parallel()
	s := newRules(t)
	days, _ := mustBook(t).Figure(LongDays)
	n := newValue(LongDays, applyOn, 20)
	n.Edition = days.Edition()
	if err := s.Set(t.Context(), somebody, n, applyOn); !errors.Is(err, fault.Invalid) {
		t.Errorf("Set(fewer days for longer out) = %v, want an Invalid fault", err)
	}
	if err := s.Set(t.Context(), somebody, newValue("no-figure", applyOn, 20), applyOn); !errors.Is(err, fault.NotFound) {
		t.Errorf("Set(no figure) = %v, want a NotFound fault", err)
	}
}

func TestChecksAreRecordedOnceADay(t *testing.T) {
	t.Parallel()
	s := newRules(t)
	later := applyOn.AddDays(30)
	for range 2 {
		if err := s.CheckFigure(t.Context(), somebody, WindowMonths, later); err != nil {
			t.Fatalf("CheckFigure() = %v", err)
		}
		if err := s.CheckRule(t.Context(), somebody, RuleMoney, later); err != nil {
			t.Fatalf("CheckRule() = %v", err)
		}
	}
	book := s.mustBook(t)
	window, _ := book.Figure(WindowMonths)
	money, _ := book.Rule(RuleMoney)
	if window.On(later).Checked != later || window.Values[0].Checked != applyOn || money.Checked != later {
		t.Errorf("checked: window %+v, money %s, want the values in force checked on %s", window.Values, money.Checked, later)
	}
	if figures, rules := audited(t, s.DB, "figure.check"), audited(t, s.DB, "rule.check"); figures != 1 || rules != 1 {
		t.Errorf("the audit has %d and %d checks, want 1 of each", figures, rules)
	}
	if err := s.CheckFigure(t.Context(), somebody, "no-figure", later); !errors.Is(err, fault.NotFound) {
		t.Errorf("CheckFigure(none) = %v, want a NotFound fault", err)
	}
	if err := s.CheckRule(t.Context(), somebody, "no-rule", later); !errors.Is(err, fault.NotFound) {
		t.Errorf("CheckRule(none) = %v, want a NotFound fault", err)
	}
}

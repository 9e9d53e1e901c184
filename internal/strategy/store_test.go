package strategy_test

import (
	"errors"
	"reflect"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/strategy"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// newStrategy has two of everything that matters for filters.
func newStrategy() strategy.Strategy {
	low := 7.5
	return strategy.Strategy{
		Slug: "plan", Title: "Plan", Owner: "Us", Period: "2022 to 2025", State: strategy.Past, Position: 1,
		Summary: "A plan.", Notes: []string{"No years."},
		Commitments: []strategy.Commitment{
			{Slug: "grow", Number: 1, Name: "Grow", Summary: []string{"More"}},
			{Slug: "value", Number: 2, Name: "Value"},
		},
		Themes: []strategy.Theme{
			{Slug: "research", Number: 1, Name: "Research", Summary: "R", Commitments: []string{"grow", "value"},
				Objectives: []strategy.Objective{{Slug: "research-1", Number: 1, Title: "One", Text: "Do one."}}},
			{Slug: "supply", Number: 2, Name: "Supply", Summary: "S", Commitments: []string{"value"},
				Objectives: []strategy.Objective{
					{Slug: "supply-1", Number: 1, Title: "One", Text: "Do one."}, {Slug: "supply-2", Number: 2, Title: "Two", Text: "Do two."}}},
		},
		Metrics: []strategy.Metric{{Slug: "score", Name: "Score", Measure: "Survey", Unit: "out of 10", Direction: "increase",
			Targets: []strategy.Target{{Year: 1, Text: "7.5 out of 10", Low: &low}, {Year: 2, Text: "more"}}}},
		Profile: &strategy.Profile{Date: "2022", Source: "Us", Headline: []strategy.Figure{{Label: "AHPs", Value: "over 560"}},
			Charts: []strategy.Chart{{Title: "Gender", Bars: []strategy.Bar{{Label: "Female", Percent: 80}}}}},
	}
}

func TestStoreGivesBackWhatItKeeps(t *testing.T) {
	t.Parallel()
	store := &strategy.Store{DB: postgrestest.Tx(t)}
	want := []strategy.Strategy{newStrategy(), {Slug: "bare", Title: "Bare", Owner: "Them", State: strategy.Unknown, Position: 2, Summary: "S"}}
	if err := store.Replace(t.Context(), want); err != nil {
		t.Fatalf("Replace = %v, want no error", err)
	}
	if got, err := store.All(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("All = %+v, %v, want %+v", got, err, want)
	}
	if got, err := store.Strategy(t.Context(), "plan"); err != nil || !reflect.DeepEqual(got, want[0]) {
		t.Errorf("Strategy(plan) = %+v, %v, want %+v", got, err, want[0])
	}
	if _, err := store.Strategy(t.Context(), "none"); !errors.Is(err, fault.NotFound) {
		t.Errorf("Strategy(none) = %v, want NotFound", err)
	}
}

func TestServingFiltersByThemeAndCommitment(t *testing.T) {
	t.Parallel()
	s := newStrategy()
	tests := []struct {
		theme, commitment string
		objectives        int
	}{
		{"", "", 3}, {"supply", "", 2}, {"", "grow", 1}, {"supply", "grow", 0}, {"", "value", 3},
	}
	for _, test := range tests {
		if got := strategy.CountObjectives(s.Serving(test.theme, test.commitment)); got != test.objectives {
			t.Errorf("Serving(%q, %q) has %d objectives, want %d", test.theme, test.commitment, got, test.objectives)
		}
	}
}

func TestTargetIsInWords(t *testing.T) {
	t.Parallel()
	s := newStrategy()
	if got := s.TargetYears(); got != 2 {
		t.Errorf("TargetYears = %d, want 2", got)
	}
	if got := s.Metrics[0].Target(1); got != "7.5 out of 10" {
		t.Errorf("Target(1) = %q, want 7.5 out of 10", got)
	}
	if got := s.Metrics[0].Target(3); got != "" {
		t.Errorf("Target(3) = %q, want none", got)
	}
}

package updating

import (
	"testing"
	"time"
)

func TestPlans(t *testing.T) {
	t.Parallel()
	thirty := mustCompute(t, Answers{LastPractised: When{2023, time.May, 1}}).First()
	sixty := mustCompute(t, Answers{LastPractised: When{2015, time.May, 1}}).First()
	set := mustBook(t).On(applyOn)
	for _, c := range []struct {
		name                      string
		outcome                   Outcome
		plan                      Plan
		counted, private, missing int
	}{
		{"more private study than counts", thirty, Plan{Supervised: 10, Private: 16, Formal: 4}, 29, 15, 1},
		{"half and half", thirty, Plan{Formal: 15, Private: 15}, 30, 15, 0},
		{"one kind alone", thirty, Plan{Supervised: 30}, 30, 0, 0},
		{"private study alone", sixty, Plan{Private: 60}, 30, 30, 30},
		{"more than asked for", sixty, Plan{Supervised: 50, Formal: 30}, 80, 0, 0},
		{"days before the window", thirty, Plan{Supervised: 20, Early: 10}, 20, 0, 10},
		{"nothing yet", sixty, Plan{}, 0, 0, 60},
		{"less than nothing", sixty, Plan{Supervised: -5, Formal: -1, Private: -3}, 0, 0, 60},
	} {
		got := set.Count(c.outcome, c.plan)
		if got.Counted != c.counted || got.PrivateCounted != c.private || got.Missing != c.missing {
			t.Errorf("%s = %+v, want %d counted, %d of them private, %d missing", c.name, got, c.counted, c.private, c.missing)
		}
		if len(got.Notes) == 0 {
			t.Errorf("%s has no note, want one that says where they stand", c.name)
		}
	}
}

func TestNotesSayWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	thirty := mustCompute(t, Answers{LastPractised: When{2023, time.May, 1}}).First()
	got := mustBook(t).On(applyOn).Count(thirty, Plan{Supervised: 10, Private: 16, Formal: 4, Early: 1}).Notes
	want := []string{
		"15 of your 16 days of private study count, because private study counts for at most 15 of the 30 days asked for.",
		"1 day before the last 12 months does not count.",
		"Your plan is 1 day short.",
	}
	if len(got) != len(want) {
		t.Fatalf("Notes = %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("note %d = %q, want %q", i, got[i], want[i])
		}
	}
}

func TestAPlanIsReadFromWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed PlanInput
		want  Plan
		field string // the one at fault; "" for none
	}{
		{PlanInput{"10", "4", "16", "3"}, Plan{10, 4, 16, 3}, ""},
		{PlanInput{}, Plan{}, ""},
		{PlanInput{Supervised: "9999"}, Plan{Supervised: 9999}, ""},
		{PlanInput{Supervised: "ten"}, Plan{}, "supervised"},
		{PlanInput{Formal: "2.5"}, Plan{}, "formal"},
		{PlanInput{Private: "-3"}, Plan{}, "private"},
		{PlanInput{Early: "10000000"}, Plan{}, "early"},
	} {
		errs, field := c.typed.Validate(), ""
		if errs.Any() {
			field = errs[0].Field
		}
		if field != c.field || c.typed.Plan() != c.want {
			t.Errorf("%+v = %+v with a fault of %q, want %+v and %q", c.typed, c.typed.Plan(), field, c.want, c.field)
		}
	}
}

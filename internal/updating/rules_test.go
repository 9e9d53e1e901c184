package updating

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryRuleSaysItsTextItsSourceAndWhenItWasChecked(t *testing.T) {
	t.Parallel()
	for _, set := range sets {
		seen := map[string]bool{}
		for _, rule := range set.Rules() {
			if seen[rule.ID] || rule.ID == "" {
				t.Errorf("set %s: rule %q is there twice or has no id", set.Version, rule.ID)
			}
			seen[rule.ID] = true
			if !strings.HasSuffix(rule.Text, ".") || strings.Contains(rule.Text, "%!") {
				t.Errorf("rule %s reads %q, want a sentence", rule.ID, rule.Text)
			}
			if rule.Source.Publisher == "" || rule.Source.Title == "" || !rule.Checked.Valid() {
				t.Errorf("rule %s = %+v, want its source and the day it was checked", rule.ID, rule)
			}
		}
		for _, id := range routeRules {
			if !seen[id] {
				t.Errorf("set %s has no rule %s, which a route rests on", set.Version, id)
			}
		}
	}
}

func TestSetsAreInOrderOfTime(t *testing.T) {
	t.Parallel()
	if !slices.IsSortedFunc(sets, func(a, b RuleSet) int { return a.From.Compare(b.From) }) {
		t.Error("sets are not in order of time")
	}
	for _, set := range sets {
		if set.Version != set.From.String() {
			t.Errorf("set from %s has version %q, want its first day", set.From, set.Version)
		}
	}
}

func TestRuleTextsCarryTheFigures(t *testing.T) {
	t.Parallel()
	set := RulesOn(applyOn)
	for id, want := range map[string]string{
		RuleShort:   "Out of practice for 2 years or more, and less than 5: at least 30 days of updating.",
		RuleExactly: "HCPC’s pages differ about exactly 2 years: one says “2 years or more”, another “more than 2 years”. We count it as 30 days.",
		RulePrivate: "Private study counts for at most 15 of 30 days, or 30 of 60.",
		RuleWindow:  "All the updating must be done in the 12 months before applying to the register.",
	} {
		if got := set.Rule(id).Text; got != want {
			t.Errorf("Rule(%s) = %q, want %q", id, got, want)
		}
	}
	if got := set.Rule("no such rule"); got.ID != "" {
		t.Errorf("Rule(unknown) = %+v, want none", got)
	}
}

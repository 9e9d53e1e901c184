package updating

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestEveryRuleSaysItsTextItsSourceAndWhenItWasChecked(t *testing.T) {
	t.Parallel()
	for _, day := range mustBook(t).turns() {
		set := mustBook(t).On(day)
		seen := map[string]bool{}
		for _, rule := range set.Rules() {
			if seen[rule.ID] || rule.ID == "" {
				t.Errorf("set %s: rule %q is there twice or has no id", set.Version, rule.ID)
			}
			seen[rule.ID] = true
			if !strings.HasSuffix(rule.Text, ".") || strings.ContainsAny(rule.Text, "{}") {
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

func TestASetHasTheValuesOfItsDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		on, since string
		months    int
	}{
		{"2019-05-01", "2022-01-01", 24}, // before anything is known: the first values
		{"2024-06-30", "2022-01-01", 24},
		{"2025-01-31", "2022-01-01", 24},
		{"2025-02-01", "2025-02-01", 12},
		{"2026-11-20", "2025-02-01", 12},
	} {
		set := mustBook(t).On(date(t, c.on))
		if set.WindowMonths != c.months || set.From != date(t, c.since) || !strings.HasPrefix(set.Version, c.since+".") {
			t.Errorf("On(%s) = %d months, version %s since %s, want %d since %s", c.on, set.WindowMonths, set.Version, set.From, c.months, c.since)
		}
	}
	if set := (Book{}).On(applyOn); !set.IsZero() {
		t.Errorf("an empty book On(%s) = %+v, want no set", applyOn, set)
	}
}

func TestVersionChangesWithEveryValueInForceAndWithNothingElse(t *testing.T) {
	t.Parallel()
	book := mustBook(t)
	seen := map[string]string{book.On(applyOn).Version: "the book as it is"}
	for _, slug := range FigureSlugs() {
		figure, _ := book.Figure(slug)
		in := figure.On(applyOn)
		corrected := book.With(newValue(slug, in.From, in.Value+1)).On(applyOn).Version
		later := book.With(newValue(slug, applyOn, in.Value+1)).On(applyOn).Version
		for _, version := range []string{corrected, later} {
			if other := seen[version]; other != "" {
				t.Errorf("another value of %s gives version %s, that of %s", slug, version, other)
			}
			seen[version] = slug
		}
		if got := book.With(newValue(slug, applyOn.AddDays(1), in.Value+1)).On(applyOn).Version; got != book.On(applyOn).Version {
			t.Errorf("a value of %s from tomorrow gives version %s today, want the same as before", slug, got)
		}
	}
}

func newValue(slug string, from Date, value int) NewValue {
	return NewValue{Figure: slug, Value: strconv.Itoa(value), Source: "hcpc-requirements",
		Day: strconv.Itoa(from.Day), Month: strconv.Itoa(int(from.Month)), Year: strconv.Itoa(from.Year)}
}

func TestNewValuesAreValidated(t *testing.T) {
	t.Parallel()
	book := mustBook(t)
	good := newValue(ShortDays, date(t, "2027-02-01"), 40)
	for name, c := range map[string]struct {
		change func(*NewValue)
		want   string // the field at fault; "" for none
	}{
		"a good one":          {func(*NewValue) {}, ""},
		"no value":            {func(n *NewValue) { n.Value = "" }, "value"},
		"half a day":          {func(n *NewValue) { n.Value = "2.5" }, "value"},
		"less than nothing":   {func(n *NewValue) { n.Value = "-3" }, "value"},
		"a great many":        {func(n *NewValue) { n.Value = "401" }, "value"},
		"digits without end":  {func(n *NewValue) { n.Value = strings.Repeat("9", 50) }, "value"},
		"more than after 5":   {func(n *NewValue) { n.Value = "61" }, "value"},
		"no day":              {func(n *NewValue) { n.Day, n.Month, n.Year = "", "", "" }, "day"},
		"no such day":         {func(n *NewValue) { n.Day = "29" }, "day"},
		"long ago":            {func(n *NewValue) { n.Year = "1066" }, "day"},
		"far ahead":           {func(n *NewValue) { n.Year = "2099" }, "day"},
		"no source":           {func(n *NewValue) { n.Source = "" }, "source"},
		"a source of nowhere": {func(n *NewValue) { n.Source = "hearsay" }, "source"},
	} {
		n := good
		c.change(&n)
		got := ""
		if errs := n.Validate(book, applyOn); errs.Any() {
			got = errs[0].Field
		}
		if got != c.want {
			t.Errorf("%s: Validate() finds fault with %q, want %q", name, got, c.want)
		}
	}
}

func TestTextsAreFilled(t *testing.T) {
	t.Parallel()
	set := mustBook(t).On(applyOn)
	for text, want := range map[string]string{
		"{short-days} days are {short-days hours} hours": "30 days are 210 hours",
		"{long-days cap} of {long-days}":                 "30 of 60",
		"£{host-pounds} in {host-pounds year}":           "£500 in 2022",
		"checked {checked}":                              "checked 20 November 2026",
		"checked {window-months checked}":                "checked 20 November 2026",
		"{no-such} {window-months cap} {} {":             "{no-such} {window-months cap} {} {",
		"nothing":                                        "nothing",
	} {
		if got := set.Fill(text); got != want {
			t.Errorf("Fill(%q) = %q, want %q", text, got, want)
		}
	}
	if got := (RuleSet{}).Fill("{short-days}"); got != "{short-days}" {
		t.Errorf("a zero set fills in %q, want nothing", got)
	}
	for _, bad := range []string{"{Short-days}", "{short-days }", "{short-years hours}", "{pounds}", "{checked year}", "{short-days hours cap}"} {
		if found := Placeholders("a " + bad); len(found) != 1 || found[0].Known() || found[0].Offset != 2 {
			t.Errorf("Placeholders(%q) = %+v, want one at 2 that is not known", bad, found)
		}
	}
}

func TestRuleTextsCarryTheFigures(t *testing.T) {
	t.Parallel()
	set := mustBook(t).On(applyOn)
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

func TestEntriesThatWereNotCheckedForSixMonthsComeFirst(t *testing.T) {
	t.Parallel()
	book := mustBook(t)
	book.Figures = append([]Figure{}, book.Figures...)
	last := len(book.Rules) - 1
	book.Rules = append([]Sentence{}, book.Rules...)
	book.Rules[last].Checked = date(t, "2026-05-20")
	entries := book.Entries(applyOn)
	if len(entries) != len(kinds)+len(RuleSlugs()) {
		t.Fatalf("%d entries, want every figure and every rule", len(entries))
	}
	if first := entries[0]; first.Slug != book.Rules[last].Slug || !first.Overdue || entries[1].Overdue || entries[1].Slug != ShortYears {
		t.Errorf("first come %+v and %+v, want the one not checked for six months, then the others in their order", first, entries[1])
	}
	later := book.With(newValue(WindowMonths, applyOn.AddDays(1), 6)).Entries(applyOn)
	at := slices.IndexFunc(later, func(e Entry) bool { return e.Slug == WindowMonths })
	if e := later[at]; e.Value != "12 months" || e.Since != date(t, "2025-02-01") || !strings.HasPrefix(e.Later, "6 months from 21 November 2026") {
		t.Errorf("the window = %+v, want the value in force and the one to come", e)
	}
	if got := book.Reworded(newValue(WindowMonths, applyOn, 6)); len(got) != 1 || got[0].ID != RuleWindow || !strings.Contains(got[0].Text, "6 months") {
		t.Errorf("Reworded() = %+v, want the rule of the window alone", got)
	}
}

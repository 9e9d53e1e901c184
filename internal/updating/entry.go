package updating

import (
	"fmt"
	"slices"
)

// The kinds of thing that staff look after.
const (
	EntryFigure = "figure"
	EntryRule   = "rule"
)

// monthsBetweenChecks is how long a check against the source is good for.
const monthsBetweenChecks = 6

// Entry is a figure or a rule as staff look after it.
type Entry struct {
	Kind    string // EntryFigure or EntryRule
	Slug    string
	Words   string // a figure's name, or the rule as people read it
	Value   string // in force, with its unit; "" for a rule
	Since   Date   // of the value; zero for a rule
	Later   string // the values that are to come; "" for none
	Note    string
	Source  Source
	Checked Date
	Overdue bool // not checked for six months
}

// Entries gives every figure, then every rule, as of a day; those not checked
// for six months come first.
func (b Book) Entries(today Date) []Entry {
	var all []Entry
	for _, f := range b.Figures {
		v := f.On(today)
		all = append(all, Entry{Kind: EntryFigure, Slug: f.Slug, Words: f.Name, Value: f.Words(v.Value), Since: v.From,
			Later: f.later(today), Note: v.Note, Source: b.Source(v.Source), Checked: v.Checked})
	}
	for _, r := range b.On(today).Rules() {
		all = append(all, Entry{Kind: EntryRule, Slug: r.ID, Words: r.Text, Source: r.Source, Checked: r.Checked})
	}
	for i := range all {
		all[i].Overdue = !all[i].Checked.AddMonths(monthsBetweenChecks).After(today)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		if a.Overdue == b.Overdue {
			return 0
		}
		if a.Overdue {
			return -1
		}
		return 1
	})
	return all
}

// later says which values are to come.
func (f Figure) later(today Date) string {
	text := ""
	for _, v := range f.Values {
		if v.From.After(today) && v != f.On(today) {
			text += fmt.Sprintf("%s from %s. ", f.Words(v.Value), v.From.Words())
		}
	}
	return text
}

// Reworded gives the rules that a new value makes read differently, as they
// read on its first day.
func (b Book) Reworded(n NewValue) []Rule {
	before, after := b.On(n.From()).Rules(), b.With(n).On(n.From()).Rules()
	var changed []Rule
	for i, rule := range after {
		if rule.Text != before[i].Text {
			changed = append(changed, rule)
		}
	}
	return changed
}

package updating

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// RuleSet is the regulators' rules and figures as they stand on one day of
// applying. Book.On makes one.
type RuleSet struct {
	Version         string // kept with every result
	From            Date   // since when nothing in it has changed
	Bands           []Band // in order of years out; the first begins at 0
	HoursInDay      int
	PrivateDivisor  int  // private study counts up to the days divided by this
	WindowMonths    int  // all updating lies within so many months before applying
	NewlyQualified  int  // years after qualifying in which a first registration is an ordinary one
	AbroadYears     int  // practice abroad within so many years has a route of its own
	SupervisorYears int  // a supervisor has been on the register for so long
	ReturnerPounds  int  // the most that the national programme pays a returner
	HostPounds      int  // and an eligible host
	Checked         Date // the longest ago that anything in it was last checked

	book    Book
	inForce map[string]Value // by the figure's slug
}

// Band is the days that are asked for from so many years out of practice on.
type Band struct {
	FromYears int
	Days      int
	// Disputed marks a threshold on which the regulator's own pages differ
	// about the very day.
	Disputed bool
}

// IsZero reports whether it is no set: it came from a book that lacks figures.
func (s RuleSet) IsZero() bool { return s.inForce == nil }

// since is the latest day on which a value in force began to hold.
func (s RuleSet) since() Date {
	var latest Date
	for _, v := range s.inForce {
		if v.From.After(latest) {
			latest = v.From
		}
	}
	return latest
}

// checked is the longest ago that a value in force or a rule was checked.
func (s RuleSet) checked() Date {
	var earliest Date
	look := func(d Date) {
		if earliest.IsZero() || d.Before(earliest) {
			earliest = d
		}
	}
	for _, v := range s.inForce {
		look(v.Checked)
	}
	for _, r := range s.book.Rules {
		look(r.Checked)
	}
	return earliest
}

// version names the set: the day since which it holds, for people, and the
// start of a hash over all its values, so that a value that is corrected for
// the same day gives another version.
func (s RuleSet) version() string {
	sum := sha256.New()
	for _, k := range kinds {
		fmt.Fprintf(sum, "%s=%d\n", k.slug, s.inForce[k.slug].Value)
	}
	return s.since().String() + "." + hex.EncodeToString(sum.Sum(nil)[:4])
}

// band is the place in Bands of an absence from last practice to applying.
func (s RuleSet) band(last, applyOn Date) int {
	at := 0
	for i, b := range s.Bands {
		if !last.AddYears(b.FromYears).After(applyOn) {
			at = i
		}
	}
	return at
}

// Hours is a number of days in hours.
func (s RuleSet) Hours(days int) int { return days * s.HoursInDay }

// PrivateCap is the most days of private study that count towards so many.
func (s RuleSet) PrivateCap(days int) int { return days / s.PrivateDivisor }

// Returning is the address at which a regulator, by its slug, says how people
// return; "" where none is known.
func (s RuleSet) Returning(regulator string) string {
	for _, r := range s.book.Regulators {
		if r.Slug == regulator {
			return r.Page
		}
	}
	return ""
}

// Rule is one rule as a person reads it, with where it comes from and when
// that was last checked.
type Rule struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Source  Source `json:"source"`
	Checked Date   `json:"checked"`
}

// The ids of the rules, which are their slugs.
const (
	RuleUnder         = "under-two-years"
	RuleShort         = "two-to-five-years"
	RuleLong          = "five-years-or-more"
	RuleExactly       = "exactly-two-years"
	RuleDay           = "one-day"
	RuleKinds         = "kinds-of-updating"
	RulePrivate       = "private-study"
	RuleWindow        = "window"
	RulePractice      = "out-of-practice"
	RuleCountedTo     = "counted-to"
	RuleAbroad        = "practised-abroad"
	RuleRenewal       = "renewal"
	RuleStay          = "stay-registered"
	RuleLateFirst     = "first-registration-late"
	RuleFirst         = "first-registration"
	RuleInternational = "international"
	RuleRemoved       = "removed"
	RuleOsteopaths    = "osteopaths"
	RuleSupervisor    = "supervisor"
	RulePlacements    = "placements"
	RuleMoney         = "money"
)

// RuleSlugs gives the closed list of rules; a book has every one of them.
func RuleSlugs() []string {
	return []string{
		RuleUnder, RuleShort, RuleLong, RuleExactly, RuleDay, RuleKinds, RulePrivate, RuleWindow, RulePractice,
		RuleCountedTo, RuleAbroad, RuleRenewal, RuleStay, RuleLateFirst, RuleFirst, RuleInternational, RuleRemoved,
		RuleOsteopaths, RuleSupervisor, RulePlacements, RuleMoney,
	}
}

// Rules gives every rule of the set, in the book's order; their texts are
// filled with the set's figures.
func (s RuleSet) Rules() []Rule {
	rules := make([]Rule, len(s.book.Rules))
	for i, r := range s.book.Rules {
		rules[i] = Rule{ID: r.Slug, Text: s.Fill(r.Text), Source: s.book.Source(r.Source), Checked: r.Checked}
	}
	return rules
}

// Rule finds one rule of the set by its id; the zero Rule when it has none.
func (s RuleSet) Rule(id string) Rule {
	rules := s.Rules()
	at := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		return Rule{}
	}
	return rules[at]
}

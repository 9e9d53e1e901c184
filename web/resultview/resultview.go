// Package resultview shows what the rules say for one person's answers, in the
// form and in the days calculator alike.
package resultview

import (
	"fmt"
	"strings"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

// Answer is a result with the rules that it was computed by.
type Answer struct {
	Result updating.Result
	Rules  updating.RuleSet
}

// Title is the answer in a few words; with two answers, that there are two.
func (a Answer) Title() string {
	if a.Result.Straddles() {
		return "Your days of updating depend on the exact date"
	}
	return outcomeTitle(a.Result.First())
}

// outcomeTitle is one answer in a few words.
func outcomeTitle(o updating.Outcome) string {
	switch o.Kind {
	case updating.Days:
		return fmt.Sprintf("At least %d days of updating", o.Days)
	case updating.None:
		return "No updating is asked for"
	case updating.RegulatorDecides:
		return "HCPC decides how many days of updating you need"
	case updating.AnotherRoute:
		return routes[o.Route].title
	}
	return ""
}

// Lines are the answers in a few words each, one or two.
func Lines(r updating.Result) []string {
	var lines []string
	for _, o := range r.Outcomes {
		text := outcomeTitle(o)
		if r.Straddles() {
			text += ", if it was " + span(o)
		}
		lines = append(lines, text)
	}
	return lines
}

// Regulator is who decides, in full.
func (a Answer) Regulator() profession.Regulator {
	known, _ := profession.BySlug(a.Result.Answers.Profession)
	return known.Regulator
}

// straddling says why there are two answers.
func (a Answer) straddling() string {
	return fmt.Sprintf("You %s in %s. The answer changes within that month. Find out the day if you can.", a.since(), a.given().Words())
}

// since says what the dates of an outcome are dates of.
func (a Answer) since() string {
	if a.Result.Answers.Standing == updating.Never {
		return "finished your course"
	}
	return "last practised"
}

// given is the date that the result was computed from, as far as it is known.
func (a Answer) given() updating.When {
	if a.Result.Answers.Standing == updating.Never {
		return a.Result.Answers.Qualified
	}
	return a.Result.Answers.LastPractised
}

// span is the days of a month for which an outcome holds.
func span(o updating.Outcome) string {
	if o.From == o.To {
		return "on " + o.From.Words()
	}
	return fmt.Sprintf("from %d to %s", o.From.Day, o.To.Words())
}

// window is the time that all updating must lie within.
func window(w updating.Window) string {
	return fmt.Sprintf("all of it must be done in the %d months before you apply: from %s to %s", w.Months, w.From.Words(), w.To.Words())
}

// change says what applying later does; "" when it does nothing.
func change(o updating.Outcome) string {
	if o.Next.IsZero() {
		return ""
	}
	then := fmt.Sprintf("it is at least %d days", o.Next.Days)
	if o.Next.Kind == updating.RegulatorDecides {
		then = "HCPC decides how many days of updating you need"
	}
	if o.Next.From == o.Next.To {
		return fmt.Sprintf("If you apply on or after %s, %s.", o.Next.From.Words(), then)
	}
	return fmt.Sprintf("If you apply later, %s from a day between %s and %s. Which day depends on the exact date.",
		then, o.Next.From.Words(), o.Next.To.Words())
}

// caution says that HCPC's pages disagree about one very day; "" when the
// answer does not rest on it.
func (a Answer) caution(o updating.Outcome) string {
	if o.Exactly.IsZero() {
		return ""
	}
	for _, rule := range a.Result.Rules {
		if rule.ID == updating.RuleExactly {
			return rule.Text
		}
	}
	return ""
}

// lower starts a sentence's words with a small letter, for use inside another.
func lower(s string) string {
	if strings.HasPrefix(s, "HCPC") || s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// route is another way back, in words with placeholders for figures.
type route struct {
	title string
	words []string
	ask   bool // whether the regulator is who to ask
}

var routes = map[updating.Route]route{
	updating.ToGOsC: {"Osteopaths return through GOsC", []string{
		"Your regulator is the General Osteopathic Council (GOsC), not HCPC. It has its own process for osteopaths who return.",
		"HCPC’s days of updating do not apply to you, and the national return to practice programme does not cover osteopaths. Ask GOsC what it needs from you.",
	}, true},
	updating.Restoration: {"You return by restoration to the register", []string{
		"Somebody who was removed from the register after a fitness to practise case asks HCPC for restoration. It is another process than returning to practice, and the national programme does not cover it.",
		"HCPC tells you what it needs from you, and when you can apply.",
	}, true},
	updating.StayRegistered: {"You are registered and practising", []string{
		"You do not need to return to practice. Keep your registration up, and nothing more is asked of you.",
		"Teaching, managing and research count as practising. If you do not practise at all, change your answer.",
	}, false},
	updating.International: {"You apply by HCPC’s international route", []string{
		"People who qualified outside the UK and have never been registered apply to HCPC by its international route. That is not return to practice, and the national programme does not cover it.",
	}, true},
	updating.FirstTime: {"You apply for registration in the ordinary way", []string{
		"You finished your course {newly-qualified-years} years ago or less. You can apply to HCPC for registration as newly qualified people do. No days of updating are asked for.",
	}, true},
	updating.PractisedAbroad: {"HCPC has another way back for you", []string{
		"You practised outside the UK in the last {abroad-years} years, so the days of updating do not apply to you.",
		"You apply to HCPC for readmission. It asks for other papers about your practice abroad.",
	}, true},
}

// lateFirst is said to people who qualified long ago and never registered.
const lateFirst = "HCPC sets the days for each person who finished a UK course over {newly-qualified-years} years ago and never registered. Ask HCPC before you plan. You can still tell us that you want to return."

// website is where the regulator of another route says more; "" where there is
// nothing to ask it. Only osteopaths' regulator has one page for all who return.
func (a Answer) website() string {
	switch o := a.Result.First(); {
	case !routes[o.Route].ask:
		return ""
	case o.Route == updating.ToGOsC && a.Rules.Returning(a.Regulator().Slug) != "":
		return a.Rules.Returning(a.Regulator().Slug)
	}
	return a.Regulator().Website
}

// source is the page that a rule was read on.
func source(rule updating.Rule) string { return rule.Source.Publisher + ", " + rule.Source.Title }

package applyview

import (
	"fmt"
	"strings"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/layout"
)

// ResultPage is what the situation leads to: days of updating, or another route.
type ResultPage struct {
	Frame      layout.Frame
	Back       string
	Next       string
	Result     updating.Result
	Profession profession.Profession
	Details    faculty.Details
}

func (p ResultPage) frame() layout.Frame { return backTo(p.Frame, resultTitle(p.Result), p.Back) }

// resultTitle is the answer in a few words; with two answers, that there are two.
func resultTitle(r updating.Result) string {
	if r.Straddles() {
		return "Your days of updating depend on the exact date"
	}
	return outcomeTitle(r.First())
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

// since says what the dates of an outcome are dates of.
func since(r updating.Result) string {
	if r.Answers.Standing == updating.Never {
		return "finished your course"
	}
	return "last practised"
}

// given is the date that the result was computed from, as far as it is known.
func given(r updating.Result) updating.When {
	if r.Answers.Standing == updating.Never {
		return r.Answers.Qualified
	}
	return r.Answers.LastPractised
}

// span is the days of a month for which an outcome holds.
func span(o updating.Outcome) string {
	if o.From == o.To {
		return "on " + o.From.Words()
	}
	return fmt.Sprintf("from %d to %s", o.From.Day, o.To.Words())
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
func caution(r updating.Result, o updating.Outcome) string {
	if o.Exactly.IsZero() {
		return ""
	}
	for _, rule := range r.Rules {
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

// route is another way back, in words.
type route struct {
	title string
	words []string
	link  string // the regulator's page, or ""
}

var routes = map[updating.Route]route{
	updating.ToGOsC: {"Osteopaths return through GOsC", []string{
		"Your regulator is the General Osteopathic Council (GOsC), not HCPC. It has its own process for osteopaths who return.",
		"HCPC’s days of updating do not apply to you, and the national return to practice programme does not cover osteopaths. Ask GOsC what it needs from you.",
	}, profession.GOsC.Website},
	updating.Restoration: {"You return by restoration to the register", []string{
		"Somebody who was removed from the register after a fitness to practise case asks HCPC for restoration. It is another process than returning to practice, and the national programme does not cover it.",
		"HCPC tells you what it needs from you, and when you can apply.",
	}, profession.HCPC.Website},
	updating.StayRegistered: {"You are registered and practising", []string{
		"You do not need to return to practice. Keep your registration up, and nothing more is asked of you.",
		"Teaching, managing and research count as practising. If you do not practise at all, go back and change your answer.",
	}, ""},
	updating.International: {"You apply by HCPC’s international route", []string{
		"People who qualified outside the UK and have never been registered apply to HCPC by its international route. That is not return to practice, and the national programme does not cover it.",
	}, profession.HCPC.Website},
	updating.FirstTime: {"You apply for registration in the ordinary way", []string{
		"You finished your course 5 years ago or less. You can apply to HCPC for registration as newly qualified people do. No days of updating are asked for.",
	}, profession.HCPC.Website},
	updating.PractisedAbroad: {"HCPC has another way back for you", []string{
		"You practised outside the UK in the last 2 years, so the days of updating do not apply to you.",
		"You apply to HCPC for readmission. It asks for other papers about your practice abroad.",
	}, profession.HCPC.Website},
}

// lead is the other route that a result leads to.
func (p ResultPage) lead() route { return routes[p.Result.First().Route] }

// regulator is who decides, in full.
func (p ResultPage) regulator() profession.Regulator { return p.Profession.Regulator }

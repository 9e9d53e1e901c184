package siteview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/resultview"
)

// DaysTitle is the calculator's name.
const DaysTitle = "Work out your days of updating"

// DaysView is the days calculator: its questions and, once they are answered,
// what they lead to.
type DaysView struct {
	Base     Base
	Key      string // of the page's own forms
	CarryKey string // of the form that takes the answers along
	Today    updating.Date
	Rules    updating.RuleSet // in force on the day of applying
	Typed    interest.Situation
	Errors   validate.Errors
	Answer   *resultview.Answer // nil until the questions are answered
	Lines    []interest.Line    // what the answer was computed from
	Plan     updating.PlanInput
	Planned  *updating.Count // nil until a plan is made
}

func (v DaysView) frame() layout.Frame {
	frame := v.Base.frame()
	frame.Errors = v.Errors.Any()
	if v.Answer != nil {
		frame.Title = v.Answer.Title()
	}
	return frame
}

// leaves reports whether days of updating are not for this person.
func (v DaysView) leaves() bool { return v.Answer.Result.Leaves() }

// plans reports whether there are days to plan.
func (v DaysView) plans() bool { return v.Answer.Result.First().Kind == updating.Days }

func (v DaysView) errorItems() []component.ErrorItem {
	var items []component.ErrorItem
	for _, one := range v.Errors {
		items = append(items, component.ErrorItem{Text: one.Message, Href: "#" + one.Field})
	}
	return items
}

func (v DaysView) message(field string) component.ErrorMessage {
	return component.ErrorMessage{Text: v.Errors.For(field)}
}

func legend(text string) component.Fieldset {
	return component.Fieldset{Legend: component.Legend{Text: text, Size: "m"}}
}

func innerLegend(text string) component.Fieldset {
	return component.Fieldset{Legend: component.Legend{Text: text, Size: "s"}}
}

// professions are the professions to choose from, each with its branches below.
func (v DaysView) professions() []component.Choice {
	var items []component.Choice
	for _, p := range profession.All() {
		item := component.Choice{Value: p.Slug, Text: p.Singular}
		if len(p.Branches) > 0 {
			item.Conditional = v.branches(p)
		}
		items = append(items, item)
	}
	return items
}

func (v DaysView) branches(p profession.Profession) component.Radios {
	var items []component.Choice
	for _, b := range p.Branches {
		items = append(items, component.Choice{Value: b.Slug, Text: b.Singular})
	}
	return component.Radios{
		Name: "branch", IDPrefix: "branch-" + p.Slug, Items: items, Value: v.Typed.Branch, Small: true,
		Fieldset: innerLegend(p.Singular + ": which branch? (optional)"),
	}
}

// standings are the standings to choose from, each with what only it is asked.
func (v DaysView) standings() []component.Choice {
	asked := map[updating.Standing]component.Choice{
		updating.Left:          {Conditional: v.absence("left-", "If your registration has ended, answer these 2 questions.", v.Typed.Left)},
		updating.NotPractising: {Conditional: v.absence("registered-", "If you are registered but not practising, answer these 2 questions.", v.Typed.Registered)},
		updating.Never:         {Conditional: v.qualifying()},
	}
	var items []component.Choice
	for _, s := range updating.Standings() {
		item := asked[s]
		item.Value, item.Text = string(s), s.Label()
		items = append(items, item)
	}
	return items
}

func yesNo() []component.Choice {
	return []component.Choice{{Value: interest.Yes, Text: "Yes"}, {Value: interest.No, Text: "No"}}
}

func (v DaysView) abroad(prefix, value string) component.Radios {
	return component.Radios{
		Name: prefix + "abroad", Items: yesNo(), Value: value, Inline: true, ErrorMessage: v.message(prefix + "abroad"),
		Fieldset: innerLegend(v.Rules.Fill("Have you practised outside the UK in the last {abroad-years} years?")),
	}
}

// date is a date whose fields have a prefix; the first of its faults stands
// above it.
func (v DaysView) date(prefix string, asks component.Fieldset, hint string, typed interest.DayInput) component.DateInput {
	part := func(name, value string) component.DatePart {
		wrong := component.Off
		if v.Errors.For(prefix+name) != "" {
			wrong = component.On
		}
		return component.DatePart{Name: prefix + name, ID: prefix + name, Label: component.Label{Text: strings.ToUpper(name[:1]) + name[1:]}, Value: value, Error: wrong}
	}
	input := component.DateInput{
		ID: prefix + "when", Fieldset: asks, Hint: component.Hint{Text: hint},
		Day: part("day", typed.Day), Month: part("month", typed.Month), Year: part("year", typed.Year),
	}
	input.Month.Width = 4 // a name fits as well as a number
	input.Month.Inputmode = "text"
	input.Year.Width = 4
	for _, name := range []string{"day", "month", "year"} {
		if message := v.Errors.For(prefix + name); message != "" && input.ErrorMessage.Text == "" {
			input.ErrorMessage.Text = message
		}
	}
	return input
}

// example is a month of some years ago, in figures: one that does not go out of
// date.
func (v DaysView) example(yearsAgo int) string {
	return strconv.Itoa(int(v.Today.Month)) + " " + strconv.Itoa(v.Today.Year-yearsAgo)
}

// days asks for a number of days of one kind.
func (v DaysView) days(field, label, hint, value string) component.Input {
	return component.Input{
		ID: field, Name: field, Inputmode: "numeric", Width: 3, Autocomplete: "off", Value: value,
		Label: component.Label{Text: label, Size: "s"}, Hint: component.Hint{Text: hint},
		Suffix: component.Affix{Text: "days"}, ErrorMessage: v.message(field),
	}
}

// given are the answers that the result rests on.
func (v DaysView) given() []component.SummaryRow {
	var rows []component.SummaryRow
	for _, line := range v.Lines {
		rows = append(rows, row(line.Question, strings.Join(line.Answer, ", ")))
	}
	if a := v.Answer.Result.Answers; !a.LastPractised.IsZero() || !a.Qualified.IsZero() {
		rows = append(rows, row("Applying to the register on", a.ApplyOn.Words()))
	}
	return rows
}

// counted says how far a plan reaches.
func (v DaysView) counted() string {
	first := v.Answer.Result.First()
	text := "Of your plan, " + count(v.Planned.Counted, "day counts", "days count") + ". At least " + count(first.Days, "day is", "days are") + " asked for."
	if v.Answer.Result.Straddles() {
		text += " That is the answer for the longer absence: who plans by it has planned enough."
	}
	return text
}

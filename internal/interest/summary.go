package interest

import (
	"fmt"
	"slices"
	"strings"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

// Line is a question with its answer in words, for the page that checks the
// answers and for the case.
type Line struct {
	Step     string // the slug of the step that asks it
	Section  string
	Question string   // a short form of the question: "Register number"
	Answer   []string // one or more lines; never empty for a step that is done
}

// NotGiven stands for an answer that was left out: an optional one, or one that
// the spreadsheet did not have from which the case came.
const NotGiven = "Not given"

// lines says how each step's answer reads; a step without an answer gives none.
var lines = []struct {
	step     string
	question string
	answer   func(a Answers, organisation func(slug string) string) []string
}{
	{"profession", "Profession", func(a Answers, _ func(string) string) []string { return a.Profession.words() }},
	{"branch", "Branch", func(a Answers, _ func(string) string) []string { return a.Branch.words(a.professionSlug()) }},
	{"standing", "Registration", func(a Answers, _ func(string) string) []string {
		if a.Standing == nil {
			return nil
		}
		return one(a.Standing.Standing.Label())
	}},
	{"abroad", "Practised outside the UK recently", func(a Answers, _ func(string) string) []string {
		if a.Abroad == nil {
			return nil
		}
		return yesNoWords(a.Abroad.Answer)
	}},
	{"last-practised", "Last practised", func(a Answers, _ func(string) string) []string {
		if a.LastPractised == nil {
			return nil
		}
		return whenWords(a.LastPractised.When())
	}},
	{"qualified-where", "Qualified in the UK", func(a Answers, _ func(string) string) []string {
		if a.QualifiedWhere == nil {
			return nil
		}
		return yesNoWords(a.QualifiedWhere.InUK)
	}},
	{"qualified", "Qualified", func(a Answers, _ func(string) string) []string {
		if a.Qualified == nil {
			return nil
		}
		return whenWords(a.Qualified.When())
	}},
	{StepResult, "Days of updating", func(Answers, func(string) string) []string { return nil }}, // computed, not answered
	{"name", "Name", func(a Answers, _ func(string) string) []string {
		if a.Name == nil {
			return nil
		}
		return one(a.Name.Full)
	}},
	{"registered-name", "Name on the register", func(a Answers, _ func(string) string) []string {
		return a.RegisteredName.words()
	}},
	{"email", "Email address", func(a Answers, _ func(string) string) []string {
		if a.Email == nil {
			return nil
		}
		return one(a.Email.Address)
	}},
	{"phone", "Phone number", func(a Answers, _ func(string) string) []string {
		if a.Phone == nil {
			return nil
		}
		return one(a.Phone.Number)
	}},
	{"contact", "How to reach you", func(a Answers, _ func(string) string) []string {
		if a.Contact == nil {
			return nil
		}
		return one(Label(contactOptions, a.Contact.By))
	}},
	{"postcode", "First half of postcode", func(a Answers, _ func(string) string) []string {
		if a.Postcode == nil {
			return nil
		}
		return one(a.Postcode.Area)
	}},
	{"register-number", "Register number", func(a Answers, _ func(string) string) []string {
		return a.RegisterNumber.words()
	}},
	{"programme", "National programme", func(a Answers, _ func(string) string) []string { return a.Programme.words() }},
	{"experience", "Last role", func(a Answers, _ func(string) string) []string { return a.Experience.words() }},
	{"organisations", "Where", func(a Answers, name func(string) string) []string { return a.Organisations.words(name) }},
	{"settings", "Settings", func(a Answers, _ func(string) string) []string {
		if a.Settings == nil {
			return nil
		}
		return some(Labels(settingOptions, a.Settings.Slugs))
	}},
	{"hours", "Hours", func(a Answers, _ func(string) string) []string {
		if a.Hours == nil {
			return nil
		}
		return one(Label(hoursOptions, a.Hours.Slug))
	}},
	{"start", "Start", func(a Answers, _ func(string) string) []string { return a.Start.words() }},
	{"help", "Help", func(a Answers, _ func(string) string) []string {
		if a.Help == nil {
			return nil
		}
		return some(Labels(helpOptions, a.Help.Slugs))
	}},
}

// Lines gives the answers that apply in words, in the order of the steps.
// Organisation gives the name of an organisation's slug.
func Lines(a Answers, organisation func(slug string) string) []Line {
	a = a.Applicable()
	var list []Line
	for _, l := range lines {
		if answer := l.answer(a, organisation); len(answer) > 0 {
			step, _ := StepBySlug(l.step)
			list = append(list, Line{Step: l.step, Section: step.Section, Question: l.question, Answer: answer})
		}
	}
	return list
}

func one(s string) []string {
	if s == "" {
		s = NotGiven
	}
	return []string{s}
}

func some(words []string) []string {
	if len(words) == 0 {
		return one("")
	}
	return words
}

func yesNoWords(answer string) []string {
	switch answer {
	case Yes:
		return one("Yes")
	case No:
		return one("No")
	}
	return one("")
}

func whenWords(w updating.When) []string {
	if w.IsZero() {
		return one("")
	}
	return one(w.Words())
}

func (p *Profession) words() []string {
	if p == nil {
		return nil
	}
	known, _ := profession.BySlug(p.Slug)
	return one(known.Singular)
}

func (b *Branch) words(professionSlug string) []string {
	if b == nil {
		return nil
	}
	p, _ := profession.BySlug(professionSlug)
	branch, _ := p.Branch(b.Slug)
	return one(branch.Singular)
}

func (n *RegisteredName) words() []string {
	if n == nil {
		return nil
	}
	if n.Other == No {
		return one("The same name")
	}
	return one(n.Full)
}

func (n *RegisterNumber) words() []string {
	if n == nil {
		return nil
	}
	if n.Unknown {
		return one("Not known")
	}
	return one(n.Number)
}

func (p *Programme) words() []string {
	if p == nil {
		return nil
	}
	switch {
	case p.Registered == No:
		return one("Not registered")
	case p.Registered != Yes:
		return one("")
	case p.Reference == "":
		return one("Registered, reference not given")
	}
	return one("Registered, reference " + p.Reference)
}

func (e *Experience) words() []string {
	if e == nil {
		return nil
	}
	years := e.Years + " years in practice"
	switch e.Years {
	case "1":
		years = "1 year in practice"
	case "":
		years = ""
	}
	given := slices.DeleteFunc([]string{e.Role, Label(settingOptions, e.Setting), years}, func(s string) bool { return s == "" })
	return some(given)
}

func (o *Organisations) words(name func(string) string) []string {
	if o == nil {
		return nil
	}
	if o.Any {
		return one("Any organisation")
	}
	var names []string
	for _, slug := range o.Slugs {
		names = append(names, name(slug))
	}
	return some(names)
}

func (s *Start) words() []string {
	if s == nil {
		return nil
	}
	if s.Choice == StartFrom && !s.From().IsZero() {
		return one(fmt.Sprintf("From %s", s.From().Words()))
	}
	return one(Label(startOptions, s.Choice))
}

// words is an answer on one line, as the timeline keeps it.
func words(line Line) string { return strings.Join(line.Answer, ", ") }

// QuestionOf is the short form of the question that a step asks; "" for a step
// that asks nothing.
func QuestionOf(step string) string {
	for _, l := range lines {
		if l.step == step {
			return l.question
		}
	}
	return ""
}

package applyview

import (
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// ResumePage is the page of a one-time link. It says which form the link opens
// by its profession alone: whoever has the link is not yet known to be its owner.
type ResumePage struct {
	Frame   layout.Frame
	FormKey string
	Token   string
	Link    interest.Link
}

const resumeTitle = "Continue your form"

func (p ResumePage) frame() layout.Frame { return titled(p.Frame, resumeTitle) }

func (p ResumePage) about() string {
	const form = "This link opens an expression of interest in returning to practice"
	if name := professionName(p.Link.Draft); name != "" {
		return form + ". Profession: " + lower(name) + "."
	}
	return form + "."
}

// until is the last day on which the link works.
func (p ResumePage) until() string { return interest.DayOf(p.Link.ExpiresAt).Words() }

// professionName is the profession that a form is about, "" before it is chosen.
func professionName(d interest.Draft) string {
	p, known := profession.BySlug(d.Answers.Situation().Profession)
	if !known {
		return ""
	}
	return p.Singular
}

// The field that says which of two forms to keep working on, and its values;
// the other says that the question was shown.
const (
	KeepField  = "keep"
	KeepLinked = "linked"
	KeepHere   = "here"
	AskedField = "asked"
)

// ChoosePage asks which form to keep working on: the one that a link leads to,
// or the one that this browser has.
type ChoosePage struct {
	Frame   layout.Frame
	FormKey string
	Token   string
	Linked  interest.Draft
	Here    interest.Draft
	Errors  validate.Errors
}

const chooseTitle = "This browser has another form"

func (p ChoosePage) frame() layout.Frame {
	frame := backTo(p.Frame, chooseTitle, TasksURL())
	frame.Errors = p.Errors.Any()
	return frame
}

func (p ChoosePage) choices() component.Radios {
	return component.Radios{
		Name: KeepField, ErrorMessage: component.ErrorMessage{Text: p.Errors.For(KeepField)},
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "Which form do you want to keep working on?", Size: "m"}},
		Items: []component.Choice{
			{Value: KeepLinked, Text: "The form that the link opens", Hint: component.Hint{Text: formWords(p.Linked)}},
			{Value: KeepHere, Text: "The form in this browser", Hint: component.Hint{Text: formWords(p.Here)}},
		},
	}
}

// formWords tells two forms of one person apart.
func formWords(d interest.Draft) string {
	words := "Last changed on " + interest.DayOf(d.UpdatedAt).Words() + ". Kept until " + interest.DayOf(d.ExpiresAt).Words() + "."
	if name := professionName(d); name != "" {
		return name + ". " + words
	}
	return words
}

// LinkGonePage is the page of a link that no longer opens anything.
type LinkGonePage struct {
	Frame   layout.Frame
	FormKey string
	Begun   bool // this browser has a form to go on with
}

const linkGoneTitle = "This link no longer works"

func (p LinkGonePage) frame() layout.Frame { return titled(p.Frame, linkGoneTitle) }

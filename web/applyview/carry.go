package applyview

import (
	"strconv"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// The field that says which answers to use, and its values.
const (
	UseField   = "use"
	UseSaved   = "saved"
	UseCarried = "carried"
)

// CarryPage asks which answers to use: those of the form, or those that were
// brought from the days calculator.
type CarryPage struct {
	Frame    layout.Frame
	FormKey  string // a public one
	Saved    []interest.Line
	Carried  []interest.Line
	Fields   []interest.Field // the carried answers, as they were typed
	Revision int              // of the draft whose answers are shown
	Errors   validate.Errors
}

const carryTitle = "Your form has other answers"

func (p CarryPage) frame() layout.Frame {
	frame := backTo(p.Frame, carryTitle, TasksURL())
	frame.Errors = p.Errors.Any()
	return frame
}

func (p CarryPage) revision() string { return strconv.Itoa(p.Revision) }

// lineRows are answers that are only looked at.
func lineRows(lines []interest.Line) []component.SummaryRow {
	var rows []component.SummaryRow
	for _, line := range lines {
		rows = append(rows, component.SummaryRow{
			Key: component.SummaryCell{Text: line.Question}, Value: component.SummaryCell{HTML: answer(line.Answer)},
		})
	}
	return rows
}

func (p CarryPage) choices() component.Radios {
	return component.Radios{
		Name: UseField, ErrorMessage: component.ErrorMessage{Text: p.Errors.For(UseField)},
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "Which answers do you want to use?", Size: "m"}},
		Items: []component.Choice{
			{Value: UseCarried, Text: "The answers from the days calculator", Hint: component.Hint{Text: "They take the place of those in your form."}},
			{Value: UseSaved, Text: "The answers that are in my form"},
		},
	}
}

package applyview

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// EmailField is the name of the field for the address that a link is sent to.
const EmailField = "email"

// SavePage asks where to send a link back to the form.
type SavePage struct {
	Frame     layout.Frame
	FormKey   string
	Email     string
	KeptUntil updating.Date // the draft's last day
	Errors    validate.Errors
}

const saveTitle = "Save and come back later"

func (p SavePage) frame() layout.Frame {
	frame := backTo(p.Frame, saveTitle, TasksURL())
	frame.Errors = p.Errors.Any()
	return frame
}

// SavedPage says that a link is on its way.
type SavedPage struct {
	Frame     layout.Frame
	Email     string
	KeptUntil updating.Date
}

const checkEmailTitle = "Check your email"

func (p SavedPage) frame() layout.Frame { return backTo(p.Frame, checkEmailTitle, TasksURL()) }

// emailInput asks for the address that a link is sent to.
func emailInput(label, value string, errs validate.Errors) component.Input {
	return component.Input{
		Name: EmailField, Label: component.Label{Text: label, Size: "s"}, Value: value, Type: "email", Autocomplete: "email",
		Spellcheck: component.Off, Width: 30, ErrorMessage: component.ErrorMessage{Text: errs.For(EmailField)},
	}
}

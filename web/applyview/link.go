package applyview

import (
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/layout"
)

// LinkPage asks for the email address of somebody who has a form elsewhere.
type LinkPage struct {
	Frame   layout.Frame
	FormKey string
	Email   string
	Errors  validate.Errors
}

const linkTitle = "Get a link to your form"

func (p LinkPage) frame() layout.Frame {
	frame := backTo(p.Frame, linkTitle, StartURL())
	frame.Errors = p.Errors.Any()
	return frame
}

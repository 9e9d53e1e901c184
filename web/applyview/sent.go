package applyview

import (
	"fmt"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/web/layout"
)

// SentPage confirms that a form was sent.
type SentPage struct {
	Frame     layout.Frame
	Reference string
	Details   faculty.Details
}

func (p SentPage) frame() layout.Frame { return titled(p.Frame, "Your form is sent") }

// reply says by when somebody will be in touch.
func (p SentPage) reply() string {
	if p.Details.ReplyWorkingDays == 0 {
		return "Somebody from the faculty reads your form and gets in touch. By when is to be set by the faculty."
	}
	days := "1 working day"
	if p.Details.ReplyWorkingDays > 1 {
		days = fmt.Sprintf("%d working days", p.Details.ReplyWorkingDays)
	}
	return "Somebody from the faculty reads your form and gets in touch within " + days + "."
}

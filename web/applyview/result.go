package applyview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/resultview"
)

// ResultPage is what the situation leads to: days of updating, or another route.
type ResultPage struct {
	Frame   layout.Frame
	Back    string
	Next    string
	Answer  resultview.Answer
	Details faculty.Details
}

func (p ResultPage) frame() layout.Frame { return backTo(p.Frame, p.Answer.Title(), p.Back) }

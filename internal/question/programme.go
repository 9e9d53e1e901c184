package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var programmeForm = form[interest.Programme]{
	saved: func(a interest.Answers) *interest.Programme { return a.Programme },
	read: func(fields url.Values) interest.Programme {
		return interest.Programme{Registered: fields.Get("registered"), Reference: fields.Get("reference")}
	},
	check: func(answer interest.Programme, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Programme,
}

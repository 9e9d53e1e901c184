package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var hoursForm = form[interest.Hours]{
	saved: func(a interest.Answers) *interest.Hours { return a.Hours },
	read: func(fields url.Values) interest.Hours {
		return interest.Hours{Slug: fields.Get("hours")}
	},
	check: func(answer interest.Hours, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Hours,
}

package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var experienceForm = form[interest.Experience]{
	saved: func(a interest.Answers) *interest.Experience { return a.Experience },
	read: func(fields url.Values) interest.Experience {
		return interest.Experience{Role: fields.Get("role"), Setting: fields.Get("setting"), Years: fields.Get("years")}
	},
	check: func(answer interest.Experience, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Experience,
}

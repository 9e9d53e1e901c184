package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var standingForm = form[interest.Standing]{
	saved: func(a interest.Answers) *interest.Standing { return a.Standing },
	read: func(fields url.Values) interest.Standing {
		return interest.Standing{Standing: updating.Standing(fields.Get("standing"))}
	},
	check: func(answer interest.Standing, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Standing,
}

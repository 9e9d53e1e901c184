package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var emailForm = form[interest.Email]{
	saved: func(a interest.Answers) *interest.Email { return a.Email },
	read: func(fields url.Values) interest.Email {
		return interest.Email{Address: fields.Get("email")}
	},
	check: func(answer interest.Email, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Email,
}

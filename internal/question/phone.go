package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var phoneForm = form[interest.Phone]{
	saved: func(a interest.Answers) *interest.Phone { return a.Phone },
	read: func(fields url.Values) interest.Phone {
		return interest.Phone{Number: fields.Get("phone")}
	},
	check: func(answer interest.Phone, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Phone,
}

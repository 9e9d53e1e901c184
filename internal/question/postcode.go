package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var postcodeForm = form[interest.Postcode]{
	saved: func(a interest.Answers) *interest.Postcode { return a.Postcode },
	read: func(fields url.Values) interest.Postcode {
		return interest.Postcode{Area: fields.Get("postcode")}
	},
	check: func(answer interest.Postcode, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Postcode,
}

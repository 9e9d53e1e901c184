package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var registerNumberForm = form[interest.RegisterNumber]{
	saved: func(a interest.Answers) *interest.RegisterNumber { return a.RegisterNumber },
	read: func(fields url.Values) interest.RegisterNumber {
		return interest.RegisterNumber{
			Number:    fields.Get("number"),
			Unknown:   fields.Get("unknown") == interest.Yes,
			Confirmed: fields.Get("confirmed") == interest.Yes,
		}
	},
	check: func(answer interest.RegisterNumber, q applyview.Question) validate.Errors {
		return answer.Validate(professionOf(q.Answers))
	},
	view: applyview.RegisterNumber,
}

package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var professionForm = form[interest.Profession]{
	saved: func(a interest.Answers) *interest.Profession { return a.Profession },
	read: func(fields url.Values) interest.Profession {
		return interest.Profession{Slug: fields.Get("profession")}
	},
	check: func(answer interest.Profession, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Profession,
}

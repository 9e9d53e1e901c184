package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var abroadForm = form[interest.Abroad]{
	saved: func(a interest.Answers) *interest.Abroad { return a.Abroad },
	read: func(fields url.Values) interest.Abroad {
		return interest.Abroad{Answer: fields.Get("abroad")}
	},
	check: func(answer interest.Abroad, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Abroad,
}

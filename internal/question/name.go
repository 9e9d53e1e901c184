package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var nameForm = form[interest.Name]{
	saved: func(a interest.Answers) *interest.Name { return a.Name },
	read: func(fields url.Values) interest.Name {
		return interest.Name{Full: fields.Get("name")}
	},
	check: func(answer interest.Name, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Name,
}

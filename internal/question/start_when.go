package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var startForm = form[interest.Start]{
	saved: func(a interest.Answers) *interest.Start { return a.Start },
	read: func(fields url.Values) interest.Start {
		return interest.Start{Choice: fields.Get("choice"), Month: fields.Get("month"), Year: fields.Get("year")}
	},
	check: func(answer interest.Start, q applyview.Question) validate.Errors {
		return answer.Validate(q.Answers.On)
	},
	view: applyview.StartWhen,
}

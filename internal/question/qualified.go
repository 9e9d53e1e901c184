package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var qualifiedForm = form[interest.Qualified]{
	saved: func(a interest.Answers) *interest.Qualified { return a.Qualified },
	read: func(fields url.Values) interest.Qualified {
		return interest.Qualified{DayInput: Day(fields)}
	},
	check: func(answer interest.Qualified, q applyview.Question) validate.Errors {
		return answer.Validate(q.Answers.On)
	},
	view: applyview.Qualified,
}

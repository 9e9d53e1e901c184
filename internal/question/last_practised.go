package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var lastPractisedForm = form[interest.LastPractised]{
	saved: func(a interest.Answers) *interest.LastPractised { return a.LastPractised },
	read: func(fields url.Values) interest.LastPractised {
		return interest.LastPractised{DayInput: Day(fields)}
	},
	check: func(answer interest.LastPractised, q applyview.Question) validate.Errors {
		return answer.Validate(q.Answers.On)
	},
	view: applyview.LastPractised,
}

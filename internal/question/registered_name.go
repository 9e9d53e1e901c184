package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var registeredNameForm = form[interest.RegisteredName]{
	saved: func(a interest.Answers) *interest.RegisteredName { return a.RegisteredName },
	read: func(fields url.Values) interest.RegisteredName {
		return interest.RegisteredName{Other: fields.Get("other"), Full: fields.Get("registered-name")}
	},
	check: func(answer interest.RegisteredName, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.RegisteredName,
}

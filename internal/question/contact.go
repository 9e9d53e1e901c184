package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var contactForm = form[interest.Contact]{
	saved: func(a interest.Answers) *interest.Contact { return a.Contact },
	read: func(fields url.Values) interest.Contact {
		return interest.Contact{By: fields.Get("by")}
	},
	check: func(answer interest.Contact, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Contact,
}

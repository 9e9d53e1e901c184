package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var privacyForm = form[interest.Privacy]{
	saved: func(a interest.Answers) *interest.Privacy { return a.Privacy },
	read: func(fields url.Values) interest.Privacy {
		return interest.Privacy{Version: fields.Get("notice"), Read: fields.Get("read") == interest.Yes}
	},
	check: func(answer interest.Privacy, q applyview.Question) validate.Errors {
		return answer.Validate(q.Notice.Version)
	},
	view: applyview.Privacy,
}

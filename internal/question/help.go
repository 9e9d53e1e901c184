package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var helpForm = form[interest.Help]{
	saved: func(a interest.Answers) *interest.Help { return a.Help },
	read: func(fields url.Values) interest.Help {
		return interest.Help{Slugs: fields["help"]}
	},
	check: func(answer interest.Help, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Help,
}

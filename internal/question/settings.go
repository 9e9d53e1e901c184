package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var settingsForm = form[interest.Settings]{
	saved: func(a interest.Answers) *interest.Settings { return a.Settings },
	read: func(fields url.Values) interest.Settings {
		return interest.Settings{Slugs: fields["settings"]}
	},
	check: func(answer interest.Settings, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.Settings,
}

package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var branchForm = form[interest.Branch]{
	saved: func(a interest.Answers) *interest.Branch { return a.Branch },
	read: func(fields url.Values) interest.Branch {
		return interest.Branch{Slug: fields.Get("branch")}
	},
	check: func(answer interest.Branch, q applyview.Question) validate.Errors {
		return answer.Validate(professionOf(q.Answers))
	},
	view: applyview.Branch,
}

package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var qualifiedWhereForm = form[interest.QualifiedWhere]{
	saved: func(a interest.Answers) *interest.QualifiedWhere { return a.QualifiedWhere },
	read: func(fields url.Values) interest.QualifiedWhere {
		return interest.QualifiedWhere{InUK: fields.Get("in-uk")}
	},
	check: func(answer interest.QualifiedWhere, _ applyview.Question) validate.Errors {
		return answer.Validate()
	},
	view: applyview.QualifiedWhere,
}

package question

import (
	"net/url"
	"slices"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

var organisationsForm = form[interest.Organisations]{
	saved: func(a interest.Answers) *interest.Organisations { return a.Organisations },
	read:  readOrganisations,
	check: func(answer interest.Organisations, q applyview.Question) validate.Errors {
		return answer.Validate(slugsOf(q.Organisations))
	},
	view: applyview.Organisations,
}

// readOrganisations reads the boxes: one of them says that any will do.
func readOrganisations(fields url.Values) interest.Organisations {
	slugs := slices.Clone(fields["organisations"])
	anywhere := slices.Contains(slugs, applyview.AnyOrganisation)
	slugs = slices.DeleteFunc(slugs, func(slug string) bool { return slug == applyview.AnyOrganisation })
	return interest.Organisations{Any: anywhere, Slugs: slugs}
}

func slugsOf(organisations []faculty.Organisation) []string {
	var slugs []string
	for _, o := range organisations {
		slugs = append(slugs, o.Slug)
	}
	return slugs
}

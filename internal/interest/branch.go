package interest

import (
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/validate"
)

// Branch is which branch of a profession somebody is in, where it has some.
type Branch struct {
	Slug string `json:"slug"`
}

// Step is "branch".
func (Branch) Step() string { return "branch" }

// Validate says what is wrong, by the form's field name: branch. The branch
// must be one of the profession's.
func (b Branch) Validate(professionSlug string) validate.Errors {
	var errs validate.Errors
	p, _ := profession.BySlug(professionSlug)
	if _, known := p.Branch(b.Slug); !known {
		errs.Add("branch", "Select the branch you are in")
	}
	return errs
}

package interest

import (
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/validate"
)

// Profession is which of the 14 somebody wants to return to.
type Profession struct {
	Slug string `json:"slug"`
}

// Step is "profession".
func (Profession) Step() string { return "profession" }

// Validate says what is wrong, by the form's field name: profession.
func (p Profession) Validate() validate.Errors {
	var errs validate.Errors
	if _, known := profession.BySlug(p.Slug); !known {
		errs.Add("profession", "Select the profession you want to return to")
	}
	return errs
}

package interest

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// Standing is how somebody stands with their regulator.
type Standing struct {
	Standing updating.Standing `json:"standing"`
}

// Step is "standing".
func (Standing) Step() string { return "standing" }

// Validate says what is wrong, by the form's field name: standing.
func (s Standing) Validate() validate.Errors {
	var errs validate.Errors
	if !s.Standing.Known() {
		errs.Add("standing", "Select whether you are on the register")
	}
	return errs
}

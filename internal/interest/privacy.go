package interest

import "ahpfaculty/internal/validate"

// Privacy is which version of the privacy notice somebody was shown, and that
// they say they read it. The notice's version stands in the form's page.
type Privacy struct {
	Version string `json:"version"`
	Read    bool   `json:"read"`
}

// Step is "privacy".
func (Privacy) Step() string { return "privacy" }

// Validate says what is wrong, by the form's field name: read. The version
// must be the one that is published now.
func (p Privacy) Validate(published string) validate.Errors {
	var errs validate.Errors
	if !p.Read {
		errs.Add("read", "Select that you have read how we use your information")
	}
	if p.Version != published {
		errs.Add("read", "The privacy notice has changed: read it again, then select that you have read it")
	}
	return errs
}

package interest

import "ahpfaculty/internal/validate"

// Programme is whether somebody is on the national return to practice
// programme, and their reference there if they have it at hand.
type Programme struct {
	Registered string `json:"registered"` // Yes or No
	Reference  string `json:"reference,omitempty"`
}

// Step is "programme".
func (Programme) Step() string { return "programme" }

// Validate says what is wrong, by the form's field names: registered,
// reference.
func (p Programme) Validate() validate.Errors {
	p = p.Clean()
	var errs validate.Errors
	if !yesNo(p.Registered) {
		errs.Add("registered", "Select yes if you are registered with the national programme")
	}
	errs.Max("reference", p.Reference, 50, "Your programme reference must be 50 characters or less")
	return errs
}

// Clean gives the answer as it is stored: a reference only from those who are
// on the programme.
func (p Programme) Clean() Programme {
	if p.Registered != Yes {
		return Programme{Registered: p.Registered}
	}
	return Programme{Registered: Yes, Reference: validate.Line(p.Reference)}
}

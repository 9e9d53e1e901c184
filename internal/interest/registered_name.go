package interest

import "ahpfaculty/internal/validate"

// RegisteredName is the name somebody was registered under, if it is another
// than the one they use now.
type RegisteredName struct {
	Other string `json:"other"`          // Yes or No
	Full  string `json:"full,omitempty"` // "" unless Other is Yes
}

// Step is "registered-name".
func (RegisteredName) Step() string { return "registered-name" }

// Validate says what is wrong, by the form's field names: other,
// registered-name.
func (n RegisteredName) Validate() validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	if !yesNo(n.Other) {
		errs.Add("other", "Select yes if you were registered under another name")
		return errs
	}
	if n.Other == Yes {
		errs.Need("registered-name", n.Full, "Enter the name you were registered under")
		errs.Max("registered-name", n.Full, maxName, "The name you were registered under must be 200 characters or less")
	}
	return errs
}

// Clean gives the answer as it is stored: a name only where there is another.
func (n RegisteredName) Clean() RegisteredName {
	if n.Other != Yes {
		return RegisteredName{Other: n.Other}
	}
	return RegisteredName{Other: Yes, Full: validate.Line(n.Full)}
}

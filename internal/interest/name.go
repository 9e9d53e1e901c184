package interest

import "ahpfaculty/internal/validate"

// maxName is the most characters of a name.
const maxName = 200

// Name is what somebody is called, in one field: not everybody has a first and
// a last name.
type Name struct {
	Full string `json:"full"`
}

// Step is "name".
func (Name) Step() string { return "name" }

// Validate says what is wrong, by the form's field name: name.
func (n Name) Validate() validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	errs.Need("name", n.Full, "Enter your full name")
	errs.Max("name", n.Full, maxName, "Your full name must be 200 characters or less")
	return errs
}

// Clean gives the answer as it is stored: white space collapsed.
func (n Name) Clean() Name { return Name{Full: validate.Line(n.Full)} }

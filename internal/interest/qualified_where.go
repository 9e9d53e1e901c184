package interest

import "ahpfaculty/internal/validate"

// QualifiedWhere is whether somebody who never registered qualified in the UK:
// those who did not have a route of their own.
type QualifiedWhere struct {
	InUK string `json:"in-uk"` // Yes or No
}

// Step is "qualified-where".
func (QualifiedWhere) Step() string { return "qualified-where" }

// Validate says what is wrong, by the form's field name: in-uk.
func (q QualifiedWhere) Validate() validate.Errors {
	var errs validate.Errors
	if !yesNo(q.InUK) {
		errs.Add("in-uk", "Select yes if you qualified in the UK")
	}
	return errs
}

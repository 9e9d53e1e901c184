package interest

import "ahpfaculty/internal/validate"

// Abroad is whether somebody practised outside the UK recently,
// which has a route of its own.
type Abroad struct {
	Answer string `json:"answer"` // Yes or No
}

// Step is "abroad".
func (Abroad) Step() string { return "abroad" }

// Validate says what is wrong, by the form's field name: abroad.
func (a Abroad) Validate() validate.Errors {
	var errs validate.Errors
	if !yesNo(a.Answer) {
		errs.Add("abroad", "Select yes if you have practised outside the UK in that time")
	}
	return errs
}

package interest

import "ahpfaculty/internal/validate"

// Phone is a phone number; "" for somebody who would rather not be rung.
type Phone struct {
	Number string `json:"number"`
}

// Step is "phone".
func (Phone) Step() string { return "phone" }

// Validate says what is wrong, by the form's field name: phone.
func (p Phone) Validate() validate.Errors {
	p = p.Clean()
	var errs validate.Errors
	errs.Max("phone", p.Number, 40, "Your phone number must be 40 characters or less")
	if p.Number != "" && !validate.Phone(p.Number) {
		errs.Add("phone", "Enter a phone number, like 01522 000000, 07700 900000 or +44 7700 900000")
	}
	return errs
}

// Clean gives the answer as it is stored: white space collapsed.
func (p Phone) Clean() Phone { return Phone{Number: validate.Line(p.Number)} }

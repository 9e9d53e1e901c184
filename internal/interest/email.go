package interest

import "ahpfaculty/internal/validate"

// Email is where the reference and what follows are sent.
type Email struct {
	Address string `json:"address"`
}

// Step is "email".
func (Email) Step() string { return "email" }

// Validate says what is wrong, by the form's field name: email.
func (e Email) Validate() validate.Errors {
	e = e.Clean()
	var errs validate.Errors
	errs.Need("email", e.Address, "Enter your email address")
	if !validate.Email(e.Address) {
		errs.Add("email", "Enter an email address in the correct format, like name@example.com")
	}
	return errs
}

// Clean gives the answer as it is stored. Capitals stay: some servers tell
// them apart.
func (e Email) Clean() Email { return Email{Address: validate.Line(e.Address)} }

package interest

import (
	"strings"

	"ahpfaculty/internal/validate"
)

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

// NormalEmail is an address as drafts are found by it: small letters, no space
// around it. Few people type theirs twice alike.
func NormalEmail(address string) string { return strings.ToLower(validate.Line(address)) }

package interest

import "ahpfaculty/internal/validate"

// The ways to reach somebody.
const (
	ByEmail  = "email"
	ByPhone  = "phone"
	ByText   = "text"
	ByEither = "either"
)

var contactOptions = []Option{
	{Slug: ByEmail, Label: "Email"},
	{Slug: ByPhone, Label: "Phone call"},
	{Slug: ByText, Label: "Text message"},
	{Slug: ByEither, Label: "Any of these"},
}

// ContactOptions are the ways to reach somebody, as the form offers them.
func ContactOptions() []Option { return contactOptions }

// Contact is how somebody would like to be reached. It is asked only of those
// who gave a phone number; everybody else is reached by email.
type Contact struct {
	By string `json:"by"`
}

// Step is "contact".
func (Contact) Step() string { return "contact" }

// Validate says what is wrong, by the form's field name: by.
func (c Contact) Validate() validate.Errors {
	var errs validate.Errors
	if !has(contactOptions, c.By) {
		errs.Add("by", "Select how you would like us to reach you")
	}
	return errs
}

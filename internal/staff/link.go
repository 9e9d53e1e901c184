package staff

import (
	"time"

	"ahpfaculty/internal/validate"
)

// Purpose is what a one-time link is for.
type Purpose string

// The purposes of a link. A first-lead link belongs to no account: it makes one.
const (
	Invite    Purpose = "invite"
	Reset     Purpose = "reset"
	FirstLead Purpose = "first-lead"
)

// Lasts is how long a link of this purpose may be used after it was made.
func (p Purpose) Lasts() time.Duration {
	switch p {
	case Invite:
		return 72 * time.Hour
	case FirstLead:
		return 24 * time.Hour
	default:
		return time.Hour
	}
}

// Link is a one-time link that may still be used.
type Link struct {
	Purpose   Purpose
	Account   Account // zero for a first-lead link
	ExpiresAt time.Time
}

// Credentials is what a person enters to use a link: a first lead all of it,
// everybody else the password alone.
type Credentials struct {
	Name     string
	Email    string
	Password string
}

// Validate says what is wrong for a link, by the form's field names: name,
// email, password.
func (c Credentials) Validate(l Link) validate.Errors {
	var errs validate.Errors
	name, email := l.Account.Name, l.Account.Email
	if l.Purpose == FirstLead {
		name, email = validate.Line(c.Name), NormalEmail(c.Email)
		validatePerson(&errs, name, email)
	}
	if fault := CheckPassword(c.Password, name, email); fault != "" {
		errs.Add("password", fault)
	}
	return errs
}

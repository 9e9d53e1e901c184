package staff

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/validate"
)

// Account is one member of staff.
type Account struct {
	ID             string
	Email          string // lower case, unique
	Name           string
	Role           Role
	Epoch          int // a session of an older epoch has ended
	HasPassword    bool
	CreatedAt      time.Time
	DisabledAt     *time.Time // nil while the account may be used
	LastSignedInAt *time.Time // nil before the first time
	HasIdentity    bool       // a provider of single sign-on knows them
	HasApp         bool       // an app for codes is set up
	Passkeys       int        // how many
	RecoveryLeft   int        // recovery codes that were not used
}

// Disabled reports whether the account may no longer be used.
func (a Account) Disabled() bool { return a.DisabledAt != nil }

// CanSignIn reports whether the account is in use and has a password.
func (a Account) CanSignIn() bool { return a.HasPassword && !a.Disabled() }

// HasSecondFactor reports whether the account has one set up; without one, the
// first sign-in sets it up.
func (a Account) HasSecondFactor() bool { return a.HasApp || a.Passkeys > 0 }

// By says on whose behalf, and from where, something is done.
type By struct {
	ActorID   string     // the account of who is signed in; "" is the command line or a job
	RequestID string     // "" outside a request
	Address   netip.Addr // the zero Addr outside a request
	Device    string     // "Firefox on Windows"; "" outside a request
	Token     string     // that the browser keeps since a sign-in on the device; "" for none
}

// What goes wrong with accounts.
var (
	// ErrEmailTaken is a second account with one address.
	ErrEmailTaken = fmt.Errorf("another account has this email address: %w", fault.Conflict)
	// ErrLastLead is a change that would leave no lead who can sign in.
	ErrLastLead = fmt.Errorf("nobody else can sign in as a lead: %w", fault.Conflict)
	// ErrWrong is an email address and password that do not belong together.
	// It does not say which of the two is wrong.
	ErrWrong = errors.New("wrong email address or password")
	// ErrWrongCode is a code that is not right, not right any more, or was used.
	ErrWrongCode = errors.New("wrong code")
)

// How long an account's texts may be, in characters.
const (
	maxName  = 200
	maxEmail = 254
)

// NewAccount is what a lead enters to add a member of staff.
type NewAccount struct {
	Email string
	Name  string
	Role  Role
}

// Clean gives the account as it is stored: white space collapsed, the email
// address in lower case.
func (n NewAccount) Clean() NewAccount {
	n.Email, n.Name = NormalEmail(n.Email), validate.Line(n.Name)
	return n
}

// Validate says what is wrong, by the form's field names: name, email, role.
func (n NewAccount) Validate() validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	validatePerson(&errs, n.Name, n.Email)
	if !n.Role.Known() {
		errs.Add("role", "Select what they will do")
	}
	return errs
}

func validatePerson(errs *validate.Errors, name, email string) {
	errs.Need("name", name, "Enter a name")
	errs.Max("name", name, maxName, fmt.Sprintf("Name must be %d characters or less", maxName))
	errs.Need("email", email, "Enter an email address")
	errs.Max("email", email, maxEmail, fmt.Sprintf("Email address must be %d characters or less", maxEmail))
	if !validate.Email(email) {
		errs.Add("email", "Enter an email address in the correct format, like name@example.com")
	}
}

// NormalEmail is an email address as accounts store and look it up.
func NormalEmail(email string) string { return strings.ToLower(validate.Line(email)) }

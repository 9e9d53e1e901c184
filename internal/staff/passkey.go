package staff

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/validate"
)

// Passkey is one passkey of a member of staff.
type Passkey struct {
	ID         string
	Name       string
	CreatedAt  time.Time
	LastUsedAt *time.Time // nil before the first time
	SuspectAt  *time.Time // when it showed signs of a copy; nil when it never did
}

// What goes wrong with passkeys.
var (
	// ErrWrongPasskey is a passkey that is not known, not the person's, or whose
	// answer does not fit the question.
	ErrWrongPasskey = errors.New("wrong passkey")
	// ErrLastFactor is the only second factor of an account, which stays.
	ErrLastFactor = fmt.Errorf("the only second factor stays: %w", fault.Conflict)
)

// maxPasskeyName is how long a passkey's name may be, in characters.
const maxPasskeyName = 100

// ValidatePasskeyName says what is wrong with a passkey's name, by the form's
// field: name.
func ValidatePasskeyName(name string) validate.Errors {
	var errs validate.Errors
	name = validate.Line(name)
	errs.Need("name", name, "Enter a name for the passkey")
	errs.Max("name", name, maxPasskeyName, fmt.Sprintf("Name must be %d characters or less", maxPasskeyName))
	return errs
}

// NewRelyingParty makes and checks passkeys for the portal at a base URL. It is
// nil where that has no domain name: passkeys belong to one.
func NewRelyingParty(baseURL string) *webauthn.WebAuthn {
	base, err := url.Parse(baseURL)
	if err != nil || protocol.ValidateRPID(base.Hostname()) != nil {
		return nil
	}
	required := true
	party, err := webauthn.New(&webauthn.Config{
		RPID: base.Hostname(), RPDisplayName: base.Hostname(), RPOrigins: []string{baseURL},
		AttestationPreference: protocol.PreferNoAttestation,
		// A passkey is found without an email address, and asks for a finger, a
		// face or a PIN: it is both factors in one.
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &required, ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return party
}

// holder is an account as the library sees it. Its handle is the account's id:
// nothing about the person is kept on their key but what they see there.
type holder struct {
	account     Account
	credentials []webauthn.Credential
}

// WebAuthnID is the account's handle on a key, 16 bytes.
func (h holder) WebAuthnID() []byte {
	id := uuid.MustParse(h.account.ID)
	return id[:]
}

// WebAuthnName is what a key shows to tell accounts apart.
func (h holder) WebAuthnName() string { return h.account.Email }

// WebAuthnDisplayName is what a key calls the person.
func (h holder) WebAuthnDisplayName() string { return h.account.Name }

// WebAuthnCredentials are the passkeys that the account has.
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

// Question is what a browser is asked about a passkey.
type Question struct {
	Options string // for the page's script, as JSON
	State   string // to be kept for the answer, in the browser's session
}

func newQuestion(options any, state *webauthn.SessionData) (Question, error) {
	asked, err := json.Marshal(options)
	if err != nil {
		return Question{}, err
	}
	kept, err := json.Marshal(state)
	return Question{Options: string(asked), State: string(kept)}, err
}

// AskPasskey asks for any passkey of this portal.
func (s *Store) AskPasskey() (Question, error) {
	options, state, err := s.Party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Question{}, fmt.Errorf("asking for a passkey: %w", err)
	}
	return newQuestion(options.Response, state)
}

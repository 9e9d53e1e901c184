package staff

import (
	"errors"
	"time"
)

// ByProvider is single sign-on: the provider proved both factors.
const ByProvider Means = "provider"

// Ways are the ways in that a portal's settings leave open. The zero value is
// local sign-in alone.
type Ways struct {
	Issuer   string // of single sign-on; "" where there is none
	LocalOff bool   // no passwords, codes and passkeys
}

// Open reports whether sessions that began by these means may go on: one
// ends at its next request once its way in is switched off.
func (w Ways) Open(means Means) bool {
	if means == ByProvider {
		return w.Issuer != ""
	}
	return !w.LocalOff
}

// FlowPurpose is why somebody is sent to the provider.
type FlowPurpose string

// The purposes of a flow.
const (
	ToSignIn  FlowPurpose = "sign-in"
	ToConfirm FlowPurpose = "confirm" // show again who they are
	ToAdd     FlowPurpose = "add"     // add the provider to the account that is signed in
	ToLink    FlowPurpose = "link"    // use a one-time link up by it
)

// FlowLife is how long somebody may be away at the provider.
const FlowLife = 10 * time.Minute

// clockDrift is how much the provider's clock may differ from ours.
const clockDrift = time.Minute

// NewFlow is what a way to the provider begins with.
type NewFlow struct {
	Purpose   FlowPurpose
	SessionID string // of ToConfirm and ToAdd
	Token     string // of the one-time link of ToLink
}

// Flow is a way to the provider and back.
type Flow struct {
	Purpose   FlowPurpose
	State     string // comes back in the address
	Nonce     string // comes back in the token
	Verifier  string // proves who asked, as PKCE has it
	SessionID string
	LinkID    string
	StartedAt time.Time
}

// Anew reports whether the provider must ask who somebody is, however long ago
// it did: a proof is no proof if a browser that was left open gives it.
func (f Flow) Anew() bool { return f.Purpose != ToSignIn }

// Person is who the provider says has signed in.
type Person struct {
	Issuer        string
	Subject       string
	Email         string // "" where the provider does not say
	EmailVerified bool
	Name          string
	Role          Role      // that a claim gives; "" where it gives none
	RoleFromClaim bool      // roles come from a claim here
	SignedInAt    time.Time // when they proved who they are; zero where the provider does not say
}

// Proved reports whether a person has shown who they are since a flow began.
func (p Person) Proved(f Flow) bool {
	return !f.Anew() || !p.SignedInAt.Before(f.StartedAt.Add(-clockDrift).Truncate(time.Second))
}

// Identity is who a member of staff is at a provider.
type Identity struct {
	ID      string
	Issuer  string
	Subject string
	AddedAt time.Time
	LastAt  time.Time // when they last signed in by it
}

// Refusal is why somebody who came back from the provider was not let in: one
// of the words below, which the audit keeps.
type Refusal string

// Error is the word.
func (r Refusal) Error() string { return "refused at the return from the provider: " + string(r) }

// The refusals.
const (
	WrongState     Refusal = "state"     // no flow of this browser, or one that came back before
	WrongIssuer    Refusal = "issuer"    // another provider's answer
	WrongAudience  Refusal = "audience"  // a token for somebody else
	TokenExpired   Refusal = "expired"   // an old token
	WrongSignature Refusal = "signature" // a token that the provider did not sign
	WrongNonce     Refusal = "nonce"     // the token of another flow
	WrongCode      Refusal = "code"      // the provider does not take the code
	NoToken        Refusal = "token"     // an answer without a token that can be read
	NotAnew        Refusal = "not-anew"  // they did not show again who they are
	TurnedDown     Refusal = "provider"  // the provider says no, or they said so there
	NoAccount      Refusal = "no-account"
	NoRole         Refusal = "no-role"  // the claim gives them no role
	IsDisabled     Refusal = "disabled" // their account may not be used
	SomebodyElse   Refusal = "other"    // another account's identity, or not this account's
	HasFactor      Refusal = "factor"   // a link does not go round an account's second factor
)

// asRefusal gives the refusal that an error is.
func asRefusal(err error) (Refusal, bool) {
	var refusal Refusal
	return refusal, errors.As(err, &refusal)
}

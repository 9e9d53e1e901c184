package staff

import "time"

// Means is how somebody proved who they are.
type Means string

// The means. ByPassword is half the way: the second factor is missing.
const (
	ByPassword Means = "password"
	ByCode     Means = "password-code"
	ByRecovery Means = "password-recovery"
	ByKey      Means = "password-passkey"
	ByPasskey  Means = "passkey"
)

// How long a session lives: a working day, ended earlier by idling.
const (
	SessionLife = 8 * time.Hour
	SessionIdle = 15 * time.Minute
)

// FreshFor is for how long a proof of both factors opens what is dangerous.
const FreshFor = 10 * time.Minute

// Session is one sign-in of a member of staff, on one device.
type Session struct {
	ID         string
	Account    Account
	Means      Means
	StartedAt  time.Time
	LastUsedAt time.Time  // to the minute
	ProvedAt   *time.Time // when both factors were last proved; nil while the second is missing
	Device     string     // "Firefox on Windows"
	Network    string     // a part of the address it began from
}

// Complete reports whether both factors were proved: the person is signed in.
func (s Session) Complete() bool { return s.ProvedAt != nil }

// Fresh reports whether both factors were proved a short while ago.
func (s Session) Fresh(now time.Time) bool {
	return s.Complete() && now.Sub(*s.ProvedAt) < FreshFor
}

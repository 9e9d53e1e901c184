package staff

import (
	"crypto/sha256"
	"time"

	"ahpfaculty/internal/attempt"
)

// The limits on guessing passwords and on asking for links.
var (
	// pairLimit is for one account from one address, or on one device that its
	// owner signed in on before. There it is the only one, so that guesses from
	// elsewhere, and by a colleague behind the same address, cannot hold the owner
	// of the account up.
	pairLimit = attempt.Limit{Free: 5, First: time.Second, Longest: 15 * time.Minute, Afresh: true}
	// accountLimit is for one account, on all devices that its owner never signed
	// in on.
	accountLimit = attempt.Limit{Free: 20, First: time.Second, Longest: 15 * time.Minute}
	// addressLimit is for all accounts from one address, which may be a whole
	// hospital's.
	addressLimit = attempt.Limit{Free: 50, First: time.Second, Longest: 5 * time.Minute}
	// resetLimit is for mails with a new link to one account.
	resetLimit = attempt.Limit{Free: 3, First: time.Minute, Longest: 15 * time.Minute}
	// resetAddressLimit is for such mails asked for from one address, or on one
	// device that somebody signed in on before.
	resetAddressLimit = attempt.Limit{Free: 20, First: time.Minute, Longest: 15 * time.Minute}
)

// hashOf hashes texts, each ended by a byte that none contains.
func hashOf(parts ...string) []byte {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return sum.Sum(nil)
}

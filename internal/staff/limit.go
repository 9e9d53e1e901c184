package staff

import (
	"crypto/sha256"
	"net/netip"
	"time"
)

// limit slows attempts down after some free ones: each failure beyond them
// doubles the wait, up to a longest one. No limit ever shuts a door for good.
type limit struct {
	free    int
	first   time.Duration
	longest time.Duration
}

// The limits on guessing passwords and on asking for links.
var (
	// pairLimit is for one account from one address. It is the only one for a
	// pair that signed in before, so that guesses from elsewhere cannot hold
	// the owner of the account up.
	pairLimit = limit{free: 5, first: time.Second, longest: 15 * time.Minute}
	// accountLimit is for one account from all addresses that never signed in to it.
	accountLimit = limit{free: 20, first: time.Second, longest: 15 * time.Minute}
	// addressLimit is for all accounts from one address, which may be a whole
	// hospital's.
	addressLimit = limit{free: 50, first: time.Second, longest: 5 * time.Minute}
	// resetLimit is for mails with a new link to one account.
	resetLimit = limit{free: 3, first: time.Minute, longest: 15 * time.Minute}
	// resetAddressLimit is for such mails asked for from one address.
	resetAddressLimit = limit{free: 20, first: time.Minute, longest: 15 * time.Minute}
)

// forgetAfter is how long failures count after the last one.
const forgetAfter = 24 * time.Hour

// wait is how long to wait after so many failures before the next attempt.
func (l limit) wait(failures int) time.Duration {
	over := failures - l.free
	if over <= 0 {
		return 0
	}
	wait := l.first
	for range over - 1 {
		wait *= 2
		if wait >= l.longest {
			return l.longest
		}
	}
	return min(wait, l.longest)
}

// counter is one count of attempts, and the limit that it is held to.
type counter struct {
	key   []byte
	limit limit
}

func newCounter(l limit, kind string, parts ...string) counter {
	return counter{key: hashOf(append([]string{kind}, parts...)...), limit: l}
}

// hashOf hashes texts, each ended by a byte that none contains.
func hashOf(parts ...string) []byte {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return sum.Sum(nil)
}

// network is what attempts from an address are counted by: the address, or of
// an IPv6 one the 64 bits that one customer has.
func network(addr netip.Addr) string {
	addr = addr.Unmap()
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return addr.String()
}

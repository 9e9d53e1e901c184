package staff

import (
	"errors"
	"net/netip"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
)

// counters are those that an attempt of a kind on an account is held to: on a
// device that its owner signed in on before, one of its own, which nobody else
// can use up. A password is tried on what was typed as an email address.
func counters(kind, account string, from netip.Addr, device string) []attempt.Counter {
	if device != "" {
		return []attempt.Counter{attempt.NewCounter(pairLimit, kind+"-device", account, device)}
	}
	network := attempt.Network(from)
	return []attempt.Counter{
		attempt.NewCounter(pairLimit, kind+"-pair", account, network),
		attempt.NewCounter(accountLimit, kind+"-account", account),
		attempt.NewCounter(addressLimit, kind+"-address", network),
	}
}

// attempts counts attempts on accounts.
func (s *Store) attempts() attempt.Store { return attempt.Store{DB: s.DB, Now: s.Now} }

// isNotFound keeps callers short that treat a missing account like any other.
func isNotFound(err error) bool { return errors.Is(err, fault.NotFound) }

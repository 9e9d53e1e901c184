package staff

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
)

// counters are those that an attempt of a kind on an account from an address is
// held to. A password is tried on what was typed as an email address.
func counters(kind, account string, from netip.Addr, known bool) []attempt.Counter {
	pair := attempt.NewCounter(pairLimit, kind+"-pair", account, attempt.Network(from))
	if known {
		return []attempt.Counter{pair}
	}
	return []attempt.Counter{pair, attempt.NewCounter(accountLimit, kind+"-account", account),
		attempt.NewCounter(addressLimit, kind+"-address", attempt.Network(from))}
}

// attempts counts attempts on accounts.
func (s *Store) attempts() attempt.Store { return attempt.Store{DB: s.DB, Now: s.Now} }

// knows reports whether somebody signed in to the account from the address before.
func (s *Store) knows(ctx context.Context, accountID string, from netip.Addr) (bool, error) {
	var known bool
	err := s.DB.QueryRow(ctx, `
		select exists (select 1 from staff_known_address where account_id = $1 and address_hash = $2 and last_at > $3)`,
		accountID, hashOf(accountID, attempt.Network(from)), s.Now().Add(-knownFor)).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("looking up an address of account %s: %w", accountID, err)
	}
	return known, nil
}

// knownFor is how long an address stays known after the last sign-in from it.
const knownFor = 90 * 24 * time.Hour

// know notes an address as one that the account's owner comes from.
func (s *Store) know(ctx context.Context, tx pgx.Tx, accountID string, from netip.Addr) error {
	_, err := tx.Exec(ctx, `
		insert into staff_known_address (account_id, address_hash, last_at) values ($1, $2, $3)
		on conflict (account_id, address_hash) do update set last_at = excluded.last_at`,
		accountID, hashOf(accountID, attempt.Network(from)), s.Now())
	if err != nil {
		return fmt.Errorf("noting an address of account %s: %w", accountID, err)
	}
	return nil
}

// signedIn notes a sign-in and where it came from.
func (s *Store) signedIn(ctx context.Context, tx pgx.Tx, accountID string, from netip.Addr) error {
	if err := s.know(ctx, tx, accountID, from); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update staff_account set last_signed_in_at = $2 where id = $1`, accountID, s.Now()); err != nil {
		return fmt.Errorf("noting a sign-in to account %s: %w", accountID, err)
	}
	return nil
}

// isNotFound keeps callers short that treat a missing account like any other.
func isNotFound(err error) bool { return errors.Is(err, fault.NotFound) }

package staff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// counters are those that an attempt on an account from an address is held to.
func counters(email string, from netip.Addr, known bool) []counter {
	pair := newCounter(pairLimit, "pair", email, network(from))
	if known {
		return []counter{pair}
	}
	return []counter{pair, newCounter(accountLimit, "account", email), newCounter(addressLimit, "address", network(from))}
}

// attempt is what a counter's row holds.
type attempt struct {
	Key          []byte
	Failures     int
	LastAt       time.Time
	BlockedUntil *time.Time
}

// reserve counts an attempt as failed before it is made, so that many at once
// cannot slip under a limit; settle takes it back. While one counter says to
// wait, nothing is counted and the answer is a *fault.WaitError: an attempt
// that was not let in does not make the wait longer.
func (s *Store) reserve(ctx context.Context, counters []counter) error {
	// One order for everybody, so that two attempts cannot deadlock.
	slices.SortFunc(counters, func(a, b counter) int { return bytes.Compare(a.key, b.key) })
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		held := make([]attempt, len(counters))
		var wait time.Duration
		for i, c := range counters {
			var err error
			if held[i], err = holdAttempt(ctx, tx, c.key, s.Now()); err != nil {
				return err
			}
			if until := held[i].BlockedUntil; until != nil {
				wait = max(wait, until.Sub(s.Now()))
			}
		}
		if wait > 0 {
			return &fault.WaitError{Kind: fault.Limited, After: wait}
		}
		for i, c := range counters {
			if err := countAttempt(ctx, tx, c, held[i], s.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("counting an attempt: %w", err)
	}
	return nil
}

// holdAttempt locks a counter's row, making it where there is none.
func holdAttempt(ctx context.Context, tx pgx.Tx, key []byte, now time.Time) (attempt, error) {
	return postgres.One[attempt](ctx, tx, `
		insert into staff_attempt (key, failures, last_at) values ($1, 0, $2)
		on conflict (key) do update set key = excluded.key
		returning key, failures, last_at, blocked_until`, key, now)
}

func countAttempt(ctx context.Context, tx pgx.Tx, c counter, held attempt, now time.Time) error {
	failures := held.Failures + 1
	if now.Sub(held.LastAt) > forgetAfter {
		failures = 1
	}
	var until *time.Time
	if wait := c.limit.wait(failures); wait > 0 {
		end := now.Add(wait)
		until = &end
	}
	_, err := tx.Exec(ctx, `
		update staff_attempt set failures = $2, last_at = $3, blocked_until = $4 where key = $1`,
		c.key, failures, now, until)
	return err
}

// settle takes a reserved attempt back that turned out right. The pair starts
// afresh; the wider counters lose this one attempt alone, or their owner's
// sign-ins would give whoever guesses from elsewhere new free attempts.
func settle(ctx context.Context, tx pgx.Tx, counters []counter) error {
	for _, c := range counters {
		query := `update staff_attempt set failures = greatest(failures - 1, 0) where key = $1`
		if c.limit == pairLimit {
			query = `delete from staff_attempt where key = $1`
		}
		if _, err := tx.Exec(ctx, query, c.key); err != nil {
			return fmt.Errorf("settling an attempt: %w", err)
		}
	}
	return nil
}

// knows reports whether somebody signed in to the account from the address before.
func (s *Store) knows(ctx context.Context, accountID string, from netip.Addr) (bool, error) {
	var known bool
	err := s.DB.QueryRow(ctx, `
		select exists (select 1 from staff_known_address where account_id = $1 and address_hash = $2 and last_at > $3)`,
		accountID, hashOf(accountID, network(from)), s.Now().Add(-knownFor)).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("looking up an address of account %s: %w", accountID, err)
	}
	return known, nil
}

// knownFor is how long an address stays known after the last sign-in from it.
const knownFor = 90 * 24 * time.Hour

// signedIn notes a sign-in and where it came from.
func (s *Store) signedIn(ctx context.Context, tx pgx.Tx, accountID string, from netip.Addr) error {
	_, err := tx.Exec(ctx, `
		insert into staff_known_address (account_id, address_hash, last_at) values ($1, $2, $3)
		on conflict (account_id, address_hash) do update set last_at = excluded.last_at`,
		accountID, hashOf(accountID, network(from)), s.Now())
	if err != nil {
		return fmt.Errorf("noting a sign-in to account %s: %w", accountID, err)
	}
	if _, err := tx.Exec(ctx, `update staff_account set last_signed_in_at = $2 where id = $1`, accountID, s.Now()); err != nil {
		return fmt.Errorf("noting a sign-in to account %s: %w", accountID, err)
	}
	return nil
}

// isNotFound keeps callers short that treat a missing account like any other.
func isNotFound(err error) bool { return errors.Is(err, fault.NotFound) }

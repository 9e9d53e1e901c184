// Package attempt counts how often somebody tries something, and slows those
// down who try too often.
package attempt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Limit slows attempts down after some free ones: each one beyond them doubles
// the wait, up to a longest one. No limit ever shuts a door for good.
type Limit struct {
	Free    int
	First   time.Duration
	Longest time.Duration
	Afresh  bool // an attempt that turns out right starts the count afresh
}

// forgetAfter is how long attempts count after the last one.
const forgetAfter = 24 * time.Hour

// Wait is how long to wait after so many attempts before the next one.
func (l Limit) Wait(attempts int) time.Duration {
	over := attempts - l.Free
	if over <= 0 {
		return 0
	}
	wait := l.First
	for range over - 1 {
		wait *= 2
		if wait >= l.Longest {
			return l.Longest
		}
	}
	return min(wait, l.Longest)
}

// Counter is one count of attempts, and the limit that it is held to.
type Counter struct {
	key   []byte
	limit Limit
}

// NewCounter is the count of attempts of a kind by what tells them apart, such
// as an email address, of which the database keeps only a hash.
func NewCounter(l Limit, kind string, parts ...string) Counter {
	sum := sha256.New()
	for _, part := range append([]string{kind}, parts...) {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return Counter{key: sum.Sum(nil), limit: l}
}

// Network is what attempts from an address are counted by: the address, or of
// an IPv6 one the 64 bits that one customer has.
func Network(addr netip.Addr) string {
	addr = addr.Unmap()
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return addr.String()
}

// Store keeps the counts.
type Store struct {
	DB  postgres.DB
	Now func() time.Time
}

// held is what a counter's row holds.
type held struct {
	Key          []byte
	Failures     int
	LastAt       time.Time
	BlockedUntil *time.Time
}

// Reserve counts an attempt before it is made, so that many at once cannot slip
// under a limit; Settle takes it back. While one counter says to wait, nothing
// is counted and the answer is a *fault.WaitError: an attempt that was not let
// in does not make the wait longer.
func (s Store) Reserve(ctx context.Context, counters ...Counter) error {
	// One order for everybody, so that two attempts cannot deadlock.
	slices.SortFunc(counters, func(a, b Counter) int { return bytes.Compare(a.key, b.key) })
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		rows := make([]held, len(counters))
		var wait time.Duration
		for i, c := range counters {
			var err error
			if rows[i], err = hold(ctx, tx, c.key, s.Now()); err != nil {
				return err
			}
			if until := rows[i].BlockedUntil; until != nil {
				wait = max(wait, until.Sub(s.Now()))
			}
		}
		if wait > 0 {
			return &fault.WaitError{Kind: fault.Limited, After: wait}
		}
		for i, c := range counters {
			if err := count(ctx, tx, c, rows[i], s.Now()); err != nil {
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

// hold locks a counter's row, making it where there is none.
func hold(ctx context.Context, tx pgx.Tx, key []byte, now time.Time) (held, error) {
	return postgres.One[held](ctx, tx, `
		insert into attempt (key, failures, last_at) values ($1, 0, $2)
		on conflict (key) do update set key = excluded.key
		returning key, failures, last_at, blocked_until`, key, now)
}

func count(ctx context.Context, tx pgx.Tx, c Counter, row held, now time.Time) error {
	failures := row.Failures + 1
	if now.Sub(row.LastAt) > forgetAfter {
		failures = 1
	}
	var until *time.Time
	if wait := c.limit.Wait(failures); wait > 0 {
		end := now.Add(wait)
		until = &end
	}
	_, err := tx.Exec(ctx, `
		update attempt set failures = $2, last_at = $3, blocked_until = $4 where key = $1`,
		c.key, failures, now, until)
	return err
}

// Settle takes a reserved attempt back that turned out right. A counter that
// starts afresh forgets all attempts; the others lose this one alone.
func Settle(ctx context.Context, db postgres.DB, counters ...Counter) error {
	for _, c := range counters {
		query := `update attempt set failures = greatest(failures - 1, 0) where key = $1`
		if c.limit.Afresh {
			query = `delete from attempt where key = $1`
		}
		if _, err := db.Exec(ctx, query, c.key); err != nil {
			return fmt.Errorf("settling an attempt: %w", err)
		}
	}
	return nil
}

// Purge deletes counts whose last attempt is older than a time, and says how
// many.
func (s Store) Purge(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from attempt where last_at < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("purging attempts: %w", err)
	}
	return tag.RowsAffected(), nil
}

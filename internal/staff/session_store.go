package staff

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// SessionStore keeps the sessions of the form and of the staff area, by a hash
// of their token. It has the methods that scs asks of a store.
//
// A session that ended never comes back: it stays as a tombstone, and a
// request that was still in flight then writes to nothing.
type SessionStore struct {
	DB  postgres.DB
	Now func() time.Time
}

func sessionKey(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// FindCtx gives the data of a live session; false for one that ended,
// expired or never was.
func (s SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := s.DB.QueryRow(ctx, `
		select data from session where token_hash = $1 and ended_at is null and expires_at > $2`,
		sessionKey(token), s.Now()).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("finding a session: %w", err)
	}
	return data, true, nil
}

// Expired gives the data of a session that expired by itself; nothing for one
// that lives, was ended, or never was.
func (s SessionStore) Expired(ctx context.Context, token string) ([]byte, error) {
	var data []byte
	err := s.DB.QueryRow(ctx, `
		select data from session where token_hash = $1 and ended_at is null and expires_at <= $2`,
		sessionKey(token), s.Now()).Scan(&data)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("finding an expired session: %w", err)
	}
	return data, nil
}

// CommitCtx inserts a new session or updates a live one, whose end stays where it
// is when nobody uses it (Unattended). For one that ended or expired it does
// nothing and says nothing: the request that asks was made while it lived.
func (s SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.DB.Exec(ctx, `
		insert into session as s (token_hash, data, created_at, expires_at) values ($1, $2, $3, $4)
		on conflict (token_hash) do update set data = excluded.data,
			expires_at = case when $5 then s.expires_at else excluded.expires_at end
		where s.ended_at is null and s.expires_at > $3`,
		sessionKey(token), data, s.Now(), expiry, isUnattended(ctx))
	if err != nil {
		return fmt.Errorf("keeping a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session for good, and forgets what it held. A token that
// was never kept gets its tombstone too: the request that made it may still
// be about to keep it.
func (s SessionStore) DeleteCtx(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	_, err := s.DB.Exec(ctx, `
		insert into session as s (token_hash, data, created_at, expires_at, ended_at) values ($1, '', $2, $2, $2)
		on conflict (token_hash) do update set data = '', ended_at = coalesce(s.ended_at, excluded.ended_at)`,
		sessionKey(token), s.Now())
	if err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// Find is FindCtx for callers without a context; scs calls FindCtx.
func (s SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context; scs calls CommitCtx.
func (s SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context; scs calls DeleteCtx.
func (s SessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}

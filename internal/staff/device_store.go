package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/postgres"
)

// DeviceLife is how long a device stays known after the last sign-in on it.
const DeviceLife = 90 * 24 * time.Hour

// KnowDevice notes that the owner of an account has shown, on a device, that it
// is them, and gives the token by which the device is known from now on. It takes
// the place of the one that came with the request, also for others who sign in on
// the device: a token that somebody planted there is worth nothing afterwards.
func (s *Store) KnowDevice(ctx context.Context, by By, accountID string) (string, error) {
	token := rand.Text()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if by.Token != "" {
			if _, err := tx.Exec(ctx, `update staff_device set token_hash = $2 where token_hash = $1`, hashOf(by.Token), hashOf(token)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `
			insert into staff_device (account_id, token_hash, last_at) values ($1, $2, $3)
			on conflict (token_hash, account_id) do update set last_at = excluded.last_at`, accountID, hashOf(token), s.Now())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("noting a device of account %s: %w", accountID, err)
	}
	return token, nil
}

// device gives the id of the device that somebody uses, where the owner of an
// account signed in on it before; "" elsewhere.
func (s *Store) device(ctx context.Context, by By, accountID string) (string, error) {
	return s.deviceWhere(ctx, by, `account_id = $3`, accountID)
}

// source is what attempts are counted by that name no account: the device, where
// anybody signed in on it before, else the network address.
func (s *Store) source(ctx context.Context, by By) (string, error) {
	device, err := s.deviceWhere(ctx, by, `true`)
	if device == "" {
		return attempt.Network(by.Address), err
	}
	return device, err
}

func (s *Store) deviceWhere(ctx context.Context, by By, where string, args ...any) (string, error) {
	if by.Token == "" {
		return "", nil
	}
	var id string
	err := s.DB.QueryRow(ctx, `
		select id::text from staff_device where token_hash = $1 and last_at > $2 and `+where+` order by id limit 1`,
		append([]any{hashOf(by.Token), s.Now().Add(-DeviceLife)}, args...)...).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking up a device: %w", err)
	}
	return id, nil
}

package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
)

// PurgeSessions deletes the sessions that ended or expired before a time, and
// says how many. They stay for a while as tombstones: a request that is still
// in flight then writes to nothing.
func (s *Store) PurgeSessions(ctx context.Context, before time.Time) (int64, error) {
	_, err := s.purge(ctx, `
		delete from staff_session where ended_at < $1 or started_at + interval '8 hours' < $1`, before)
	if err != nil {
		return 0, err
	}
	return s.purge(ctx, `delete from session where least(expires_at, ended_at) < $1`, before)
}

// PurgeLinks deletes the one-time links that expired before a time, and says
// how many.
func (s *Store) PurgeLinks(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `delete from staff_link where expires_at < $1`, before)
}

// PurgeDevices deletes the devices on which nobody signed in since a time, and
// says how many.
func (s *Store) PurgeDevices(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `delete from staff_device where last_at < $1`, before)
}

// PurgeSearches deletes the searches that were made before a time, and says how
// many.
func (s *Store) PurgeSearches(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `delete from staff_search where created_at < $1`, before)
}

func (s *Store) purge(ctx context.Context, query string, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, query, before)
	if err != nil {
		return 0, fmt.Errorf("purging a staff table: %w", err)
	}
	return tag.RowsAffected(), nil
}

// KeepSearch keeps what somebody searched for and gives the id that stands for
// it in an address.
func (s *Store) KeepSearch(ctx context.Context, accountID, text string) (string, error) {
	var id string
	err := s.DB.QueryRow(ctx, `
		insert into staff_search (account_id, text, created_at) values ($1, $2, $3) returning id::text`,
		accountID, text, s.Now()).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("keeping a search of %s: %w", accountID, err)
	}
	return id, nil
}

// Search gives the text of a search to whoever made it; a NotFound fault for
// anybody else.
func (s *Store) Search(ctx context.Context, accountID, id string) (string, error) {
	if uuid.Validate(id) != nil {
		return "", fmt.Errorf("search of a malformed id: %w", fault.NotFound)
	}
	var text string
	err := s.DB.QueryRow(ctx, `
		select text from staff_search where id = $1 and account_id = $2`, id, accountID).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.NotFound
	}
	if err != nil {
		return "", fmt.Errorf("reading search %s: %w", id, err)
	}
	return text, nil
}

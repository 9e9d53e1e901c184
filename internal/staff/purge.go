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

// How long rows stay that nothing needs any more.
const (
	linksFor    = 30 * 24 * time.Hour
	searchesFor = 7 * 24 * time.Hour
)

// Purge removes what is past its time: sessions a day after their end, links
// 30 days after they expired, attempts a day and searches 7 days after they
// were made, addresses 90 days after the last sign-in. It gives the number of
// rows, and is meant to run every hour.
func (s *Store) Purge(ctx context.Context) (int64, error) {
	var removed int64
	for _, one := range []struct {
		query string
		age   time.Duration
	}{
		{`delete from session where least(expires_at, ended_at) < $1`, tombstoneFor},
		{`delete from staff_link where expires_at < $1`, linksFor},
		{`delete from staff_known_address where last_at < $1`, knownFor},
		{`delete from staff_search where created_at < $1`, searchesFor},
	} {
		tag, err := s.DB.Exec(ctx, one.query, s.Now().Add(-one.age))
		if err != nil {
			return removed, fmt.Errorf("purging staff tables: %w", err)
		}
		removed += tag.RowsAffected()
	}
	attempts, err := s.attempts().Purge(ctx)
	return removed + attempts, err
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

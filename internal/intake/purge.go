package intake

import (
	"context"
	"fmt"
	"time"
)

// PurgeFiles forgets the files that were uploaded before a time and not
// imported, and what was found in those that were. It says of how many files.
func (s *Store) PurgeFiles(ctx context.Context, before time.Time) (int64, error) {
	var gone int64
	err := s.DB.QueryRow(ctx, `
		with old as (delete from intake where uploaded_at < $1 and state <> 'imported' returning 1),
			found as (delete from intake_finding f using intake i where i.id = f.intake_id and i.imported_at < $1 returning i.id)
		select (select count(*) from old) + (select count(distinct id) from found)`, before).Scan(&gone)
	if err != nil {
		return 0, fmt.Errorf("purging uploaded files: %w", err)
	}
	return gone, nil
}

// Purge forgets which imports were made before a time; their cases stay. It says
// how many there were.
func (s *Store) Purge(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from intake where imported_at < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("purging imports: %w", err)
	}
	return tag.RowsAffected(), nil
}

package interest

import (
	"context"
	"fmt"
)

// endedMonths is how many months an expression is kept after its case ended,
// as the privacy notice says.
const endedMonths = 12

// PurgeEnded deletes the expressions whose cases ended longer ago than they are
// kept, with their timelines, and says how many. The audit, which holds no
// personal value, stays.
func (s *Store) PurgeEnded(ctx context.Context) (int64, error) {
	var ends []Stage
	for _, info := range stages {
		if info.Ends {
			ends = append(ends, info.Stage)
		}
	}
	tag, err := s.DB.Exec(ctx, `delete from expression where stage = any($1) and stage_since < $2`,
		ends, s.now().AddDate(0, -endedMonths, 0))
	if err != nil {
		return 0, fmt.Errorf("purging ended expressions: %w", err)
	}
	return tag.RowsAffected(), nil
}

package interest

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// LearnNames keeps the words of the names that came since it ran last, by which
// people are found whose name is typed slightly wrong, and says how many are
// new. The first run looks at every case.
func (s *Store) LearnNames(ctx context.Context) (int64, error) {
	var learnt int64
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// An hour again: what was changed before the last run may be committed since.
		tag, err := tx.Exec(ctx, `
			insert into name_word (word)
			select distinct word
			from expression, unnest(name_words(name, registered_name)) word
			where queue in ('ours', 'returner', 'on-hold', 'ended') and length(word) > 2
				and updated_at >= coalesce((select at - interval '1 hour' from name_word_run), '-infinity')
			order by word
			on conflict do nothing`)
		if err != nil {
			return err
		}
		learnt = tag.RowsAffected()
		_, err = tx.Exec(ctx, `insert into name_word_run (at) values ($1) on conflict (one) do update set at = excluded.at`, s.now())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("learning the words of names: %w", err)
	}
	return learnt, nil
}

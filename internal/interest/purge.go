package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/postgres"
)

// PurgeDrafts deletes the drafts that were last changed before a time, or at
// it, with what says that mails about them were sent, and says how many.
func (s *Store) PurgeDrafts(ctx context.Context, before time.Time) (int64, error) {
	var drafts int64
	err := s.DB.QueryRow(ctx, `
		with gone as (delete from draft where updated_at <= $1 returning id),
			forgotten as (delete from mail where subject_id in (select id::text from gone))
		select count(*) from gone`, before).Scan(&drafts)
	if err != nil {
		return 0, fmt.Errorf("purging drafts: %w", err)
	}
	return drafts, nil
}

// EndedAtOnce is how many expressions PurgeEnded erases at most.
const EndedAtOnce = 500

// PurgeEnded erases the expressions whose cases ended before a time, EndedAtOnce
// of them at most, as Erase does, and says how many. One whose returner still
// waits for a copy of it stays until they have it.
func (s *Store) PurgeEnded(ctx context.Context, before time.Time) (int64, error) {
	var erased int64
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// Locked, so that a case that is opened again meanwhile stays.
		ended, err := postgres.List[struct{ ID string }](ctx, tx, `
			select id::text from expression where `+hadItsTime+` order by id limit $3 for update`, endings(), before, EndedAtOnce)
		if err != nil {
			return err
		}
		for _, one := range ended {
			if err := s.erase(ctx, tx, one.ID); err != nil {
				return err
			}
			entry := audit.Entry{
				ActorKind: audit.System, Action: actionErase, SubjectKind: "expression", SubjectID: one.ID, Outcome: audit.Done,
			}
			if err := audit.Record(ctx, tx, entry); err != nil {
				return err
			}
			erased++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("purging ended expressions: %w", err)
	}
	return erased, nil
}

// CountEnded says how many expressions PurgeEnded would erase, batch after batch.
func (s *Store) CountEnded(ctx context.Context, before time.Time) (int64, error) {
	var ended int64
	err := s.DB.QueryRow(ctx, `select count(*) from expression where `+hadItsTime, endings(), before).Scan(&ended)
	if err != nil {
		return 0, fmt.Errorf("counting ended expressions: %w", err)
	}
	return ended, nil
}

// hadItsTime chooses the expressions that ended, by the stages that end a case,
// before a time.
const hadItsTime = `stage = any($1) and stage_since < $2 and copy_asked_at is null`

// endings are the stages after which nothing more is expected to happen.
func endings() []Stage {
	var ends []Stage
	for _, info := range stages {
		if info.Ends {
			ends = append(ends, info.Stage)
		}
	}
	return ends
}

// PurgeErased forgets the references of the expressions that were erased before
// a time: links that lead to them then find nothing. It says how many.
func (s *Store) PurgeErased(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from erased_reference where erased_on < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("purging erased references: %w", err)
	}
	return tag.RowsAffected(), nil
}

package interest

import (
	"context"
	"fmt"
	"time"

	"ahpfaculty/internal/postgres"
)

// StageCount is how many expressions are in a stage.
type StageCount struct {
	Stage Stage
	Count int
}

// Counts gives how many expressions are in each stage, every stage once, in the
// order of the way through them. One that was erased still counts.
func (s *Store) Counts(ctx context.Context) ([]StageCount, error) {
	found, err := postgres.List[StageCount](ctx, s.DB, `
		select stage, count(*) as count
		from (select stage from expression where set_aside_at is null union all select stage from erased_expression) every
		group by stage`)
	if err != nil {
		return nil, fmt.Errorf("counting expressions: %w", err)
	}
	of := map[Stage]int{}
	for _, one := range found {
		of[one.Stage] = one.Count
	}
	var counts []StageCount
	for _, info := range stages {
		counts = append(counts, StageCount{Stage: info.Stage, Count: of[info.Stage]})
	}
	return counts, nil
}

// Waiting is how many cases wait for something, whatever their stage.
type Waiting struct {
	Returner    int        // was asked for more information
	OnHold      int        // until a day
	Copies      int        // of their data that returners asked for
	FirstCopy   string     // the reference of who has waited for one the longest; "" for nobody
	FirstCopyAt *time.Time // when they asked
}

// Waiting counts the cases that wait for something.
func (s *Store) Waiting(ctx context.Context) (Waiting, error) {
	waiting, err := postgres.One[Waiting](ctx, s.DB, `
		select count(*) filter (where turn = 'returner') as returner, count(*) filter (where turn = 'on-hold') as on_hold,
			count(copy_asked_at) as copies, min(copy_asked_at) as first_copy_at,
			coalesce((array_agg(reference order by copy_asked_at, id) filter (where copy_asked_at is not null))[1], '') as first_copy
		from expression where set_aside_at is null and (turn <> 'ours' or copy_asked_at is not null)`)
	if err != nil {
		return Waiting{}, fmt.Errorf("counting cases that wait: %w", err)
	}
	return waiting, nil
}

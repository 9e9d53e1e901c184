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

// CopiesAsked is how many returners asked for a copy of their data and wait for it.
type CopiesAsked struct {
	Count   int
	First   string     // the reference of who has waited the longest; "" for nobody
	FirstAt *time.Time // when they asked
}

// CopiesAsked counts the returners who wait for a copy of their data.
func (s *Store) CopiesAsked(ctx context.Context) (CopiesAsked, error) {
	const waits = ` from expression where copy_asked_at is not null and set_aside_at is null`
	asked, err := postgres.One[CopiesAsked](ctx, s.DB, `
		select (select count(*)`+waits+`) as count, (select min(copy_asked_at)`+waits+`) as first_at,
			coalesce((select reference`+waits+` order by copy_asked_at, id limit 1), '') as first`)
	if err != nil {
		return CopiesAsked{}, fmt.Errorf("counting who asked for a copy of their data: %w", err)
	}
	return asked, nil
}

package interest

import (
	"context"
	"fmt"

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
		from (select stage from expression union all select stage from erased_expression) every
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

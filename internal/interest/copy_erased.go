package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErasedTables are the tables that CopyErased writes to.
func ErasedTables() []string { return []string{"erased_expression", "erased_stage"} }

// CopyErased writes what counts keep of cases when they are erased, many at
// once, and nothing else of them. It needs the tables' owner.
func CopyErased(ctx context.Context, tx pgx.Tx, cases []Case) error {
	var traces, reached [][]any
	for _, c := range cases {
		id := [16]byte(uuid.NewSHA1(uuid.MustParse(c.ID), []byte("erased")))
		traces = append(traces, []any{id, c.Answers.Profession.Slug, string(c.Stage), monthOf(c.ReceivedAt), monthOf(c.StageSince)})
		for stage, month := range firstMonths(c) {
			reached = append(reached, []any{id, string(stage), month})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"erased_expression"}, []string{"id", "profession", "stage", "received_month", "stage_month"}, pgx.CopyFromRows(traces))
	if err == nil {
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"erased_stage"}, []string{"erased_id", "stage", "month"}, pgx.CopyFromRows(reached))
	}
	if err != nil {
		return fmt.Errorf("copying what is left of %d cases: %w", len(cases), err)
	}
	return nil
}

// firstMonths are the stages that a case came to, with the month in which it
// first did.
func firstMonths(c Case) map[Stage]time.Time {
	months := map[Stage]time.Time{}
	for _, e := range c.Events { // the newest first
		if e.Kind == EventMoved {
			months[e.To] = monthOf(e.At)
		}
	}
	months[Received] = monthOf(c.ReceivedAt)
	return months
}

// monthOf is the first day of the month that a time falls into.
func monthOf(at time.Time) time.Time {
	day := DayOf(at)
	day.Day = 1
	return day.Time()
}

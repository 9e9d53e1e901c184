package job

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/interest"
)

const (
	// dueBatches keeps one run of working out days short; the next one goes on.
	dueBatches = 20
	// dueWait is how long it waits for changes of cases that are under way.
	dueWait = time.Second
)

// dueWorker works out when cases are due, after something changed that this
// depends on.
type dueWorker struct {
	river.WorkerDefaults[interest.DueJob]
	deps Deps
}

// Work waits until nobody changes cases any more who may have read what was true
// before, and then works out the days, so many cases in each run.
func (w *dueWorker) Work(ctx context.Context, _ *river.Job[interest.DueJob]) error {
	return guard(func() error {
		river.ResumableStepCursor(ctx, "changes under way", nil, w.wait)
		river.ResumableStepCursor(ctx, "days", nil, w.setDays)
		return nil
	})
}

func (w *dueWorker) wait(ctx context.Context, waitedFor []string) error {
	changing, err := w.deps.Interest.Changing(ctx, waitedFor)
	if err != nil {
		return plain("looking who changes cases", err)
	}
	if len(changing) == 0 {
		return nil
	}
	if err := river.ResumableSetCursor(ctx, changing); err != nil {
		return plain("waiting for changes of cases", err)
	}
	return river.JobSnooze(dueWait)
}

func (w *dueWorker) setDays(ctx context.Context, place interest.DuePlace) error {
	for range dueBatches {
		next, changed, err := w.deps.Interest.SetDue(ctx, place)
		if err != nil {
			return plain("working out when cases are due", err)
		}
		w.deps.Log.LogAttrs(ctx, slog.LevelInfo, "due days", slog.Int("changed", changed))
		if next.ID == "" {
			return nil
		}
		if err := river.ResumableSetCursor(ctx, next); err != nil {
			return plain("keeping how far cases are worked through", err)
		}
		place = next
	}
	return river.JobSnooze(0)
}

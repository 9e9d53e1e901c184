package job

import (
	"context"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/bulk"
)

// casesAtOnce keeps one run of a change of many cases short; the next one goes on.
const casesAtOnce = 200

// bulkWorker makes changes of many cases. A run that is stopped half way is
// taken up by the next one.
type bulkWorker struct {
	river.WorkerDefaults[bulk.Job]
	deps Deps
}

// Work changes some cases, and asks to go on where there are more.
func (w *bulkWorker) Work(ctx context.Context, job *river.Job[bulk.Job]) error {
	return guard(func() error {
		for range casesAtOnce {
			more, err := w.deps.Bulk.Next(ctx, job.Args.BulkID)
			if err != nil {
				return plain("changing many cases", err)
			}
			if !more {
				return nil
			}
		}
		return river.JobSnooze(0)
	})
}

package job

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// chores are the jobs that are done every so often, with nothing to be said.
type chores struct {
	workers  *river.Workers
	periodic []*river.PeriodicJob
}

// every adds a chore, which is done when the portal starts and so often from then
// on: once, however many portals share the database.
func every[T river.JobArgs](c *chores, interval time.Duration, job T, do func(context.Context) error) error {
	c.periodic = append(c.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return job, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: interval}}
	}, &river.PeriodicJobOpts{RunOnStart: true}))
	return river.AddWorkerSafely(c.workers, &choreWorker[T]{do: do})
}

type choreWorker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	do func(context.Context) error
}

// Work does it.
func (w *choreWorker[T]) Work(ctx context.Context, _ *river.Job[T]) error {
	return guard(func() error { return w.do(ctx) })
}

package job

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// learnEvery is how long a new name waits at most until it is found by words
// that are typed slightly wrong.
const learnEvery = 10 * time.Minute

// Learn is the job that keeps the words of new names.
type Learn struct{}

// Kind is the job's name in River's tables.
func (Learn) Kind() string { return "learn" }

func newLearn() (river.JobArgs, *river.InsertOpts) {
	return Learn{}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: learnEvery}}
}

type learnWorker struct {
	river.WorkerDefaults[Learn]
	deps Deps
}

// Work keeps the words of the names that are new, and works out again when cases
// are due: a case that was changed just while a lead changed a time may have
// missed it.
func (w *learnWorker) Work(ctx context.Context, _ *river.Job[Learn]) error {
	return guard(func() error {
		words, err := w.deps.Interest.LearnNames(ctx)
		if err != nil {
			return plain("learning names", err)
		}
		days, err := w.deps.Interest.SetDue(ctx)
		if err != nil {
			return plain("working out when cases are due", err)
		}
		if words+days > 0 {
			w.deps.Log.InfoContext(ctx, "learnt", "name_words", words, "due_days", days)
		}
		return nil
	})
}

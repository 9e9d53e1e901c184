package job

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/intake"
)

// How long looking at a file, and importing it, may take: several times what the
// largest one takes on two busy cores. Then a portal that was killed over it is
// taken for dead, and another one begins again.
const (
	intakeCheckTime  = 10 * time.Minute
	intakeImportTime = 20 * time.Minute
)

// intakeWorker does one part of an import: it looks at every row of a file, or
// imports what is right.
type intakeWorker[T interface {
	river.JobArgs
	Intake() string
}] struct {
	river.WorkerDefaults[T]
	deps Deps
	time time.Duration // how long the file may take
	part func(ctx context.Context, id string) error
}

// Timeout is how long the file may take.
func (w *intakeWorker[T]) Timeout(*river.Job[T]) time.Duration { return w.time }

// Work does the part.
func (w *intakeWorker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	id := job.Args.Intake()
	return w.deps.takeIn(ctx, id, job.Attempt >= job.MaxAttempts, func() error { return w.part(ctx, id) })
}

// intakeBusy is how long a job leaves an import alone that another run makes.
const intakeBusy = 10 * time.Second

// takeIn does a part of an import, and waits while another run does. After the
// last attempt the import is given up, so that its page says so.
func (d Deps) takeIn(ctx context.Context, id string, last bool, work func() error) error {
	err := guard(work)
	if err == nil {
		return nil
	}
	doing := "importing a file"
	if last && !errors.Is(err, intake.ErrBusy) {
		const words = "Something went wrong on our side, and nothing was imported. Choose the columns again to try once more."
		if failed := d.Intake.GiveUp(context.WithoutCancel(ctx), id, words); failed != nil {
			doing, err = "giving up an import", failed
		}
	}
	if errors.Is(err, intake.ErrBusy) {
		return river.JobSnooze(intakeBusy)
	}
	return plain(doing, err)
}

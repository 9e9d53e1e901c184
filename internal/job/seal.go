package job

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/audit"
)

// sealEvery is how long a row of the audit waits for its seal at most, unless
// an older transaction is still under way.
const sealEvery = 10 * time.Second

// Seal is the job that seals the rows of the audit.
type Seal struct{}

// Kind is the job's name in River's tables.
func (Seal) Kind() string { return "seal" }

type sealWorker struct {
	river.WorkerDefaults[Seal]
	deps Deps
}

// Work seals what can be sealed, seal after seal. Each seal's hash is logged:
// where logs are kept elsewhere, they tell whether the chain was made anew.
func (w *sealWorker) Work(ctx context.Context, _ *river.Job[Seal]) error {
	return guard(func() error {
		for {
			sealed, err := audit.Seal(ctx, w.deps.Mails.DB)
			if err != nil {
				return plain("sealing the audit", err)
			}
			if sealed.Rows == 0 {
				return nil
			}
			w.deps.Log.LogAttrs(ctx, slog.LevelInfo, "audit sealed", slog.Int("rows", sealed.Rows), slog.String("head", sealed.Head().String()))
		}
	})
}

package job

import (
	"context"
	"log/slog"
	"time"

	"ahpfaculty/internal/audit"
)

// sealEvery is how long a row of the audit waits for its seal at most, unless
// an older transaction is still under way.
const sealEvery = 10 * time.Second

// Seal is the job that seals the rows of the audit.
type Seal struct{}

// Kind is the job's name in River's tables.
func (Seal) Kind() string { return "seal" }

// seal seals what can be sealed, seal after seal. Each seal's hash is logged:
// where logs are kept elsewhere, they tell whether the chain was made anew.
func (d Deps) seal(ctx context.Context) error {
	for {
		sealed, err := audit.Seal(ctx, d.Mails.DB)
		if err != nil {
			return plain("sealing the audit", err)
		}
		if sealed.Rows == 0 {
			return nil
		}
		d.Log.LogAttrs(ctx, slog.LevelInfo, "audit sealed", slog.Int("rows", sealed.Rows), slog.String("head", sealed.Head().String()))
	}
}

package job

import (
	"context"
	"time"
)

// reportEvery is how often it is looked whether the figures are stale.
const reportEvery = time.Minute

// Report is the job that makes the figures of the staff area's first page again
// where counting them takes long, so that no page waits for it.
type Report struct{}

// Kind is the job's name in River's tables.
func (Report) Kind() string { return "report" }

// report makes the figures again, where they are stale.
func (d Deps) report(ctx context.Context) error {
	if _, err := d.Reports.Refresh(ctx); err != nil {
		return plain("making the figures", err)
	}
	return nil
}

package job

import (
	"time"

	"github.com/riverqueue/river/rivertype"
)

// waits are how long a job rests after each failure: soon at first, and over
// two days in all, so that a server that is down for a weekend night is waited
// for.
var waits = []time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 8 * time.Hour, 8 * time.Hour, 8 * time.Hour, 10 * time.Hour,
}

// retryPolicy says when a failed job is tried again.
type retryPolicy struct {
	now func() time.Time
}

// NextRetry is after the wait for the number of failures so far; Errors does
// not yet hold the one that just happened.
func (p retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return p.now().Add(waits[min(len(job.Errors), len(waits)-1)])
}

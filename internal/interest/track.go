package interest

import (
	"fmt"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
)

// TrackLife is how long a link by which a returner sees their case may be used.
// Every mail about the case brings a new one.
const TrackLife = 180 * 24 * time.Hour

// ConfirmLife is how long a new email address may be confirmed.
const ConfirmLife = 7 * 24 * time.Hour

// copyMonths is how long the law gives to answer who asks for a copy of their
// data: one month. UK GDPR, article 12(3).
const copyMonths = 1

// errTrackGone is a link that opens nothing, or nothing any more.
var errTrackGone = fmt.Errorf("a tracking link that has expired, was replaced or never was: %w", fault.Gone)

// errNoNewEmail is a confirmation of an address that nobody wants any more.
var errNoNewEmail = fmt.Errorf("no new address waits to be confirmed: %w", fault.Conflict)

// CopyDue is the last day to answer who asked for a copy of their data at a time.
func CopyDue(asked time.Time) updating.Date { return DayOf(asked).AddMonths(copyMonths) }

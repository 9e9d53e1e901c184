// Package suspect tells what programs send through a public form from what
// people send, and slows down whoever sends too much.
package suspect

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
)

// Suspicion is why what was sent looks like the work of a program; "" where it
// does not.
type Suspicion string

// The suspicions.
const (
	Trap  Suspicion = "trap"  // a field was filled in that people do not see
	Fast  Suspicion = "fast"  // the form was filled in faster than people type
	Often Suspicion = "often" // many came from the same place or person
)

// Name says the suspicion in a sentence; "" for none.
func (s Suspicion) Name() string {
	switch s {
	case Trap:
		return "A field was filled in that people do not see"
	case Fast:
		return "It was sent within 3 seconds"
	case Often:
		return "Many came from the same place or address in a short time"
	}
	return ""
}

// fastest is the least time in which a person fills in a form.
const fastest = 3 * time.Second

// What comes over the first two limits is suspected; over the third it is not
// taken any more for a while.
var (
	// addressLimit is for one network, which may be a whole hospital's.
	addressLimit = attempt.Limit{Free: 10, First: time.Minute, Longest: 15 * time.Minute}
	// emailLimit keeps somebody else's address from being sent mail after mail.
	emailLimit = attempt.Limit{Free: 3, First: 10 * time.Minute, Longest: time.Hour}
	// floodLimit is for what is suspected from one network.
	floodLimit = attempt.Limit{Free: 50, First: 10 * time.Second, Longest: 5 * time.Minute}
)

// Sending is what is known of how a form was sent.
type Sending struct {
	Form    string        // what is counted together: "enquiry"
	Trapped bool          // the field was filled in that people do not see
	Took    time.Duration // from when the form was shown
	From    netip.Addr
	Email   string // the sender's, who is written to; "" for none
}

// Weigh counts a sending against the limits, and says whether it is suspected.
// An error of kind Limited says how long to wait.
func (s Sending) Weigh(ctx context.Context, attempts attempt.Store) (Suspicion, error) {
	network := attempt.Network(s.From)
	suspicion := s.itself()
	if suspicion == "" {
		counters := []attempt.Counter{attempt.NewCounter(addressLimit, s.Form+"-address", network)}
		if s.Email != "" {
			counters = append(counters, attempt.NewCounter(emailLimit, s.Form+"-email", strings.ToLower(s.Email)))
		}
		err := attempts.Reserve(ctx, counters...)
		if err == nil || !errors.Is(err, fault.Limited) {
			return "", err
		}
		suspicion = Often
	}
	return suspicion, attempts.Reserve(ctx, attempt.NewCounter(floodLimit, s.Form+"-flood", network))
}

// itself is what the form itself gives away.
func (s Sending) itself() Suspicion {
	switch {
	case s.Trapped:
		return Trap
	case s.Took < fastest:
		return Fast
	}
	return ""
}

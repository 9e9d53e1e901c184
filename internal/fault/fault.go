//lint:file-ignore ST1012 fault.NotFound says what it is; fault.ErrNotFound would say it twice.

// Package fault names the kinds of failure that pages tell apart.
//
// A domain function wraps one of them with %w and says what was being done;
// internal/page turns the kind into a status and a page that says what to do.
package fault

import (
	"errors"
	"time"
)

// The kinds of failure, each with the HTTP status that internal/page gives it.
var (
	// Invalid is input that no page of ours sends: 400.
	Invalid = errors.New("invalid request")
	// Forbidden is something this person may not do: 403.
	Forbidden = errors.New("forbidden")
	// NotFound is something that is not there, or not for this person: 404.
	NotFound = errors.New("not found")
	// Conflict is a change made against an older state of the thing: 409.
	Conflict = errors.New("conflict")
	// Gone is something that was there and has ended, such as a used link: 410.
	Gone = errors.New("gone")
	// TooLarge is a body over the route's limit: 413.
	TooLarge = errors.New("too large")
	// Limited is a person or address that tried too often: 429.
	Limited = errors.New("tried too often")
	// Unavailable is a part of ours that does not answer just now: 503.
	Unavailable = errors.New("unavailable")
)

// WaitError is a Limited or Unavailable fault that knows when to try again.
type WaitError struct {
	Kind  error         // Limited or Unavailable
	After time.Duration // how long to wait, at least
}

// Error says what kind of fault it is, and how long it lasts.
func (e *WaitError) Error() string {
	return e.Kind.Error() + ": wait " + e.After.Round(time.Second).String()
}

// Unwrap lets errors.Is find the kind.
func (e *WaitError) Unwrap() error { return e.Kind }

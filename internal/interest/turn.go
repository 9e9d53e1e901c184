package interest

import (
	"fmt"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// holdYears is how far ahead a case may be put on hold.
const holdYears = 2

// errTurn is a change of turn that no page offers for a case.
var errTurn = fmt.Errorf("this change of turn is not allowed: %w", fault.Invalid)

// Hold is a wish to let a case wait until a day.
type Hold struct {
	Reference string
	Version   int    // of the case that they saw; a returner needs none
	Reason    string // a slug of HoldReasons; a returner's own is always that they asked
	Until     DayInput
	Note      string // may be ""; a returner's is told to staff
	Nonce     string // the form's key: the same form holds once
}

// ReturnerAsked is the reason for a hold that the returner wanted.
const ReturnerAsked = "returner-asked"

// Clean gives the hold as it is stored.
func (h Hold) Clean() Hold {
	h.Note = validate.Text(h.Note)
	h.Until = h.Until.clean()
	return h
}

// Validate says what is wrong, by the form's field names: reason, day, month,
// year, note.
func (h Hold) Validate(today updating.Date) validate.Errors {
	h = h.Clean()
	var errs validate.Errors
	if !has(holdReasons, h.Reason) {
		errs.Add("reason", "Select why the case waits")
	}
	if h.Reason == OtherReason {
		errs.Need("note", h.Note, "Enter the reason in the note")
	}
	h.Until.checkAhead(&errs, "the date to go on", today, holdYears)
	errs.Max("note", h.Note, maxNote, "The note must be 4,000 characters or less")
	return errs
}

// Turning is a change of a case that needs no words.
type Turning struct {
	Reference string
	Version   int    // of the case that they saw; a returner needs none
	Nonce     string // the form's key: the same form turns once
}

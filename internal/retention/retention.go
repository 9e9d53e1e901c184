// Package retention is how long each kind of thing is kept, which of that the
// faculty may choose, and how much was deleted when. What deletes is in
// internal/purge.
package retention

import (
	"fmt"
	"strconv"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/validate"
)

// Kind is a kind of thing that is kept for a while.
type Kind string

// The kinds of thing.
const (
	Draft              Kind = "draft"
	EndedExpression    Kind = "ended-expression"
	AnsweredEnquiry    Kind = "answered-enquiry"
	SetAsideEnquiry    Kind = "set-aside-enquiry"
	StaffSearch        Kind = "staff-search"
	Session            Kind = "session"
	StaffLink          Kind = "staff-link"
	StaffDevice        Kind = "staff-device"
	Attempt            Kind = "attempt"
	ErasedReference    Kind = "erased-reference"
	Run                Kind = "retention-run"
	ClosedOffer        Kind = "closed-offer"
	Offer              Kind = "offer"
	SetAsideOffer      Kind = "set-aside-offer"
	SetAsideExpression Kind = "set-aside-expression"
	TrackLink          Kind = "track-link"
	AuditRow           Kind = "audit-row"
	ExportFile         Kind = "export-file"
	Export             Kind = "export"
	BulkChange         Kind = "bulk-change"
	Intake             Kind = "intake"
	Import             Kind = "import"
)

// words are what a kind is, and from when its time counts.
type words struct{ name, since string }

var kinds = map[Kind]words{
	Draft:              {"Forms that nobody has sent", "the last change"},
	EndedExpression:    {"Expressions of interest that have ended", "the day the case ended"},
	AnsweredEnquiry:    {"Enquiries that were answered", "the answer"},
	SetAsideEnquiry:    {"Enquiries that were set aside", "being set aside"},
	StaffSearch:        {"What staff searched for", "the search"},
	Session:            {"Sessions", "their end"},
	StaffLink:          {"One-time links", "the day they stopped working"},
	StaffDevice:        {"Devices on which staff signed in", "the last sign-in on them"},
	Attempt:            {"Counts of attempts", "the last attempt"},
	ErasedReference:    {"References of erased cases, as hashes", "the erasure"},
	Run:                {"The record of what was deleted", "the run"},
	ClosedOffer:        {"Offers of supervised practice that were closed", "being closed"},
	Offer:              {"Offers of supervised practice", "being made"},
	SetAsideOffer:      {"Offers that were set aside", "being set aside"},
	SetAsideExpression: {"Expressions of interest that were set aside", "being set aside"},
	TrackLink:          {"Links to follow a case", "the day they stopped working"},
	AuditRow:           {"Rows of the audit", "the row was sealed"},
	ExportFile:         {"Files of exports that nobody fetched", "being written"},
	Export:             {"The record of exports", "the export"},
	BulkChange:         {"Changes of many cases at once", "being made"},
	Intake:             {"Spreadsheets that were uploaded, and what was wrong in them", "being uploaded or imported"},
	Import:             {"The record of imports", "the import"},
}

// Known reports whether k is one of the kinds.
func (k Kind) Known() bool { return kinds[k].name != "" }

// Name is what is kept, as staff read it.
func (k Kind) Name() string { return kinds[k].name }

// Since is from when its time counts, as it follows "after".
func (k Kind) Since() string { return kinds[k].since }

// Unit is what a period counts.
type Unit string

// The units of periods.
const (
	Day   Unit = "day"
	Month Unit = "month"
)

// Rule is how long a kind of thing is kept.
type Rule struct {
	Kind      Kind
	Unit      Unit
	Period    int // in units
	Least     int // that may be chosen
	Most      int
	ChangedAt *time.Time // nil where it is as the portal brought it
	ChangedBy string     // a staff account's id; "" where nobody changed it
}

// Choice reports whether the faculty may choose the period.
func (r Rule) Choice() bool { return r.Least < r.Most }

// Words is the period in words: 28 days.
func (r Rule) Words() string { return r.In(r.Period) }

// In is a number of the rule's units in words.
func (r Rule) In(n int) string {
	if n == 1 {
		return "1 " + string(r.Unit)
	}
	return strconv.Itoa(n) + " " + string(r.Unit) + "s"
}

// Before is the time before which a thing had its time, at a time.
func (r Rule) Before(now time.Time) time.Time {
	if r.Unit == Month {
		return now.AddDate(0, -r.Period, 0)
	}
	return now.AddDate(0, 0, -r.Period)
}

// Rules are the rules of every kind, in the order in which staff read them.
type Rules []Rule

// Of gives the rule of a kind; false when there is none.
func (rules Rules) Of(k Kind) (Rule, bool) {
	for _, r := range rules {
		if r.Kind == k {
			return r, true
		}
	}
	return Rule{}, false
}

// Change is another period that somebody chooses.
type Change struct {
	Kind   Kind
	Period string // as it was typed
	Seen   int    // the period that they saw
}

// Number is the period as a number; 0 where it is none.
func (c Change) Number() int {
	n, _ := strconv.Atoi(validate.Line(c.Period))
	return n
}

// Validate says what is wrong, by the form's field name: period.
func (c Change) Validate(r Rule) validate.Errors {
	var errs validate.Errors
	errs.Need("period", validate.Line(c.Period), "Enter how many "+string(r.Unit)+"s")
	if n := c.Number(); n < r.Least || n > r.Most {
		errs.Add("period", fmt.Sprintf("Enter a whole number from %d to %d", r.Least, r.Most))
	}
	return errs
}

// ErrChanged is a period that somebody else changed since it was seen.
var ErrChanged = fmt.Errorf("the period changed since it was opened: %w", fault.Conflict)

// By is the member of staff on whose behalf a period is changed.
type By struct {
	StaffID   string
	RequestID string
}

package interest

import "slices"

// Stage is how far a case is.
type Stage string

// The stages of a case.
const (
	Received          Stage = "received"
	InReview          Stage = "in-review"
	Contacted         Stage = "contacted"
	FindingPlacement  Stage = "finding-placement"
	Updating          Stage = "updating"
	AppliedToRegister Stage = "applied-to-regulator"
	Returned          Stage = "returned"
	Declined          Stage = "declined"
	Withdrawn         Stage = "withdrawn"
	Closed            Stage = "closed"
)

// StageInfo is a stage as people read it.
type StageInfo struct {
	Stage   Stage
	Name    string
	Ends    bool     // nothing more is expected to happen
	Reasons []Option // one must be given on the way in; none for most stages
}

// OtherReason is the reason, for declining and for a hold, that a note must give.
const OtherReason = "other"

var stages = []StageInfo{
	{Stage: Received, Name: "Received"},
	{Stage: InReview, Name: "In review"},
	{Stage: Contacted, Name: "Contacted"},
	{Stage: FindingPlacement, Name: "Finding a placement"},
	{Stage: Updating, Name: "Updating"},
	{Stage: AppliedToRegister, Name: "Applied to the regulator"},
	{Stage: Returned, Name: "Returned", Ends: true},
	{Stage: Declined, Name: "Declined", Ends: true, Reasons: []Option{
		{Slug: "outside-area", Label: "Outside the faculty’s area"},
		{Slug: "another-route", Label: "Another route is right for them"},
		{Slug: "no-capacity", Label: "No placement can be offered"},
		{Slug: "duplicate", Label: "The same person sent another form"},
		{Slug: "not-genuine", Label: "Not a genuine expression of interest"},
		{Slug: OtherReason, Label: "Another reason, given in a note"},
	}},
	{Stage: Withdrawn, Name: "Withdrawn", Ends: true, Reasons: []Option{
		{Slug: "changed-mind", Label: "They no longer want to return"},
		{Slug: "found-elsewhere", Label: "They found a placement elsewhere"},
		{Slug: "personal", Label: "Personal circumstances"},
		{Slug: "cost", Label: "The cost is too high"},
		{Slug: "not-said", Label: "They did not say why"},
	}},
	{Stage: Closed, Name: "Closed", Ends: true, Reasons: []Option{
		{Slug: "no-answer", Label: "No answer from the returner"},
		{Slug: "cannot-be-reached", Label: "The contact details do not work"},
	}},
}

// Stages gives every stage, in the order of the way through them.
func Stages() []StageInfo { return slices.Clone(stages) }

// Info gives a stage as people read it; the zero StageInfo for an unknown one.
func (s Stage) Info() StageInfo {
	for _, info := range stages {
		if info.Stage == s {
			return info
		}
	}
	return StageInfo{}
}

// Known reports whether s is one of the stages.
func (s Stage) Known() bool { return s.Info().Stage != "" }

// Name is the stage as people read it: "In review".
func (s Stage) Name() string { return s.Info().Name }

// moves is the table of allowed moves. The database holds the same table and
// refuses every other move; a test compares the two.
var moves = map[Stage][]Stage{
	Received:          {InReview, Contacted, Declined, Withdrawn, Closed},
	InReview:          {Contacted, Declined, Withdrawn, Closed},
	Contacted:         {FindingPlacement, InReview, Declined, Withdrawn, Closed},
	FindingPlacement:  {Updating, Contacted, Declined, Withdrawn, Closed},
	Updating:          {AppliedToRegister, FindingPlacement, Withdrawn, Closed},
	AppliedToRegister: {Returned, Updating, Withdrawn, Closed},
	// A mistake, or somebody who comes back, opens a case again.
	Returned:  {AppliedToRegister},
	Declined:  {InReview},
	Withdrawn: {InReview},
	Closed:    {InReview},
}

// Moves gives the stages that a case may be moved to, the usual one first.
func Moves(from Stage) []Stage { return slices.Clone(moves[from]) }

// MayMove reports whether the table allows a move.
func MayMove(from, to Stage) bool { return slices.Contains(moves[from], to) }

// Turn is whose move it is next, beside the stage of a case.
type Turn string

// The turns of a case.
const (
	Ours      Turn = "ours"
	Returners Turn = "returner" // they were asked for something
	OnHold    Turn = "on-hold"  // until a date, for a reason
)

var holdReasons = []Option{
	{Slug: "returner-asked", Label: "The returner asked to wait"},
	{Slug: "waiting-for-placement", Label: "Waiting for a placement to come free"},
	{Slug: "waiting-for-regulator", Label: "Waiting for the regulator"},
	{Slug: OtherReason, Label: "Another reason, given in a note"},
}

// HoldReasons are why a case can be on hold.
func HoldReasons() []Option { return slices.Clone(holdReasons) }

// Name is the turn as people read it.
func (t Turn) Name() string {
	switch t {
	case Ours:
		return "Ours"
	case Returners:
		return "The returner’s"
	case OnHold:
		return "On hold"
	}
	return ""
}

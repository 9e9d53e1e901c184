package interest

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// Case is an expression with its timeline, the mails to the returner and what
// they were asked, the newest first.
type Case struct {
	Expression
	Events   []Event
	Mails    []mail.Row
	Requests []Request // for more information
	Exports  []Event   // files that hold it, the newest first; they change nothing about it
}

// Timeline is all that happened: events and exports, the newest first.
func (c Case) Timeline() []Event {
	all := append(slices.Clone(c.Events), c.Exports...)
	slices.SortStableFunc(all, func(a, b Event) int { return b.At.Compare(a.At) })
	return all
}

// Open is the request for more information that waits for an answer; false
// where none does.
func (c Case) Open() (Request, bool) {
	for _, r := range c.Requests {
		if r.Open() {
			return r, true
		}
	}
	return Request{}, false
}

// Notes gives the events that carry a note, the newest first.
func (c Case) Notes() []Event {
	var notes []Event
	for _, e := range c.Events {
		if e.Note != "" {
			notes = append(notes, e)
		}
	}
	return notes
}

// EventKind is what happened.
type EventKind string

// The kinds of event.
const (
	EventReceived    EventKind = "received"
	EventMoved       EventKind = "moved"
	EventNoted       EventKind = "noted"
	EventBounced     EventKind = "bounced"     // an email to the returner came back
	EventReachable   EventKind = "reachable"   // their address works again
	EventReaddressed EventKind = "readdressed" // their address was corrected
	EventAsked       EventKind = "asked"       // the returner was asked for more information
	EventAnswered    EventKind = "answered"    // and answered
	EventTakenBack   EventKind = "taken-back"  // and need not answer any more
	EventCorrected   EventKind = "corrected"   // an answer of the form was corrected
	EventHeld        EventKind = "held"        // the case waits until a day
	EventResumed     EventKind = "resumed"     // it goes on
	EventCopyAsked   EventKind = "copy-asked"  // the returner asked for a copy of their data
	EventCopyGiven   EventKind = "copy-given"  // and has it
	EventRescued     EventKind = "rescued"     // what looked like the work of a program is a person's
	EventAssigned    EventKind = "assigned"    // somebody has the case now, or nobody
	EventExported    EventKind = "exported"    // it is in a file that left the portal; Reason is the format. No row of the timeline, but of the exports
	EventTold        EventKind = "told"        // the returner got a message
	EventImported    EventKind = "imported"    // it came from a spreadsheet; what stands above it in the timeline happened before
)

// Event is one line of a case's timeline.
type Event struct {
	ID        int64
	At        time.Time
	Kind      EventKind
	ActorKind string // audit.Staff, audit.Returner or audit.System
	ActorID   string // a staff account's id; "" for the others
	From      Stage  // of a move; "" for the others
	To        Stage
	Reason    string        // a slug of the reasons of To, of HoldReasons, of Templates, or ""
	Step      string        // the question whose answer was corrected, or ""
	Until     updating.Date `db:"-"` // of a hold, or the day by which an answer is asked for
	Note      string        // "" where there is none
	Old       string        // what an answer was before it was corrected, or ""
	New       string        // what it was corrected to, or ""

	FromAssignee string // who had the case before it was assigned, an account's id; "" for nobody
	ToAssignee   string // and who has it since

	Words Words `db:"-"` // of the mail about it, where staff changed them; else the zero Words
}

// Occasion is the event as the outbox knows it, for the mail that tells of it.
func (e Event) Occasion() string { return occasion(e.ID) }

func occasion(eventID int64) string { return strconv.FormatInt(eventID, 10) }

// By is on whose behalf a case changes: a member of staff, the returner whose
// case it is, or, with neither, the portal itself.
type By struct {
	StaffID   string // "" for the others
	Returner  bool
	RequestID string
}

// kind is what the timeline and the audit call whoever it is.
func (b By) kind() string {
	switch {
	case b.Returner:
		return audit.Returner
	case b.StaffID == "":
		return audit.System
	}
	return audit.Staff
}

func (b By) entry(action, expressionID, outcome string) audit.Entry {
	return audit.Entry{
		ActorKind: b.kind(), ActorID: b.StaffID, Action: action,
		SubjectKind: "expression", SubjectID: expressionID, Outcome: outcome, RequestID: b.RequestID,
	}
}

// What goes wrong with changes of a case.
var (
	// ErrCaseChanged is a change made against an older version of a case.
	ErrCaseChanged = fmt.Errorf("the case changed since it was opened: %w", fault.Conflict)
	// ErrMove is a move that is not in the table, which no page offers.
	ErrMove = fmt.Errorf("this move is not allowed: %w", fault.Invalid)
)

// maxNote is the most characters of a note.
const maxNote = 4000

// Move is a change of stage that somebody asks for.
type Move struct {
	Reference string
	Version   int // of the case that they saw
	To        Stage
	Reason    string // a slug of the reasons of To; "" where it has none
	Note      string // may be ""
	Tell      bool   // the returner by mail, where the stage has a message
	Words     *Words // of that mail; nil for the standard ones
	Nonce     string // the form's key: the same form moves once
}

// Clean gives the move as it is stored.
func (m Move) Clean() Move {
	m.Note = validate.Text(m.Note)
	if len(m.To.Info().Reasons) == 0 {
		m.Reason = ""
	}
	m.Words = m.ownWords()
	return m
}

// words are those of the mail where they are not the standard ones.
func (m Move) words() Words {
	if m.Words == nil {
		return Words{}
	}
	return *m.Words
}

// ownWords are the words of the mail where there is one and they are not the
// standard ones; else nil.
func (m Move) ownWords() *Words {
	message, has := MessageOf(m.To, m.Reason)
	if !has || !m.Tell || m.Words == nil {
		return nil
	}
	if own := m.Words.Clean(); own != message.Words() {
		return &own
	}
	return nil
}

// Validate says what is wrong, by the form's field names: to, reason, note, says, next.
// From is the stage that the case is in.
func (m Move) Validate(from Stage) validate.Errors {
	m = m.Clean()
	var errs validate.Errors
	if !MayMove(from, m.To) {
		errs.Add("to", "Select the next stage")
		return errs
	}
	if reasons := m.To.Info().Reasons; len(reasons) > 0 && !has(reasons, m.Reason) {
		errs.Add("reason", "Select a reason")
	}
	if m.Reason == OtherReason {
		errs.Need("note", m.Note, "Enter the reason in the note")
	}
	errs.Max("note", m.Note, maxNote, "The note must be 4,000 characters or less")
	if m.Words != nil {
		m.Words.check(&errs)
	}
	return errs
}

// Note is something that staff want to remember about a case.
type Note struct {
	Reference string
	Text      string
	Nonce     string // the form's key: the same form notes once
}

// Clean gives the note as it is stored.
func (n Note) Clean() Note {
	n.Text = validate.Text(n.Text)
	return n
}

// Validate says what is wrong, by the form's field name: note.
func (n Note) Validate() validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	errs.Need("note", n.Text, "Enter a note")
	errs.Max("note", n.Text, maxNote, "The note must be 4,000 characters or less")
	return errs
}

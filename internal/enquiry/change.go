package enquiry

import (
	"fmt"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/validate"
)

// How is the way in which an enquiry was answered.
type How string

// The ways in which an enquiry is answered.
const (
	AnsweredByEmail    How = "email"
	AnsweredByPhone    How = "phone"
	AnsweredByPost     How = "post"
	AnsweredInPerson   How = "in-person"
	AnsweredWithoutAny How = "not-needed"
)

// Hows lists the ways in the order in which the form shows them.
func Hows() []How {
	return []How{AnsweredByEmail, AnsweredByPhone, AnsweredByPost, AnsweredInPerson, AnsweredWithoutAny}
}

// Name is the way in words; "" for one that there is not.
func (h How) Name() string {
	switch h {
	case AnsweredByEmail:
		return "By email"
	case AnsweredByPhone:
		return "By phone"
	case AnsweredByPost:
		return "By post"
	case AnsweredInPerson:
		return "In person"
	case AnsweredWithoutAny:
		return "No answer was needed"
	}
	return ""
}

// EventKind is what happened.
type EventKind string

// The kinds of event.
const (
	EventReceived EventKind = "received"
	EventNoted    EventKind = "noted"
	EventAnswered EventKind = "answered"
	EventReopened EventKind = "reopened"
	EventSetAside EventKind = "set-aside"
	EventRescued  EventKind = "rescued"
)

// Name is the event in words.
func (k EventKind) Name() string {
	switch k {
	case EventReceived:
		return "Received"
	case EventAnswered:
		return "Marked as answered"
	case EventReopened:
		return "Opened again"
	case EventSetAside:
		return "Set aside"
	case EventRescued:
		return "Moved to the open enquiries"
	default:
		return "Note"
	}
}

// moves are the changes of state that there are, with the events they make.
var moves = map[[2]State]EventKind{
	{Open, Answered}: EventAnswered,
	{Open, SetAside}: EventSetAside,
	{Answered, Open}: EventReopened,
	{SetAside, Open}: EventRescued,
}

// Event is one line of an enquiry's timeline.
type Event struct {
	ID        int64
	At        time.Time
	Kind      EventKind
	ActorKind string // audit.Staff or audit.Nobody: whoever sent it
	ActorID   string // a staff account's id; "" for the sender
	How       How    // of EventAnswered
	Note      string
}

// Case is an enquiry with its timeline, the newest event first.
type Case struct {
	Enquiry
	Events []Event
}

// By is the member of staff on whose behalf something is done.
type By struct {
	StaffID   string
	RequestID string
}

func (b By) entry(action, id string) audit.Entry {
	return audit.Entry{
		ActorKind: audit.Staff, ActorID: b.StaffID, Action: action, SubjectKind: "enquiry", SubjectID: id,
		Outcome: audit.Done, RequestID: b.RequestID,
	}
}

// What goes wrong with changes of an enquiry.
var (
	// ErrChanged is a change made against an older version.
	ErrChanged = fmt.Errorf("the enquiry changed since it was opened: %w", fault.Conflict)
	// ErrMove is a change that no page offers.
	ErrMove = fmt.Errorf("this change is not allowed: %w", fault.Invalid)
)

// maxNote is the most characters of a note.
const maxNote = 4000

// Change is a change of state that somebody asks for.
type Change struct {
	Reference string
	Version   int // of the enquiry that they saw
	To        State
	How       How    // of an answer
	Note      string // may be ""
	Nonce     string // the form's key: the same form changes once
}

// Clean gives the change as it is stored.
func (c Change) Clean() Change {
	c.Note = validate.Text(c.Note)
	if c.To != Answered {
		c.How = ""
	}
	return c
}

// Validate says what is wrong, by the form's field names: how, note.
func (c Change) Validate() validate.Errors {
	c = c.Clean()
	var errs validate.Errors
	if c.To == Answered && c.How.Name() == "" {
		errs.Add("how", "Select how it was answered")
	}
	errs.Max("note", c.Note, maxNote, "The note must be 4,000 characters or less")
	return errs
}

// Note is something that staff want to remember about an enquiry.
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

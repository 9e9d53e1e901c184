package offer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/validate"
)

// EventKind is what happened.
type EventKind string

// The kinds of event.
const (
	EventReceived EventKind = "received"
	EventNoted    EventKind = "noted"
	EventMatched  EventKind = "matched"
	EventClosed   EventKind = "closed"
	EventReopened EventKind = "reopened"
	EventSetAside EventKind = "set-aside"
	EventRescued  EventKind = "rescued"
)

// Name is the event in words.
func (k EventKind) Name() string {
	switch k {
	case EventReceived:
		return "Received"
	case EventMatched:
		return "Marked as matched"
	case EventClosed:
		return "Closed"
	case EventReopened:
		return "Opened again"
	case EventSetAside:
		return "Set aside"
	case EventRescued:
		return "Moved to the open offers"
	default:
		return "Note"
	}
}

// moves are the changes of state that there are, with the events they make.
var moves = map[[2]State]EventKind{
	{Open, Matched}:   EventMatched,
	{Open, Closed}:    EventClosed,
	{Open, SetAside}:  EventSetAside,
	{Matched, Open}:   EventReopened,
	{Matched, Closed}: EventClosed,
	{Closed, Open}:    EventReopened,
	{SetAside, Open}:  EventRescued,
}

// Moves are the states that may follow one, in the order in which pages show
// them.
func Moves(from State) []State {
	return slices.DeleteFunc(States(), func(to State) bool { return moves[[2]State{from, to}] == "" })
}

// actions are what the audit calls the events that staff cause.
var actions = map[EventKind]string{
	EventNoted: "offer.note", EventMatched: "offer.match", EventClosed: "offer.close", EventReopened: "offer.reopen",
	EventSetAside: "offer.set-aside", EventRescued: "offer.rescue",
}

// Event is one line of an offer's timeline.
type Event struct {
	ID        int64
	At        time.Time
	Kind      EventKind
	ActorKind string // audit.Staff or audit.Nobody: whoever sent it
	ActorID   string // a staff account's id; "" for the sender
	Note      string
}

// Case is an offer with its timeline, the newest event first.
type Case struct {
	Offer
	Events []Event
}

// By is the member of staff on whose behalf something is done.
type By struct {
	StaffID   string
	RequestID string
}

func (b By) entry(action, id string) audit.Entry {
	return audit.Entry{
		ActorKind: audit.Staff, ActorID: b.StaffID, Action: action, SubjectKind: "offer", SubjectID: id,
		Outcome: audit.Done, RequestID: b.RequestID,
	}
}

// What goes wrong with changes of an offer.
var (
	// ErrChanged is a change made against an older version.
	ErrChanged = fmt.Errorf("the offer changed since it was opened: %w", fault.Conflict)
	// ErrMove is a change that no page offers.
	ErrMove = fmt.Errorf("this change is not allowed: %w", fault.Invalid)
)

// maxNote is the most characters of a note.
const maxNote = 4000

// Change is a change of state that somebody asks for.
type Change struct {
	Reference string
	Version   int // of the offer that they saw
	To        State
	Note      string // may be ""
	Nonce     string // the form's key: the same form changes once
}

// Validate says what is wrong, by the form's field names: to, note.
func (c Change) Validate() validate.Errors {
	var errs validate.Errors
	if !c.To.Known() {
		errs.Add("to", "Select what to do with the offer")
	}
	errs.Max("note", validate.Text(c.Note), maxNote, "The note must be 4,000 characters or less")
	return errs
}

// Note is something that staff want to remember about an offer.
type Note struct {
	Reference string
	Text      string
	Nonce     string // the form's key: the same form notes once
}

// Validate says what is wrong, by the form's field name: note.
func (n Note) Validate() validate.Errors {
	text := validate.Text(n.Text)
	var errs validate.Errors
	errs.Need("note", text, "Enter a note")
	errs.Max("note", text, maxNote, "The note must be 4,000 characters or less")
	return errs
}

// Change changes an offer's state. One that changed since gives ErrChanged, a
// change that there is not ErrMove, and the same form again changes nothing.
// Whoever sent one that is rescued gets the mail that they are owed.
func (s *Store) Change(ctx context.Context, by By, c Change) error {
	c.Note = validate.Text(c.Note)
	key := once.Key(c.Nonce, c.Reference, string(c.To), c.Note)
	err := s.change(ctx, by, c.Reference, key, func(tx pgx.Tx, at time.Time, o Offer) (event, error) {
		if o.Version != c.Version {
			return event{}, ErrChanged
		}
		kind, allowed := moves[[2]State{o.State, c.To}]
		if !allowed || c.Validate().Any() {
			return event{}, ErrMove
		}
		_, err := tx.Exec(ctx, `update offer set state = $2, state_since = $3, version = version + 1 where id = $1`, o.ID, c.To, at)
		if err == nil && kind == EventRescued {
			err = s.Outbox.Enqueue(ctx, tx, mail.OfferReceived, o.ID)
		}
		return event{kind: kind, note: c.Note}, err
	})
	if err != nil {
		return fmt.Errorf("changing an offer: %w", err)
	}
	return nil
}

// AddNote writes a note into an offer's timeline. It changes nothing else, so
// that it never conflicts; the same form again adds nothing.
func (s *Store) AddNote(ctx context.Context, by By, n Note) error {
	n.Text = validate.Text(n.Text)
	if n.Validate().Any() {
		return fmt.Errorf("noting an offer: %w", fault.Invalid)
	}
	err := s.change(ctx, by, n.Reference, once.Key(n.Nonce, n.Reference, string(EventNoted), n.Text),
		func(pgx.Tx, time.Time, Offer) (event, error) { return event{kind: EventNoted, note: n.Text}, nil })
	if err != nil {
		return fmt.Errorf("noting an offer: %w", err)
	}
	return nil
}

// View records that somebody looked at an offer.
func (s *Store) View(ctx context.Context, by By, id string) error {
	return audit.Record(ctx, s.DB, by.entry("offer.view", id))
}

// event is what a change writes into the timeline.
type event struct {
	kind EventKind
	note string
}

// change runs fn on the locked offer, and writes what it gives into the timeline
// and the audit, unless the form with the key did the same already.
func (s *Store) change(ctx context.Context, by By, written, key string, fn func(pgx.Tx, time.Time, Offer) (event, error)) error {
	if key == "" {
		return fmt.Errorf("a form without a key: %w", fault.Invalid)
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		r, err := postgres.One[row](ctx, tx, selectRow+` where reference = $1 for update`, reference.Normal(written, Prefix))
		if err != nil {
			return err
		}
		var done bool
		if err := tx.QueryRow(ctx, `select exists (select from offer_event where form_key = $1)`, key).Scan(&done); err != nil || done {
			return err
		}
		at := s.now()
		what, err := fn(tx, at, r.offer())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into offer_event (offer_id, at, kind, actor_kind, actor_id, note, form_key)
			values ($1, $2, $3, $4, $5, $6, $7)`, r.ID, at, what.kind, audit.Staff, by.StaffID, what.note, key)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.entry(actions[what.kind], r.ID))
	})
}

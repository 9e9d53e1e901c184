package enquiry

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
)

// actions are what the audit calls the events that staff cause.
var actions = map[EventKind]string{
	EventNoted: "enquiry.note", EventAnswered: "enquiry.answer", EventReopened: "enquiry.reopen",
	EventSetAside: "enquiry.set-aside", EventRescued: "enquiry.rescue",
}

// Change changes an enquiry's state. One that changed since gives ErrChanged, a
// change that there is not ErrMove, and the same form again changes nothing.
// Whoever sent one that is rescued gets the mail that they are owed.
func (s *Store) Change(ctx context.Context, by By, c Change) error {
	c = c.Clean()
	key := once.Key(c.Nonce, c.Reference, string(c.To), string(c.How), c.Note)
	err := s.change(ctx, by, c.Reference, key, func(tx pgx.Tx, at time.Time, e Enquiry) (event, error) {
		if e.Version != c.Version {
			return event{}, ErrChanged
		}
		kind, allowed := moves[[2]State{e.State, c.To}]
		if !allowed || c.Validate().Any() {
			return event{}, ErrMove
		}
		_, err := tx.Exec(ctx, `
			update enquiry set state = $2, state_since = $3, answered_by = nullif($4, ''), version = version + 1
			where id = $1`, e.ID, c.To, at, c.How)
		if err == nil && kind == EventRescued && e.Email != "" {
			err = s.Outbox.Enqueue(ctx, tx, mail.EnquiryReceived, e.ID)
		}
		return event{kind: kind, how: c.How, note: c.Note}, err
	})
	if err != nil {
		return fmt.Errorf("changing an enquiry: %w", err)
	}
	return nil
}

// AddNote writes a note into an enquiry's timeline. It changes nothing else, so
// that it never conflicts; the same form again adds nothing.
func (s *Store) AddNote(ctx context.Context, by By, n Note) error {
	n = n.Clean()
	if n.Validate().Any() {
		return fmt.Errorf("noting an enquiry: %w", fault.Invalid)
	}
	err := s.change(ctx, by, n.Reference, once.Key(n.Nonce, n.Reference, string(EventNoted), n.Text),
		func(pgx.Tx, time.Time, Enquiry) (event, error) { return event{kind: EventNoted, note: n.Text}, nil })
	if err != nil {
		return fmt.Errorf("noting an enquiry: %w", err)
	}
	return nil
}

// View records that somebody looked at an enquiry.
func (s *Store) View(ctx context.Context, by By, id string) error {
	return audit.Record(ctx, s.DB, by.entry("enquiry.view", id))
}

// event is what a change writes into the timeline.
type event struct {
	kind EventKind
	how  How
	note string
}

// change runs fn on the locked enquiry, and writes what it gives into the
// timeline and the audit, unless the form with the key did the same already.
func (s *Store) change(ctx context.Context, by By, written, key string, fn func(pgx.Tx, time.Time, Enquiry) (event, error)) error {
	if key == "" {
		return fmt.Errorf("a form without a key: %w", fault.Invalid)
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		r, err := postgres.One[row](ctx, tx, selectRow+` where reference = $1 for update`, reference.Normal(written, Prefix))
		if err != nil {
			return err
		}
		var done bool
		if err := tx.QueryRow(ctx, `select exists (select from enquiry_event where form_key = $1)`, key).Scan(&done); err != nil || done {
			return err
		}
		at := s.now()
		what, err := fn(tx, at, r.enquiry())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into enquiry_event (enquiry_id, at, kind, actor_kind, actor_id, how, note, form_key)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			r.ID, at, what.kind, audit.Staff, by.StaffID, what.how, what.note, key)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.entry(actions[what.kind], r.ID))
	})
}

package interest

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
	"ahpfaculty/internal/validate"
)

// MailTrouble is why mail does not reach a returner; "" as far as anybody
// knows it does.
type MailTrouble string

// The troubles with mail.
const (
	MailRefused MailTrouble = "refused" // a server refused it, or nobody could send it for two days
	MailBounced MailTrouble = "bounced" // it came back later, to the faculty's mailbox
	MailMissing MailTrouble = "missing" // there is no address: the spreadsheet that the case came from had none
)

// AddressNews is what staff learnt about a returner's email address.
type AddressNews struct {
	Reference string
	Version   int       // of the case that they saw
	Kind      EventKind // EventBounced, EventReachable or EventReaddressed
	Email     string    // the address that is right, where it was corrected
	Note      string    // may be ""
	Nonce     string    // the form's key: the same form tells it once
}

// Clean gives the news as they are stored.
func (n AddressNews) Clean() AddressNews {
	n.Note = validate.Text(n.Note)
	n.Email = Email{Address: n.Email}.Clean().Address
	if n.Kind != EventReaddressed {
		n.Email = ""
	}
	return n
}

// Validate says what is wrong, by the form's field names: email, note. Now is
// the address that the case has.
func (n AddressNews) Validate(now string) validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	if n.Kind == EventReaddressed {
		errs.Need("email", n.Email, "Enter the correct email address") // the reader's own is another
		if n.Email != "" {
			errs = Email{Address: n.Email}.Validate()
		}
		if n.Email == now {
			errs.Add("email", "Enter an email address that is different from the one we have")
		}
	}
	errs.Max("note", n.Note, maxNote, "The note must be 4,000 characters or less")
	return errs
}

// HearOfAddress records what staff learnt about a returner's address, in the
// timeline and the audit. An address that is corrected gets what the wrong one
// refused, or a link. A case that changed since gives ErrCaseChanged,
// and the same form again changes nothing.
func (s *Store) HearOfAddress(ctx context.Context, by By, n AddressNews) error {
	n = n.Clean()
	key := once.Key(n.Nonce, n.Reference, string(n.Kind), n.Email, n.Note)
	err := s.change(ctx, by, n.Reference, key, n.Kind, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.Version != n.Version {
			return ErrCaseChanged
		}
		if !n.fits(l) {
			return fault.Invalid
		}
		event := newEvent{expressionID: l.ID, at: at, kind: n.Kind, by: by, formKey: key, note: n.Note}
		if n.Kind == EventReaddressed {
			event.oldValue, event.newValue = l.Email, n.Email
		}
		if _, err := event.insert(ctx, tx); err != nil {
			return err
		}
		return s.setAddress(ctx, tx, at, l.ID, n)
	})
	if err != nil {
		return fmt.Errorf("hearing of an address: %w", err)
	}
	return nil
}

// fits reports whether news make sense for a case; a page offers no other.
func (n AddressNews) fits(l locked) bool {
	switch n.Kind {
	case EventReaddressed:
	case EventBounced:
		if l.Email == "" {
			return false
		}
	case EventReachable:
		if l.MailTrouble == "" || l.Email == "" {
			return false
		}
	default:
		return false
	}
	return !n.Validate(l.Email).Any()
}

func (s *Store) setAddress(ctx context.Context, tx pgx.Tx, at time.Time, id string, n AddressNews) error {
	trouble := MailTrouble("")
	if n.Kind == EventBounced {
		trouble = MailBounced
	}
	_, err := tx.Exec(ctx, `
		update expression set mail_trouble = nullif($2, ''), email = coalesce(nullif($3, ''), email),
			email_wanted = case when $3 = '' then email_wanted else '' end, updated_at = $4, version = version + 1
		where id = $1`, id, trouble, n.Email, at)
	if err != nil || n.Kind != EventReaddressed {
		return err
	}
	// Links went to an address that is not theirs.
	if _, err := tx.Exec(ctx, `delete from track_link where expression_id = $1`, id); err != nil {
		return err
	}
	return s.writeAgain(ctx, tx, id)
}

// writeAgain owes to a corrected address what the wrong one refused, or else a
// link: those that it was sent have ended.
func (s *Store) writeAgain(ctx context.Context, tx pgx.Tx, id string) error {
	var owed int64
	for _, kind := range []mail.Kind{mail.ExpressionReceived, mail.InformationAsked, mail.StageChanged, mail.Told} {
		n, err := s.Outbox.Again(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		owed += n
	}
	if owed > 0 {
		return nil
	}
	return s.Outbox.Enqueue(ctx, tx, mail.TrackLink, id)
}

// NoteRefused notes that a mail to a returner's address was refused for good.
// An address that was corrected meanwhile is not blamed for it. Nobody's open
// form conflicts with it: the version stays.
func (s *Store) NoteRefused(ctx context.Context, id, address string) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update expression set mail_trouble = $3 where id = $1 and email = $2 and mail_trouble is null`, id, address, MailRefused)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.System, Action: "expression.mail-refused", SubjectKind: "expression", SubjectID: id, Outcome: audit.Done,
		})
	})
	if err != nil {
		return fmt.Errorf("noting a refused mail about expression %s: %w", id, err)
	}
	return nil
}

// Moved gives the expression and the event of a move, by their ids; a NotFound
// fault when there is no such move.
func (s *Store) Moved(ctx context.Context, id, eventID string) (Expression, Event, error) {
	return s.happened(ctx, id, eventID, EventMoved)
}

// happened gives an expression and its event of a kind, for the mail about it.
func (s *Store) happened(ctx context.Context, id, eventID string, kind EventKind) (Expression, Event, error) {
	var expression Expression
	var event Event
	if err := checkID(id); err != nil {
		return Expression{}, Event{}, fmt.Errorf("reading what happened to expression %s: %w", id, err)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		if expression, err = readExpression(ctx, tx, ` where id = $1`, id); err != nil {
			return err
		}
		all, err := events(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, e := range all {
			if e.Kind == kind && e.Occasion() == eventID {
				event = e
				return nil
			}
		}
		return fault.NotFound
	})
	if err != nil {
		return Expression{}, Event{}, fmt.Errorf("reading what happened to expression %s: %w", id, err)
	}
	return expression, event, nil
}

package interest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// MintTrackLink makes a link by which the returner of a case sees where it
// stands, for a mail to them. It gives the link's token, which is kept hashed
// only, and the address that the mail goes to: no link is sent to an address
// whose links were ended meanwhile.
func (s *Store) MintTrackLink(ctx context.Context, expressionID string) (token, email string, err error) {
	err = checkID(expressionID)
	if err == nil {
		err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
			if err := tx.QueryRow(ctx, `select email from expression where id = $1 for share`, expressionID).Scan(&email); err != nil {
				return notFound(err)
			}
			if email == "" {
				return errNoAddress
			}
			var err error
			token, err = s.mintTrack(ctx, tx, expressionID, "", TrackLife)
			return err
		})
	}
	if err != nil {
		return "", "", fmt.Errorf("making a tracking link to expression %s: %w", expressionID, err)
	}
	return token, email, nil
}

// errNoAddress is a case that came from a spreadsheet without an address.
var errNoAddress = fmt.Errorf("the case has no email address: %w", fault.Conflict)

// notFound names a row that is not there.
func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound
	}
	return err
}

// MintConfirmation makes a link that confirms the address that a returner wants
// mail to go to, and gives its token and the address. A Conflict fault where no
// address waits.
func (s *Store) MintConfirmation(ctx context.Context, expressionID string) (token, email string, err error) {
	e, err := s.ByID(ctx, expressionID)
	if err == nil && e.EmailWanted == "" {
		err = errNoNewEmail
	}
	if err == nil {
		token, err = s.mintTrack(ctx, s.DB, expressionID, e.EmailWanted, ConfirmLife)
	}
	if err != nil {
		return "", "", fmt.Errorf("making a link that confirms an address of expression %s: %w", expressionID, err)
	}
	return token, e.EmailWanted, nil
}

func (s *Store) mintTrack(ctx context.Context, db postgres.DB, expressionID, newEmail string, life time.Duration) (string, error) {
	token, now := rand.Text(), s.now()
	_, err := db.Exec(ctx, `insert into track_link (token_hash, expression_id, new_email, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
		linkHash(token), expressionID, newEmail, now, now.Add(life))
	return token, err
}

// PurgeTrackLinks deletes the links that expired before a time, and forgets the
// addresses that nobody can confirm any more. It says how many links there were.
func (s *Store) PurgeTrackLinks(ctx context.Context, before time.Time) (int64, error) {
	var gone int64
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `delete from track_link where expires_at < $1`, before)
		if err != nil {
			return err
		}
		gone = tag.RowsAffected()
		_, err = tx.Exec(ctx, `
			update expression e set email_wanted = '' where email_wanted <> ''
				and not exists (select from track_link l where l.expression_id = e.id and l.new_email = e.email_wanted)
				and not exists (select from mail m where m.kind = $1 and m.subject_id = e.id::text and m.state = 'waiting')`, mail.ConfirmAddress)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purging tracking links: %w", err)
	}
	return gone, nil
}

// Tracked gives the case that a tracking link leads to and changes nothing. A
// link that has expired, was replaced or never was is a Gone fault.
func (s *Store) Tracked(ctx context.Context, token string) (Case, error) {
	var c Case
	link, err := s.readTrack(ctx, s.DB, token)
	if err == nil && link.NewEmail != "" {
		err = errTrackGone
	}
	if err == nil {
		c, err = s.ByReference(ctx, link.Reference)
	}
	if err == nil && c.SetAsideAt != nil {
		err = errTrackGone
	}
	if errors.Is(err, ErrErased) || errors.Is(err, fault.NotFound) {
		err = errTrackGone
	}
	if err != nil {
		return Case{}, fmt.Errorf("following a tracking link: %w", err)
	}
	return c, nil
}

// NewEmail gives the address that a link confirms, and changes nothing.
func (s *Store) NewEmail(ctx context.Context, token string) (string, error) {
	link, err := s.readTrack(ctx, s.DB, token)
	if err == nil && link.NewEmail == "" {
		err = errTrackGone
	}
	if err != nil {
		return "", fmt.Errorf("looking at a link that confirms an address: %w", err)
	}
	return link.NewEmail, nil
}

// trackLink is a link that may still be used.
type trackLink struct {
	ExpressionID string
	Reference    string
	NewEmail     string // the address that it confirms; "" where it shows the case
	Wanted       string // the address that waits to be confirmed
}

func (s *Store) readTrack(ctx context.Context, db postgres.DB, token string) (trackLink, error) {
	link, err := postgres.One[trackLink](ctx, db, `
		select l.expression_id::text, e.reference, l.new_email, e.email_wanted as wanted
		from track_link l join expression e on e.id = l.expression_id
		where l.token_hash = $1 and l.expires_at > $2`, linkHash(token), s.now())
	if errors.Is(err, fault.NotFound) || (err == nil && link.NewEmail != link.Wanted && link.NewEmail != "") {
		return trackLink{}, errTrackGone
	}
	return link, err
}

// FindTracks owes an address mails with tracking links to the newest of its
// expressions, if there are any: the answer is the same where there are none.
// Asking too often is a *fault.WaitError of kind Limited.
func (s *Store) FindTracks(ctx context.Context, email string, from netip.Addr) error {
	if err := s.countAsking(ctx, "track-link", email, from); err != nil {
		return err
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		found, err := postgres.List[struct{ ID string }](ctx, tx, `
			select id::text from expression where lower(email) = $1 and set_aside_at is null order by received_at desc, id limit $2`, NormalEmail(email), linksAtMost)
		if err != nil {
			return err
		}
		for _, expression := range found {
			if err := s.Outbox.Enqueue(ctx, tx, mail.TrackLink, expression.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("asking for tracking links by email address: %w", err)
	}
	return nil
}

// WantEmail keeps the address that a returner wants mail to go to, and owes a
// mail there that asks whether it is theirs. Until they confirm it, nothing
// changes. Asking too often is a *fault.WaitError of kind Limited.
func (s *Store) WantEmail(ctx context.Context, by By, reference, email string, from netip.Addr) error {
	if err := s.countAsking(ctx, "confirm-address", email, from); err != nil {
		return err
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		l, err := postgres.One[locked](ctx, tx, selectLocked, NormalReference(reference))
		if err != nil {
			return s.orErased(ctx, tx, NormalReference(reference), err)
		}
		if _, err := tx.Exec(ctx, `update expression set email_wanted = $2 where id = $1`, l.ID, Email{Address: email}.Clean().Address); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, by.entry(actionWantEmail, l.ID, audit.Done)); err != nil {
			return err
		}
		return s.Outbox.Enqueue(ctx, tx, mail.ConfirmAddress, l.ID)
	})
	if err != nil {
		return fmt.Errorf("asking for another address: %w", err)
	}
	return nil
}

// ConfirmEmail makes the address that a link confirms the one that mail goes
// to. The link becomes the one tracking link of the case, whose others were
// sent to the old address and end; the old address is told. The same link again
// changes nothing.
func (s *Store) ConfirmEmail(ctx context.Context, token, requestID string) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		link, err := s.readTrack(ctx, tx, token)
		if err != nil || link.NewEmail == "" {
			return err // without a new address it did its work before
		}
		l, err := postgres.One[locked](ctx, tx, selectLocked, link.Reference)
		if err != nil {
			return err
		}
		// Of two presses the second waits for the lock and sees what the first did.
		if link, err = s.readTrack(ctx, tx, token); err != nil || link.NewEmail == "" {
			return err
		}
		return s.confirm(ctx, tx, l, link.NewEmail, token, requestID)
	})
	if err != nil {
		return fmt.Errorf("confirming an address: %w", err)
	}
	return nil
}

func (s *Store) confirm(ctx context.Context, tx pgx.Tx, l locked, email, token, requestID string) error {
	by := By{Returner: true, RequestID: requestID}
	event := newEvent{expressionID: l.ID, at: s.now(), kind: EventReaddressed, by: by, oldValue: l.Email, newValue: email}
	id, err := event.insert(ctx, tx)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		update expression set email = $2, email_wanted = '', mail_trouble = null, updated_at = $3, version = version + 1
		where id = $1`, l.ID, email, s.now())
	batch.Queue(`delete from track_link where expression_id = $1 and token_hash <> $2`, l.ID, linkHash(token))
	batch.Queue(`update track_link set new_email = '', expires_at = $2 where token_hash = $1`, linkHash(token), s.now().Add(TrackLife))
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, by.entry(actions[EventReaddressed], l.ID, audit.Done)); err != nil {
		return err
	}
	return s.Outbox.EnqueueFor(ctx, tx, mail.AddressChanged, l.ID, occasion(id))
}

// Readdressed gives the expression and the event of a changed address, by their
// ids; a NotFound fault when there is no such change.
func (s *Store) Readdressed(ctx context.Context, id, eventID string) (Expression, Event, error) {
	return s.happened(ctx, id, eventID, EventReaddressed)
}

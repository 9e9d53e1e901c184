// Package mail is the outbox, in which a mail is owed from the transaction
// that causes it, and the ways to send one.
package mail

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"ahpfaculty/internal/postgres"
)

// Kind is what a mail is for; it decides what is read and which view writes it.
type Kind string

// The kinds of mail.
const (
	ExpressionReceived Kind = "expression-received" // to the returner; the subject is the expression's id
	StageChanged       Kind = "stage-changed"       // to the returner; the expression's id, and the event's id as the occasion
	InformationAsked   Kind = "information-asked"   // to the returner who is asked for more; the expression's id, and the event's id as the occasion
	TrackLink          Kind = "track-link"          // to the returner who asks for a new tracking link; the expression's id
	ConfirmAddress     Kind = "confirm-address"     // to the address that a returner wants mail to go to; the expression's id
	AddressChanged     Kind = "address-changed"     // to the address that mail went to before; the expression's id, and the event's id as the occasion
	EnquiryReceived    Kind = "enquiry-received"    // to whoever sent an enquiry; the enquiry's id
	OfferReceived      Kind = "offer-received"      // to whoever sent an offer of supervised practice; the offer's id
	DraftLink          Kind = "draft-link"          // to a returner who asks for a link back to their form; the draft's id
	DraftExpires       Kind = "draft-expires"       // to a returner whose form is deleted soon; the draft's id
	StaffInvite        Kind = "staff-invite"        // to a new member of staff; the account's id
	StaffReset         Kind = "staff-reset"         // to somebody who forgot their password; the account's id
)

// once reports whether a subject gets at most one mail of the kind.
func (k Kind) once() bool {
	return k == ExpressionReceived || k == EnquiryReceived || k == OfferReceived
}

// ToReturner reports whether a kind goes to a returner about their expression,
// whose id is its subject.
func (k Kind) ToReturner() bool {
	return k == ExpressionReceived || k == StageChanged || k == InformationAsked || k == TrackLink
}

// Job is the River job that sends one mail: an id and nothing else.
type Job struct {
	MailID string `json:"mail_id"`
}

// Kind is the job's name in River's tables.
func (Job) Kind() string { return "mail" }

// MaxAttempts is how often a mail is tried before it is given up.
const MaxAttempts = 14

// InsertOpts gives a mail its number of attempts.
func (Job) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: MaxAttempts} }

// Outbox puts mails into the database, in the transaction that causes them.
type Outbox struct {
	river *river.Client[pgx.Tx]
}

// NewOutbox makes an outbox. It needs no connection: each Enqueue brings its
// transaction.
func NewOutbox() Outbox {
	// What fails here fails the transaction too, whose owner says so.
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		// Nothing from outside goes in, so that it fails always or never.
		panic(fmt.Sprintf("making the outbox: %v", err))
	}
	return Outbox{river: client}
}

// Enqueue owes somebody a mail about a subject: one row and one job, which
// stand or fall with the transaction. A kind of which a subject gets only one
// is owed once, however often it is enqueued.
func (o Outbox) Enqueue(ctx context.Context, tx pgx.Tx, kind Kind, subjectID string) error {
	occasion := uuid.NewString()
	if kind.once() {
		occasion = ""
	}
	return o.EnqueueFor(ctx, tx, kind, subjectID, occasion)
}

// EnqueueFor owes somebody a mail about a subject on an occasion: once, however
// often it is enqueued. An occasion is no personal value.
func (o Outbox) EnqueueFor(ctx context.Context, tx pgx.Tx, kind Kind, subjectID, occasion string) error {
	id := uuid.NewString()
	tag, err := tx.Exec(ctx, `
		insert into mail (id, kind, subject_id, occasion) values ($1, $2, $3, $4)
		on conflict on constraint mail_once do nothing`, id, kind, subjectID, occasion)
	if err != nil {
		return fmt.Errorf("owing a %s mail about %s: %w", kind, subjectID, err)
	}
	if tag.RowsAffected() == 0 {
		return nil
	}
	if _, err := o.river.InsertTx(ctx, tx, Job{MailID: id}, nil); err != nil {
		return fmt.Errorf("enqueuing mail %s: %w", id, err)
	}
	return nil
}

// Again owes once more the mails of a kind about a subject that were refused
// for good, because what stood in their way was put right.
func (o Outbox) Again(ctx context.Context, tx pgx.Tx, kind Kind, subjectID string) error {
	refused, err := postgres.List[struct{ ID string }](ctx, tx, `
		update mail set state = 'waiting' where kind = $1 and subject_id = $2 and state = 'refused' returning id::text`, kind, subjectID)
	for _, one := range refused {
		if err == nil {
			_, err = o.river.InsertTx(ctx, tx, Job{MailID: one.ID}, nil)
		}
	}
	if err != nil {
		return fmt.Errorf("owing a %s mail about %s again: %w", kind, subjectID, err)
	}
	return nil
}

// The states of a mail.
const (
	Waiting = "waiting"
	Sent    = "sent"
	Refused = "refused" // for good: nobody tries again
)

// Row is a mail as the database keeps it: no address, no text.
type Row struct {
	ID        string
	Kind      Kind
	SubjectID string
	Occasion  string // what tells mails of a kind about a subject apart; "" where there is one
	State     string
	Attempts  int
	Failure   string
	CreatedAt time.Time
	TriedAt   *time.Time // the last attempt; nil before the first
	SentAt    *time.Time
}

// Store reads and marks the mails of the outbox.
type Store struct {
	DB postgres.DB
}

// ByID gives a mail; a NotFound fault when there is none.
func (s *Store) ByID(ctx context.Context, id string) (Row, error) {
	row, err := postgres.One[Row](ctx, s.DB, selectMail+` where id = $1`, id)
	if err != nil {
		return Row{}, fmt.Errorf("reading mail %s: %w", id, err)
	}
	return row, nil
}

// About gives the mails about a subject, the newest first.
func (s *Store) About(ctx context.Context, subjectID string) ([]Row, error) {
	list, err := postgres.List[Row](ctx, s.DB, selectMail+` where subject_id = $1 order by created_at desc, id`, subjectID)
	if err != nil {
		return nil, fmt.Errorf("listing mails about %s: %w", subjectID, err)
	}
	return list, nil
}

// Forget deletes what says that mails about a subject were owed or sent; one
// that is still owed is not sent any more.
func (s *Store) Forget(ctx context.Context, subjectID string) error {
	if _, err := s.DB.Exec(ctx, `delete from mail where subject_id = $1`, subjectID); err != nil {
		return fmt.Errorf("forgetting mails about %s: %w", subjectID, err)
	}
	return nil
}

// MarkSent notes that a mail was taken by a server.
func (s *Store) MarkSent(ctx context.Context, id string, at time.Time) error {
	return s.mark(ctx, id, `
		update mail set state = 'sent', sent_at = $2, tried_at = $2, attempts = attempts + 1, failure = '' where id = $1`, at)
}

// MarkFailed notes that an attempt failed and will be made again. The failure
// is a code and a class, as SendError writes it.
func (s *Store) MarkFailed(ctx context.Context, id, failure string, at time.Time) error {
	return s.mark(ctx, id, `
		update mail set attempts = attempts + 1, failure = $2, tried_at = $3 where id = $1`, failure, at)
}

// MarkRefused notes that a mail is refused for good.
func (s *Store) MarkRefused(ctx context.Context, id, failure string, at time.Time) error {
	return s.mark(ctx, id, `
		update mail set state = 'refused', attempts = attempts + 1, failure = $2, tried_at = $3 where id = $1`, failure, at)
}

const selectMail = `
	select id::text, kind, subject_id, occasion, state, attempts, failure, created_at, tried_at, sent_at from mail`

func (s *Store) mark(ctx context.Context, id, sql string, values ...any) error {
	if _, err := s.DB.Exec(ctx, sql, append([]any{id}, values...)...); err != nil {
		return fmt.Errorf("marking mail %s: %w", id, err)
	}
	return nil
}

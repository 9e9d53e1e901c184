// Package mail is the outbox, in which a mail is owed from the transaction
// that causes it, and the ways to send one.
package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"ahpfaculty/internal/postgres"
)

// Kind is what a mail is for; it decides what is read and which view writes it.
type Kind string

// The kinds of mail.
const (
	ExpressionReceived   Kind = "expression-received"    // to the returner; the subject is the expression's id
	StageChanged         Kind = "stage-changed"          // to the returner; the expression's id, and the event's id as the occasion
	InformationAsked     Kind = "information-asked"      // to the returner who is asked for more; the expression's id, and the event's id as the occasion
	Told                 Kind = "told"                   // to the returner who gets a message; the expression's id, and the event's id as the occasion
	TrackLink            Kind = "track-link"             // to the returner who asks for a new tracking link; the expression's id
	ConfirmAddress       Kind = "confirm-address"        // to the address that a returner wants mail to go to; the expression's id
	AddressChanged       Kind = "address-changed"        // to the address that mail went to before; the expression's id, and the event's id as the occasion
	EnquiryReceived      Kind = "enquiry-received"       // to whoever sent an enquiry; the enquiry's id
	OfferReceived        Kind = "offer-received"         // to whoever sent an offer of supervised practice; the offer's id
	DraftLink            Kind = "draft-link"             // to a returner who asks for a link back to their form; the draft's id
	DraftExpires         Kind = "draft-expires"          // to a returner whose form is deleted soon; the draft's id
	StaffInvite          Kind = "staff-invite"           // to a new member of staff; the account's id
	StaffReset           Kind = "staff-reset"            // to somebody who forgot their password; the account's id
	StaffPasswordSet     Kind = "staff-password-set"     // to a member of staff whose password was changed; the account's id
	StaffFactorAdded     Kind = "staff-factor-added"     // to one who has a new second factor; the account's id
	StaffRecoveryUsed    Kind = "staff-recovery-used"    // to one whose recovery code was used; the account's id
	Notice               Kind = "notice"                 // to a member of staff, by the account's id, or to the mailbox that several read; the notices' batch as the occasion
	StaffFactorReset     Kind = "staff-factor-reset"     // to one whose second factor was taken away; the account's id
	StaffIdentityAdded   Kind = "staff-identity-added"   // to one who can sign in at a provider from now on; the account's id
	StaffIdentityRemoved Kind = "staff-identity-removed" // to one who cannot any more; the account's id
)

// once reports whether a subject gets at most one mail of the kind.
func (k Kind) once() bool {
	return k == ExpressionReceived || k == EnquiryReceived || k == OfferReceived
}

// ToReturner reports whether a kind goes to a returner about their expression,
// whose id is its subject.
func (k Kind) ToReturner() bool {
	return k == ExpressionReceived || k == StageChanged || k == InformationAsked || k == Told || k == TrackLink
}

// Job is the River job that sends one mail: an id and nothing else.
type Job struct {
	MailID string `json:"mail_id"`
}

// Kind is the job's name in River's tables.
func (Job) Kind() string { return "mail" }

// MaxAttempts is how often a mail is tried before it is given up.
const MaxAttempts = 14

// maxAttempts is the same in SQL.
const maxAttempts = "14"

// InsertOpts is what River itself would give a mail's job.
func (Job) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: MaxAttempts} }

// Outbox puts mails into the database, in the transaction that causes them.
type Outbox struct{}

// NewOutbox makes an outbox. It needs no connection: each Enqueue brings its
// transaction.
func NewOutbox() Outbox { return Outbox{} }

// Enqueue owes somebody a mail about a subject: one row and one job, which
// stand or fall with the transaction. A kind of which a subject gets only one
// is owed once, however often it is enqueued.
func (o Outbox) Enqueue(ctx context.Context, tx pgx.Tx, kind Kind, subjectID string) error {
	return o.EnqueueFor(ctx, tx, kind, subjectID, kind.occasion())
}

// EnqueueFor owes somebody a mail about a subject on an occasion: once, however
// often it is enqueued. An occasion is no personal value.
func (o Outbox) EnqueueFor(ctx context.Context, tx pgx.Tx, kind Kind, subjectID, occasion string) error {
	if _, err := tx.Exec(ctx, owe, kind, subjectID, occasion); err != nil {
		return fmt.Errorf("owing a %s mail about %s: %w", kind, subjectID, err)
	}
	return nil
}

// Queue owes a mail as Enqueue does, with the other statements of a batch.
func (o Outbox) Queue(batch *pgx.Batch, kind Kind, subjectID string) {
	batch.Queue(owe, kind, subjectID, kind.occasion())
}

// occasion is a new one each time, unless a subject gets one mail of the kind.
func (k Kind) occasion() string {
	if k.once() {
		return ""
	}
	return uuid.NewString()
}

// owe writes a mail and its job in one statement. River's own insertion would
// be a round trip more, or several; mail_test.go compares the rows. Nobody is
// notified of the job: a notification makes commits wait for each other, and
// the workers look once a second.
const owe = `
	with owed as (
		insert into mail (kind, subject_id, occasion) values ($1, $2, $3)
		on conflict on constraint mail_once do nothing
		returning id)
	` + insertJobs + ` from owed`

// insertJobs is the beginning of a statement that ends with where the ids of
// mails come from.
const insertJobs = `
	insert into river_job (kind, args, max_attempts)
	select 'mail', jsonb_build_object('mail_id', id), ` + maxAttempts

// Again owes once more the mails of a kind about a subject that were refused
// for good, because what stood in their way was put right, and says how many.
func (o Outbox) Again(ctx context.Context, tx pgx.Tx, kind Kind, subjectID string) (int64, error) {
	tag, err := tx.Exec(ctx, `
		with refused as (
			update mail set state = 'waiting' where kind = $1 and subject_id = $2 and state = 'refused' returning id)
		`+insertJobs+` from refused`, kind, subjectID)
	if err != nil {
		return 0, fmt.Errorf("owing a %s mail about %s again: %w", kind, subjectID, err)
	}
	return tag.RowsAffected(), nil
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

package enquiry

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// sendTime is how long sending may take, with all its tries.
const sendTime = 12 * time.Second

// Delivery is a message with what is known of how it was sent.
type Delivery struct {
	Message   Message
	Nonce     string        // the form's key: the same form with the same words is one enquiry
	Trapped   bool          // the field was filled in that people do not see
	Took      time.Duration // from when the form was shown
	From      netip.Addr
	RequestID string
}

// token is what the sender's confirmation is found by: the same for a form
// that is sent twice, and nobody else's to guess, because the nonce is.
func (d Delivery) token() string {
	m := d.Message
	return once.Token(d.Nonce, string(m.Kind), m.Text, m.Page, m.Name, m.AnswerBy, m.Email, m.Phone)
}

// Send keeps a message, owes its sender a mail where they gave an address, and
// gives the token of their confirmation. Sending again, however often and at
// once, gives the same. What looks like the work of a program is set aside: its
// sender sees no difference, and gets no mail. An error of kind Limited says
// how long to wait.
//
// It goes on when the request that asked for it ends, so that a closed tab
// leaves nothing half done.
func (s *Store) Send(ctx context.Context, d Delivery) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	d.Message = d.Message.Clean()
	if d.Nonce == "" || !d.Message.Kind.Known() || d.Message.Validate().Any() {
		return "", fmt.Errorf("sending an enquiry that no form sends: %w", fault.Invalid)
	}
	token := d.token()
	// The token's row says whether an earlier try was done.
	err := postgres.Insist(func() error {
		return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error { return s.receive(ctx, tx, d, once.HashOf(token)) })
	})
	if err != nil {
		return "", fmt.Errorf("sending an enquiry: %w", err)
	}
	return token, nil
}

func (s *Store) receive(ctx context.Context, tx pgx.Tx, d Delivery, receipt []byte) error {
	// The same form at once waits here for the first of them.
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, receipt); err != nil {
		return err
	}
	var done bool
	if err := tx.QueryRow(ctx, `select exists (select from enquiry where receipt_hash = $1)`, receipt).Scan(&done); err != nil || done {
		return err
	}
	suspicion, err := d.sending().Weigh(ctx, attempt.Store{DB: tx, Now: s.Now})
	if err != nil {
		return err
	}
	id, err := s.insert(ctx, tx, d.Message, receipt, suspicion)
	if err != nil {
		return err
	}
	entry := audit.Entry{
		ActorKind: audit.Nobody, Action: "enquiry.send", SubjectKind: "enquiry", SubjectID: id,
		Outcome: audit.Done, RequestID: d.RequestID,
	}
	if err := audit.Record(ctx, tx, entry); err != nil {
		return err
	}
	if suspicion != "" || d.Message.Email == "" {
		return nil
	}
	return s.Outbox.Enqueue(ctx, tx, mail.EnquiryReceived, id)
}

// sending is what tells programs from people.
func (d Delivery) sending() suspect.Sending {
	return suspect.Sending{Form: "enquiry", Trapped: d.Trapped, Took: d.Took, From: d.From, Email: d.Message.Email}
}

// insert adds an enquiry under a reference that nobody has, with its first
// event, and gives its id.
func (s *Store) insert(ctx context.Context, tx pgx.Tx, m Message, receipt []byte, suspicion suspect.Suspicion) (string, error) {
	due, err := s.due(ctx, tx, m.Kind)
	if err != nil {
		return "", err
	}
	state := Open
	if suspicion != "" {
		state = SetAside
	}
	const draws = 10 // even one collision in a million enquiries is unlikely
	for range draws {
		drawn, err := reference.New(s.Random, Prefix)
		if err != nil {
			return "", err
		}
		var id string
		err = tx.QueryRow(ctx, `
			insert into enquiry (reference, receipt_hash, kind, state, message, page, name, email, phone,
				received_at, due, suspicion, state_since)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, nullif($12, ''), $10)
			on conflict on constraint enquiry_reference_key do nothing
			returning id::text`,
			drawn, receipt, m.Kind, state, m.Text, m.Page, m.Name, m.Email, m.Phone,
			s.now(), due.Time(), suspicion).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = tx.Exec(ctx, `insert into enquiry_event (enquiry_id, at, kind, actor_kind) values ($1, $2, $3, $4)`,
			id, s.now(), EventReceived, audit.Nobody)
		return id, err
	}
	return "", errors.New("every reference that was drawn is taken")
}

func (s *Store) due(ctx context.Context, tx pgx.Tx, k Kind) (updating.Date, error) {
	members, days := faculty.Store{DB: tx}, workday.Store{DB: tx}
	details, err := members.Details(ctx)
	if err != nil {
		return updating.Date{}, err
	}
	holidays, err := days.Holidays(ctx)
	if err != nil {
		return updating.Date{}, err
	}
	return Due(k, s.Today(), details, holidays), nil
}

// Receipt is what a sender is told: nothing that they typed.
type Receipt struct {
	Reference string
	Kind      Kind
	Due       updating.Date
	Mailed    bool // they gave an email address
}

// ByToken gives the receipt of a token that Send gave; a NotFound fault when
// there is none.
func (s *Store) ByToken(ctx context.Context, token string) (Receipt, error) {
	r, err := postgres.One[row](ctx, s.DB, selectRow+` where receipt_hash = $1`, once.HashOf(token))
	if err != nil {
		return Receipt{}, fmt.Errorf("reading a receipt: %w", err)
	}
	e := r.enquiry()
	return Receipt{Reference: e.Reference, Kind: e.Kind, Due: e.Due, Mailed: e.Email != ""}, nil
}

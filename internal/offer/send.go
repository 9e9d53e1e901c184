package offer

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
)

// sendTime is how long sending may take, with all its tries.
const sendTime = 12 * time.Second

// Delivery is a form with what is known of how it was sent.
type Delivery struct {
	Form      Form
	Nonce     string        // the form's key: the same form with the same words is one offer
	Trapped   bool          // the field was filled in that people do not see
	Took      time.Duration // from when the form was shown
	From      netip.Addr
	RequestID string
}

// token is what the sender's confirmation is found by.
func (d Delivery) token() string {
	f := d.Form
	return once.Token(d.Nonce, f.Organisation, f.Other, f.Site, f.Work, f.Month, f.Year, f.Days, f.Name, f.Email, f.Phone, f.More)
}

// sending is what tells programs from people.
func (d Delivery) sending() suspect.Sending {
	return suspect.Sending{Form: "offer", Trapped: d.Trapped, Took: d.Took, From: d.From, Email: d.Form.Email}
}

// Send keeps an offer, owes its sender a mail, and gives the token of their
// confirmation. Sending again, however often and at once, gives the same. What
// looks like the work of a program is set aside: its sender sees no difference,
// and gets no mail. An error of kind Limited says how long to wait.
//
// It goes on when the request that asked for it ends, so that a closed tab
// leaves nothing half done.
func (s *Store) Send(ctx context.Context, d Delivery) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	d.Form = d.Form.Clean()
	token := d.token()
	if token == "" {
		return "", fmt.Errorf("sending an offer without a key: %w", fault.Invalid)
	}
	// The token's row says whether an earlier try was done.
	err := postgres.Insist(func() error {
		return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error { return s.receive(ctx, tx, d, once.HashOf(token)) })
	})
	if err != nil {
		return "", fmt.Errorf("sending an offer: %w", err)
	}
	return token, nil
}

func (s *Store) receive(ctx context.Context, tx pgx.Tx, d Delivery, receipt []byte) error {
	// The same form at once waits here for the first of them.
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, receipt); err != nil {
		return err
	}
	var done bool
	if err := tx.QueryRow(ctx, `select exists (select from offer where receipt_hash = $1)`, receipt).Scan(&done); err != nil || done {
		return err
	}
	members := faculty.Store{DB: tx}
	organisations, err := members.Organisations(ctx)
	if err != nil {
		return err
	}
	if d.Form.Validate(organisations, s.Today()).Any() {
		return fault.Invalid
	}
	suspicion, err := d.sending().Weigh(ctx, attempt.Store{DB: tx, Now: s.Now})
	if err != nil {
		return err
	}
	id, err := s.insert(ctx, tx, d.Form, d.Form.host(organisations), receipt, suspicion)
	if err != nil {
		return err
	}
	entry := audit.Entry{
		ActorKind: audit.Nobody, Action: "offer.send", SubjectKind: "offer", SubjectID: id,
		Outcome: audit.Done, RequestID: d.RequestID,
	}
	if err := audit.Record(ctx, tx, entry); err != nil || suspicion != "" {
		return err
	}
	return s.Outbox.Enqueue(ctx, tx, mail.OfferReceived, id)
}

// insert adds an offer under a reference that nobody has, with its first event,
// and gives its id.
func (s *Store) insert(ctx context.Context, tx pgx.Tx, f Form, host string, receipt []byte, suspicion suspect.Suspicion) (string, error) {
	state := Open
	if suspicion != "" {
		state = SetAside
	}
	work, from := ParseWork(f.Work), f.start().From()
	days, _ := parseDays(f.Days)
	const draws = 10 // even one collision in a million offers is unlikely
	for range draws {
		drawn, err := reference.New(s.Random, Prefix)
		if err != nil {
			return "", err
		}
		var id string
		err = tx.QueryRow(ctx, `
			insert into offer (reference, receipt_hash, state, organisation, site, profession, branch, starts_on, days,
				name, email, phone, more, received_at, suspicion, state_since)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, nullif($15, ''), $14)
			on conflict on constraint offer_reference_key do nothing
			returning id::text`,
			drawn, receipt, state, host, f.Site, work.Profession, work.Branch, from.Earliest().Time(), days,
			f.Name, f.Email, f.Phone, f.More, s.now(), suspicion).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = tx.Exec(ctx, `insert into offer_event (offer_id, at, kind, actor_kind) values ($1, $2, $3, $4)`,
			id, s.now(), EventReceived, audit.Nobody)
		return id, err
	}
	return "", errors.New("every reference that was drawn is taken")
}

// Receipt gives the reference of what a token that Send gave stands for; a
// NotFound fault when there is nothing.
func (s *Store) Receipt(ctx context.Context, token string) (string, error) {
	r, err := postgres.One[row](ctx, s.DB, selectRow+` where receipt_hash = $1`, once.HashOf(token))
	if err != nil {
		return "", fmt.Errorf("reading a receipt: %w", err)
	}
	return r.Reference, nil
}

package interest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// ByReference gives a case by its reference, however that is written; ErrErased
// when it was erased, and a NotFound fault when there never was one.
func (s *Store) ByReference(ctx context.Context, reference string) (Case, error) {
	var c Case
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		expression, err := readExpression(ctx, tx, ` where reference = $1`, NormalReference(reference))
		if err != nil {
			return s.orErased(ctx, tx, NormalReference(reference), err)
		}
		c.Expression = expression
		if c.Events, err = events(ctx, tx, expression.ID); err != nil {
			return err
		}
		if c.Requests, err = requests(ctx, tx, expression.ID); err != nil {
			return err
		}
		if c.Exports, err = exportsWith(ctx, tx, expression.ID); err != nil {
			return err
		}
		c.Mails, err = (&mail.Store{DB: tx}).About(ctx, expression.ID)
		return err
	})
	if err != nil {
		return Case{}, fmt.Errorf("reading a case: %w", err)
	}
	return c, nil
}

// ByID gives an expression by its id; a NotFound fault when there is none.
func (s *Store) ByID(ctx context.Context, id string) (Expression, error) {
	err := checkID(id)
	var expression Expression
	if err == nil {
		expression, err = readExpression(ctx, s.DB, ` where id = $1`, id)
	}
	if err != nil {
		return Expression{}, fmt.Errorf("reading expression %s: %w", id, err)
	}
	return expression, nil
}

// Move changes a case's stage and writes it into the timeline and the audit. A
// returner may only withdraw. A case that ends waits for nobody any more.
// A case that changed since gives ErrCaseChanged, a move that is not in the
// table ErrMove, and the same form again changes nothing. The mail that tells
// the returner is owed in the same transaction.
func (s *Store) Move(ctx context.Context, by By, m Move) error {
	m = m.Clean()
	words := m.words()
	key := once.Key(m.Nonce, m.Reference, string(EventMoved), string(m.To), m.Reason, m.Note, strconv.FormatBool(m.Tell), words.Says, words.Next)
	err := s.change(ctx, by, m.Reference, key, EventMoved, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, m.Version) {
			return ErrCaseChanged
		}
		if m.Validate(l.Stage).Any() || by.Returner && m.To != Withdrawn {
			return ErrMove
		}
		event := newEvent{expressionID: l.ID, at: at, kind: EventMoved, by: by, from: l.Stage, to: m.To,
			reason: m.Reason, formKey: key, note: m.Note, words: words}
		id, err := event.insert(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update expression set stage = $2, stage_reason = nullif($3, ''), stage_since = $4,
				updated_at = $4, version = version + 1
			where id = $1`, l.ID, m.To, m.Reason, at)
		if err != nil {
			return moveRefused(err)
		}
		if m.To.Info().Ends {
			if err := endTurn(ctx, tx, at, l); err != nil {
				return err
			}
		}
		return s.tell(ctx, tx, m, l.ID, id)
	})
	if err != nil {
		return fmt.Errorf("moving a case: %w", err)
	}
	return nil
}

// tell owes the mail about a move, where it was asked for and there is one.
func (s *Store) tell(ctx context.Context, tx pgx.Tx, m Move, id string, eventID int64) error {
	if _, has := MessageOf(m.To, m.Reason); !has || !m.Tell {
		return nil
	}
	return s.Outbox.EnqueueFor(ctx, tx, mail.StageChanged, id, occasion(eventID))
}

// moveRefused names the database's own refusal of a move.
func moveRefused(err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.ConstraintName == "expression_stage_move" {
		return ErrMove
	}
	return err
}

// AddNote writes a note into a case's timeline. It changes nothing else, so
// that it never conflicts; the same form again adds nothing.
func (s *Store) AddNote(ctx context.Context, by By, n Note) error {
	n = n.Clean()
	if n.Validate().Any() {
		return fmt.Errorf("noting a case: %w", fault.Invalid)
	}
	key := once.Key(n.Nonce, n.Reference, string(EventNoted), n.Text)
	err := s.change(ctx, by, n.Reference, key, EventNoted, func(tx pgx.Tx, at time.Time, l locked) error {
		event := newEvent{expressionID: l.ID, at: at, kind: EventNoted, by: by, formKey: key, note: n.Text}
		_, err := event.insert(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("noting a case: %w", err)
	}
	return nil
}

// locked is what a change of a case needs to know of it.
type locked struct {
	ID          string
	Stage       Stage
	Turn        Turn
	HoldReason  string
	Version     int
	Email       string
	MailTrouble MailTrouble
	SetAside    bool
	AssigneeID  string // "" for nobody
}

// stale reports whether somebody changed the case since it was opened. What a
// returner does depends on nothing that staff change meanwhile.
func (l locked) stale(by By, version int) bool { return !by.Returner && l.Version != version }

const selectLocked = `
	select id::text, stage, turn, coalesce(hold_reason, '') as hold_reason, version, email,
		coalesce(mail_trouble, '') as mail_trouble, set_aside_at is not null as set_aside,
		coalesce(assignee_id::text, '') as assignee_id
	from expression where reference = $1 for update`

// errSetAside is a change of a case that is set aside, which is rescued first.
var errSetAside = fmt.Errorf("a case that is set aside is not worked on: %w", fault.Invalid)

// change runs fn on the locked case and records it in the audit, unless the
// form with the key did the same already.
func (s *Store) change(ctx context.Context, by By, reference, key string, kind EventKind, fn func(pgx.Tx, time.Time, locked) error) error {
	if key == "" {
		return fmt.Errorf("a form without a key: %w", fault.Invalid)
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		l, err := postgres.One[locked](ctx, tx, selectLocked, NormalReference(reference))
		if err != nil {
			return s.orErased(ctx, tx, NormalReference(reference), err)
		}
		if done, err := used(ctx, tx, key); done || err != nil {
			return err
		}
		if l.SetAside && kind != EventRescued {
			return errSetAside
		}
		if err := fn(tx, s.now(), l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.entry(actions[kind], l.ID, audit.Done))
	})
}

var actions = map[EventKind]string{
	EventMoved: "expression.move", EventNoted: "expression.note", EventBounced: "expression.mail-bounced",
	EventReachable: "expression.mail-reachable", EventReaddressed: "expression.readdress",
	EventAsked: "expression.ask", EventAnswered: "expression.answer", EventTakenBack: "expression.take-back",
	EventCorrected: "expression.correct", EventHeld: "expression.hold", EventResumed: "expression.resume",
	EventCopyAsked: "expression.ask-copy", EventCopyGiven: "expression.give-copy",
	EventRescued: "expression.rescue", EventAssigned: "expression.assign",
	EventTold: "expression.tell", EventImported: "expression.import",
}

// Actions are what the audit calls the changes of a case.
func Actions() []string {
	all := []string{actionWantEmail}
	for _, action := range actions {
		all = append(all, action)
	}
	slices.Sort(all)
	return all
}

// actionWantEmail is what the audit calls asking for another address.
const actionWantEmail = "expression.want-email"

// used reports whether a form did its work before.
func used(ctx context.Context, tx pgx.Tx, key string) (bool, error) {
	var done bool
	err := tx.QueryRow(ctx, `select exists (select from event where form_key = $1)`, key).Scan(&done)
	return done, err
}

// newEvent is an event with its personal part.
type newEvent struct {
	expressionID string
	at           time.Time
	kind         EventKind
	by           By
	from, to     Stage
	reason       string
	step         string
	until        updating.Date
	formKey      string // "" for what comes along with another event
	note         string
	oldValue     string
	newValue     string
	fromAssignee string // "" for nobody
	toAssignee   string
	words        Words // of the mail about it, where they are not the standard ones
}

// insert writes the event and gives its id.
func (e newEvent) insert(ctx context.Context, tx pgx.Tx) (int64, error) {
	var id int64
	err := tx.QueryRow(ctx, `
		insert into event (expression_id, at, kind, actor_kind, actor_id, from_stage, to_stage, reason, step, until, form_key,
			from_assignee, to_assignee)
		values ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), nullif($8, ''), nullif($9, ''), $10, nullif($11, ''),
			nullif($12, '')::uuid, nullif($13, '')::uuid)
		returning id`,
		e.expressionID, e.at, e.kind, e.by.kind(), e.by.StaffID, e.from, e.to, e.reason, e.step, dayColumn(e.until), e.formKey,
		e.fromAssignee, e.toAssignee).Scan(&id)
	if err != nil || e.note+e.oldValue+e.newValue+e.words.Says == "" {
		return id, err
	}
	_, err = tx.Exec(ctx, `
		insert into event_detail (event_id, note, old_value, new_value, mail_says, mail_next) values ($1, $2, $3, $4, $5, $6)`,
		id, e.note, e.oldValue, e.newValue, e.words.Says, e.words.Next)
	return id, err
}

type eventRow struct {
	Event
	UntilDay *time.Time
	MailSays string
	MailNext string
}

func events(ctx context.Context, tx pgx.Tx, expressionID string) ([]Event, error) {
	rows, err := postgres.List[eventRow](ctx, tx, `
		select e.id, e.at, e.kind, e.actor_kind, e.actor_id, coalesce(e.from_stage, '') as from,
			coalesce(e.to_stage, '') as to, coalesce(e.reason, '') as reason, coalesce(e.step, '') as step,
			e.until as until_day, coalesce(d.note, '') as note,
			coalesce(d.old_value, '') as old, coalesce(d.new_value, '') as new,
			coalesce(e.from_assignee::text, '') as from_assignee, coalesce(e.to_assignee::text, '') as to_assignee,
			coalesce(d.mail_says, '') as mail_says, coalesce(d.mail_next, '') as mail_next
		from event e left join event_detail d on d.event_id = e.id
		where e.expression_id = $1
		order by e.id desc`, expressionID)
	list := make([]Event, len(rows))
	for i, r := range rows {
		list[i] = r.Event
		list[i].Until, list[i].Words = dateOf(r.UntilDay), Words{Says: r.MailSays, Next: r.MailNext}
	}
	return list, err
}

// dayColumn is a day as a column that may be null, and dateOf reads it back.
func dayColumn(day updating.Date) *time.Time {
	if day.IsZero() {
		return nil
	}
	t := day.Time()
	return &t
}

func dateOf(column *time.Time) updating.Date {
	if column == nil {
		return updating.Date{}
	}
	return updating.DateOf(*column)
}

func readExpression(ctx context.Context, db postgres.DB, where string, value string) (Expression, error) {
	r, err := postgres.One[row](ctx, db, selectRow+where, value)
	if err != nil {
		return Expression{}, err
	}
	return r.expression(), nil
}

package interest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Ask asks a returner for more information: it is their turn, and they are owed
// a mail. A case that changed since gives ErrCaseChanged, and the same form
// again changes nothing.
func (s *Store) Ask(ctx context.Context, by By, a Asking) error {
	a = a.Clean()
	key := once.Key(a.Nonce, append([]string{a.Reference, string(EventAsked), a.Message,
		a.AnswerBy.Day, a.AnswerBy.Month, a.AnswerBy.Year}, a.Steps...)...)
	err := s.change(ctx, by, a.Reference, key, EventAsked, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, a.Version) {
			return ErrCaseChanged
		}
		e, err := readExpression(ctx, tx, ` where id = $1`, l.ID)
		if err != nil {
			return err
		}
		open, err := openRequest(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		if open != nil || l.Stage.Info().Ends || a.Validate(e.Answers, DayOf(at)).Any() {
			return errTurn
		}
		var until updating.Date
		if day := a.AnswerBy.When(); !day.IsZero() {
			until = day.Earliest()
		}
		event := newEvent{expressionID: l.ID, at: at, kind: EventAsked, by: by, until: until, formKey: key, note: a.Message}
		id, err := event.insert(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			insert into information_request (expression_id, event_id, message, steps, answer_by, asked_at)
			values ($1, $2, $3, $4, $5, $6)`, l.ID, id, a.Message, filled(a.Steps), dayColumn(until), at); err != nil {
			return err
		}
		if err := setTurn(ctx, tx, at, l.ID, Returners, "", updating.Date{}); err != nil {
			return err
		}
		return s.Outbox.EnqueueFor(ctx, tx, mail.InformationAsked, l.ID, occasion(id))
	})
	if err != nil {
		return fmt.Errorf("asking a returner: %w", err)
	}
	return nil
}

// SaveReply keeps an answer to a question of the open request until the reply
// is sent, and gives the request's draft as it then is. Version is the one that
// the question's form carried: when another window saved since, the error is a
// *StaleError. Without an open request it is ErrNothingAsked.
func (s *Store) SaveReply(ctx context.Context, reference string, version int, answer Answer) (Draft, error) {
	var draft Draft
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		e, err := readExpression(ctx, tx, ` where reference = $1 for update`, NormalReference(reference))
		if err != nil {
			return s.orErased(ctx, tx, NormalReference(reference), err)
		}
		request, err := openRequest(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if request == nil {
			return ErrNothingAsked
		}
		draft, err = s.saveReply(ctx, tx, e, *request, version, cleaned(answer))
		return err
	})
	if err != nil {
		return Draft{}, fmt.Errorf("saving an answer to a request: %w", err)
	}
	return draft, nil
}

func (s *Store) saveReply(ctx context.Context, tx pgx.Tx, e Expression, r Request, version int, answer Answer) (Draft, error) {
	saved, err := s.replyDraft(ctx, tx, e, r)
	if err != nil {
		return Draft{}, err
	}
	if !asks(r.Asks(e, saved), answer.Step()) {
		return Draft{}, errNotAsked
	}
	value, err := json.Marshal(answer)
	if err != nil {
		return Draft{}, err
	}
	same, err := sameAnswer(r.Answers, answer.Step(), value)
	if err != nil || same {
		return saved, err
	}
	if saved.Version(answer.Step()) != version {
		return Draft{}, &StaleError{Step: answer.Step(), Saved: saved}
	}
	if _, err := tx.Exec(ctx, `
		update information_request set answers = answers || jsonb_build_object($2::text, $3::jsonb),
			versions = versions || jsonb_build_object($2::text, $4::integer)
		where id = $1`, r.ID, answer.Step(), value, version+1); err != nil {
		return Draft{}, err
	}
	changed, err := openRequest(ctx, tx, e.ID)
	if err != nil {
		return Draft{}, err
	}
	return s.replyDraft(ctx, tx, e, *changed)
}

func asks(asked []AskedStep, slug string) bool {
	for _, one := range asked {
		if one.Slug == slug {
			return true
		}
	}
	return false
}

// replyDraft is a request's draft with the rules of today.
func (s *Store) replyDraft(ctx context.Context, db postgres.DB, e Expression, r Request) (Draft, error) {
	rules := updating.Store{DB: db}
	book, err := rules.Book(ctx)
	if err != nil {
		return Draft{}, err
	}
	return r.Draft(e, s.Now(), book)
}

// ReplyDraft gives what the open request of a case asks: its answers so far as
// a form that is filled in.
func (s *Store) ReplyDraft(ctx context.Context, c Case) (Draft, Request, error) {
	open, waits := c.Open()
	if !waits {
		return Draft{}, Request{}, ErrNothingAsked
	}
	draft, err := s.replyDraft(ctx, s.DB, c.Expression, open)
	if err != nil {
		return Draft{}, Request{}, fmt.Errorf("reading the answers to a request: %w", err)
	}
	return draft, open, nil
}

// SendReply sends the answer to a request: the answers to its questions take
// the place of those in the expression, the old ones stay in the timeline, and
// it is our turn. Organisation gives the name of an organisation's slug, for
// the timeline. The same form again changes nothing; where nothing is asked any
// more the error is ErrNothingAsked, with questions still open ErrIncomplete.
func (s *Store) SendReply(ctx context.Context, by By, r Reply, organisation func(slug string) string) error {
	r = r.Clean()
	key := once.Key(r.Nonce, r.Reference, string(EventAnswered), r.RequestID, r.Text)
	err := s.change(ctx, by, r.Reference, key, EventAnswered, func(tx pgx.Tx, at time.Time, l locked) error {
		e, err := readExpression(ctx, tx, ` where id = $1`, l.ID)
		if err != nil {
			return err
		}
		request, err := openRequest(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		if request == nil || request.ID != r.RequestID {
			return ErrNothingAsked
		}
		draft, err := s.replyDraft(ctx, tx, e, *request)
		if err != nil {
			return err
		}
		if r.Validate(request.Asks(e, draft)).Any() {
			return ErrIncomplete
		}
		event := newEvent{expressionID: l.ID, at: at, kind: EventAnswered, by: by, formKey: key, note: r.Text}
		if _, err := event.insert(ctx, tx); err != nil {
			return err
		}
		if _, err := s.correct(ctx, tx, by, e, draft.Answers, correcting{organisation: organisation}); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			update information_request set answered_at = $2, reply = $3, answers = '{}' where id = $1`, request.ID, at, r.Text); err != nil {
			return err
		}
		if l.Turn != Returners {
			return nil // on hold it stays
		}
		return setTurn(ctx, tx, at, l.ID, Ours, "", updating.Date{})
	})
	if err != nil {
		return fmt.Errorf("answering a request: %w", err)
	}
	return nil
}

// Asked gives the expression and the request that an event asked for, by their
// ids; a NotFound fault when there is none, a Conflict fault when it is not
// open any more: nobody should be asked for what is answered.
func (s *Store) Asked(ctx context.Context, id, eventID string) (Expression, Request, error) {
	if err := checkID(id); err != nil {
		return Expression{}, Request{}, fmt.Errorf("reading a request of expression %s: %w", id, err)
	}
	var expression Expression
	var request Request
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		if expression, err = readExpression(ctx, tx, ` where id = $1`, id); err != nil {
			return err
		}
		open, err := openRequest(ctx, tx, id)
		if err != nil {
			return err
		}
		if open == nil || occasion(open.EventID) != eventID {
			return fault.Conflict
		}
		request = *open
		return nil
	})
	if err != nil {
		return Expression{}, Request{}, fmt.Errorf("reading a request of expression %s: %w", id, err)
	}
	return expression, request, nil
}

type requestRow struct {
	Request
	AnswerByDay *time.Time
}

const selectRequest = `
	select id::text, event_id, message, steps, answer_by as answer_by_day, asked_at, answers, versions, reply, answered_at, ended_at
	from information_request where expression_id = $1`

// requests gives what a returner was asked, the newest first.
func requests(ctx context.Context, db postgres.DB, expressionID string) ([]Request, error) {
	rows, err := postgres.List[requestRow](ctx, db, selectRequest+` order by asked_at desc, id`, expressionID)
	list := make([]Request, len(rows))
	for i, r := range rows {
		list[i] = r.Request
		list[i].AnswerBy = dateOf(r.AnswerByDay)
	}
	return list, err
}

// openRequest is the request that waits for an answer; nil where none does.
func openRequest(ctx context.Context, db postgres.DB, expressionID string) (*Request, error) {
	r, err := postgres.One[requestRow](ctx, db, selectRequest+` and answered_at is null and ended_at is null`, expressionID)
	if errors.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.AnswerBy = dateOf(r.AnswerByDay)
	return &r.Request, nil
}

// endRequest ends the open request without an answer, and says whether there
// was one. What was answered but not sent goes.
func endRequest(ctx context.Context, tx pgx.Tx, at time.Time, expressionID string) (bool, error) {
	tag, err := tx.Exec(ctx, `
		update information_request set ended_at = $2, answers = '{}'
		where expression_id = $1 and answered_at is null and ended_at is null`, expressionID, at)
	return tag.RowsAffected() > 0, err
}

// overlay gives answers with others in their place, step by step.
func overlay(under, over Answers) (Answers, error) {
	merged := map[string]json.RawMessage{}
	for _, layer := range []Answers{under, over} {
		body, err := json.Marshal(layer)
		if err != nil {
			return Answers{}, err
		}
		if err := json.Unmarshal(body, &merged); err != nil {
			return Answers{}, err
		}
	}
	body, err := json.Marshal(merged)
	if err != nil {
		return Answers{}, err
	}
	var answers Answers
	err = json.Unmarshal(body, &answers)
	return answers, err
}

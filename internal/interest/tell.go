package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// Template is a message that staff may send to a returner at any time.
type Template struct {
	Slug    string
	Name    string // as staff choose it
	Message StageMessage
}

var templates = []Template{
	{Slug: "still-looking", Name: "We are still looking for a placement", Message: StageMessage{
		Subject:  "We are still looking for a placement for you",
		Says:     []string{"We have not forgotten you. We are still looking for a placement where you can do your updating."},
		NextName: happensNext, Next: []string{
			"We contact you when we have something to suggest, or a question.",
			"Tell us if what you are looking for has changed, such as your hours or how far you can travel.",
		}}},
	{Slug: "how-is-it-going", Name: "How is it going?", Message: StageMessage{
		Subject:  "How is your return to practice going?",
		Says:     []string{"We would like to know how you are getting on with your return to practice."},
		NextName: canDo, Next: []string{
			"Write to us or ring us, and tell us how it is going.",
			"Tell us if something stands in your way. We may be able to help.",
		}}},
	{Slug: "still-interested", Name: "Are you still interested?", Message: StageMessage{
		Subject:  "Do you still want to return to practice?",
		Says:     []string{"It is some time since we heard from you. We would like to know whether you still want to return to practice."},
		NextName: canDo, Next: []string{
			"If you do, write to us or ring us, and we go on.",
			"If you need time, you can pause your expression of interest by the link below.",
			"If you do not, you can withdraw it by the same link.",
		}}},
}

// Templates gives the messages that staff may send, as they choose them.
func Templates() []Option {
	var options []Option
	for _, t := range templates {
		options = append(options, Option{Slug: t.Slug, Label: t.Name})
	}
	return options
}

// TemplateBySlug finds a message; false when there is none of that slug.
func TemplateBySlug(slug string) (Template, bool) {
	for _, t := range templates {
		if t.Slug == slug {
			return t, true
		}
	}
	return Template{}, false
}

// Telling is a message to a returner.
type Telling struct {
	Reference string
	Version   int    // of the case that they saw
	Template  string // slug
	Words     *Words // in place of the template's; nil for those
	Nonce     string // the form's key: the same form tells once
}

// Clean gives the message as it is stored.
func (t Telling) Clean() Telling {
	template, known := TemplateBySlug(t.Template)
	if t.Words == nil || !known {
		return t
	}
	own := t.Words.Clean()
	if t.Words = &own; own == template.Message.Words() {
		t.Words = nil
	}
	return t
}

// Validate says what is wrong, by the form's field names: template, says, next.
func (t Telling) Validate() validate.Errors {
	t = t.Clean()
	var errs validate.Errors
	if _, known := TemplateBySlug(t.Template); !known {
		errs.Add("template", "Select a message")
	}
	if t.Words != nil {
		t.Words.check(&errs)
	}
	return errs
}

// Tell sends a message to a returner. A case that changed since gives
// ErrCaseChanged, and the same form again changes nothing.
func (s *Store) Tell(ctx context.Context, by By, t Telling) error {
	t = t.Clean()
	words := Words{}
	if t.Words != nil {
		words = *t.Words
	}
	key := once.Key(t.Nonce, t.Reference, string(EventTold), t.Template, words.Says, words.Next)
	err := s.change(ctx, by, t.Reference, key, EventTold, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, t.Version) {
			return ErrCaseChanged
		}
		if t.Validate().Any() {
			return fault.Invalid
		}
		event := newEvent{expressionID: l.ID, at: at, kind: EventTold, by: by, reason: t.Template, formKey: key, words: words}
		id, err := event.insert(ctx, tx)
		if err != nil {
			return err
		}
		if err := touch(ctx, tx, at, l.ID); err != nil {
			return err
		}
		return s.Outbox.EnqueueFor(ctx, tx, mail.Told, l.ID, occasion(id))
	})
	if err != nil {
		return fmt.Errorf("telling a returner: %w", err)
	}
	return nil
}

// ToldBy gives the expression and the event of a message, by their ids; a
// NotFound fault when there is none.
func (s *Store) ToldBy(ctx context.Context, id, eventID string) (Expression, Event, error) {
	return s.happened(ctx, id, eventID, EventTold)
}

// Seen is what a change of many cases needs to know of one.
type Seen struct {
	ID          string
	Reference   string
	Stage       Stage
	AssigneeID  string
	Version     int
	MailTrouble MailTrouble
	SetAside    bool
}

// SeenByID gives what a change of many needs to know of cases, by their ids.
func (s *Store) SeenByID(ctx context.Context, ids []string) (map[string]Seen, error) {
	rows, err := postgres.List[Seen](ctx, s.DB, `
		select id::text, reference, stage, coalesce(assignee_id::text, '') as assignee_id, version,
			coalesce(mail_trouble, '') as mail_trouble, set_aside_at is not null as set_aside
		from expression where id = any($1::uuid[])`, ids)
	if err != nil {
		return nil, fmt.Errorf("reading %d cases: %w", len(ids), err)
	}
	all := map[string]Seen{}
	for _, row := range rows {
		all[row.ID] = row
	}
	return all, nil
}

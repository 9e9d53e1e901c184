package interest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// ErrLeaves is a correction by which another route would be right for the
// returner: their case is declined for that reason, not corrected.
var ErrLeaves = fmt.Errorf("with this answer another route is right: %w", fault.Invalid)

// errNotCorrected is a correction that no page offers.
var errNotCorrected = fmt.Errorf("this is not corrected here: %w", fault.Invalid)

// maxWhy is the most characters of the reason for a correction.
const maxWhy = 1000

// Correction is what staff put right in the answers of a case: one answer, with
// those to the questions that it opens.
type Correction struct {
	Reference string
	Version   int // of the case that they saw
	Answers   []Answer
	Why       string
	Nonce     string // the form's key: the same form corrects once
}

// Clean gives the correction as it is stored.
func (c Correction) Clean() Correction {
	c.Why = validate.Text(c.Why)
	return c
}

// Validate says what is wrong beside the answers, by the form's field name: why.
func (c Correction) Validate() validate.Errors {
	c = c.Clean()
	var errs validate.Errors
	errs.Need("why", c.Why, "Enter why you correct it")
	errs.Max("why", c.Why, maxWhy, "Why you correct it must be 1,000 characters or less")
	return errs
}

// key is what the form of the correction is known by.
func (c Correction) key() (string, error) {
	said, err := json.Marshal(byStep(c.Answers))
	return once.Key(c.Nonce, c.Reference, string(EventCorrected), string(said), c.Why), err
}

func byStep(answers []Answer) map[string]Answer {
	all := map[string]Answer{}
	for _, one := range answers {
		all[one.Step()] = cleaned(one)
	}
	return all
}

// notCorrected are the steps that staff do not correct: an address has a way of
// its own, because mail goes to it, and the notice was read or was not.
var notCorrected = []string{"email", "privacy"}

// Correctable reports whether staff may correct the answer to a step.
func Correctable(slug string) bool {
	step, known := StepBySlug(slug)
	return known && step.clear != nil && !slices.Contains(notCorrected, slug)
}

// With gives the answers with others in their place, cleaned. What does not
// apply any more stays until Applicable.
func (a Answers) With(others ...Answer) (Answers, error) {
	body, err := json.Marshal(byStep(others))
	if err != nil {
		return Answers{}, fmt.Errorf("writing answers: %w", err)
	}
	var over Answers
	if err := json.Unmarshal(body, &over); err != nil {
		return Answers{}, fmt.Errorf("reading answers: %w", err)
	}
	merged, err := overlay(a, over)
	merged.On, merged.Book = a.On, a.Book
	return merged, err
}

// Correcting gives the answers of an expression as a form that is corrected:
// with the rules that were in force on the day when it was sent.
func (s *Store) Correcting(ctx context.Context, e Expression) (Answers, error) {
	rules := updating.Store{DB: s.DB}
	book, err := rules.Book(ctx)
	if err != nil {
		return Answers{}, fmt.Errorf("correcting expression %s: %w", e.ID, err)
	}
	a := e.Answers
	a.Book = book
	return a, nil
}

// Opened is the first question that answers leave open, such as the branch of
// a profession that was corrected; false where none is, and ErrLeaves where
// another route would be right. What was open before stays so: a case that came
// from a spreadsheet may lack answers to more questions than one.
func (a Answers) Opened(before Answers) (Step, bool, error) {
	if osteopath(a) || a.Leaves() {
		return Step{}, false, ErrLeaves
	}
	open := Missing(before)
	for _, step := range Missing(a) {
		if step.clear != nil && !slices.ContainsFunc(open, func(s Step) bool { return s.Slug == step.Slug }) {
			return step, true, nil
		}
	}
	return Step{}, false, nil
}

// Correct puts answers in the place of those of a case, for a reason that stands
// in the timeline beside the old ones. Answers whose question does not apply any
// more go, as in the form. Days of updating that rest on what was corrected are
// worked out anew, by the rules of the day when the form was sent. A case that
// changed since gives ErrCaseChanged, a question that is open ErrIncomplete,
// another route ErrLeaves, nothing to correct ErrUnchanged; the same form again
// changes nothing.
func (s *Store) Correct(ctx context.Context, by By, c Correction, organisation func(slug string) string) error {
	c = c.Clean()
	key, err := c.key()
	if err != nil {
		return fmt.Errorf("correcting a case: %w", err)
	}
	err = s.change(ctx, by, c.Reference, key, EventCorrected, func(tx pgx.Tx, _ time.Time, l locked) error {
		if l.stale(by, c.Version) {
			return ErrCaseChanged
		}
		e, err := readExpression(ctx, tx, ` where id = $1`, l.ID)
		if err != nil {
			return err
		}
		to, err := (&Store{DB: tx}).corrected(ctx, e, c)
		if err != nil {
			return err
		}
		changed, err := s.correct(ctx, tx, by, e, to, correcting{key: key, why: c.Why, organisation: organisation})
		if err == nil && !changed {
			err = ErrUnchanged
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("correcting a case: %w", err)
	}
	return nil
}

// corrected gives all answers of an expression with a correction, which must be
// whole.
func (s *Store) corrected(ctx context.Context, e Expression, c Correction) (Answers, error) {
	other := slices.ContainsFunc(c.Answers, func(a Answer) bool { return !Correctable(a.Step()) })
	if other || len(c.Answers) == 0 || c.Validate().Any() {
		return Answers{}, errNotCorrected
	}
	before, err := s.Correcting(ctx, e)
	if err != nil {
		return Answers{}, err
	}
	to, err := before.With(c.Answers...)
	if err != nil {
		return Answers{}, err
	}
	_, open, err := to.Opened(before)
	if err == nil && open {
		err = ErrIncomplete
	}
	return to, err
}

// correcting is how a correction is noted.
type correcting struct {
	key          string // of the form; "" where another event has it
	why          string // "" from the returner themselves
	organisation func(slug string) string
}

// correct puts answers in the place of those of an expression, computes the
// days of updating anew where those rest on them, and notes each answer that
// changed or went in the timeline, the first with the key of the form. It says
// whether any did. The expression must be locked.
func (s *Store) correct(ctx context.Context, tx pgx.Tx, by By, e Expression, to Answers, how correcting) (bool, error) {
	to = to.Applicable()
	result, err := corrected(e, to)
	if err != nil {
		return false, err
	}
	changes := corrections(e, to, result, how.organisation)
	for _, event := range changes {
		event.expressionID, event.at, event.kind, event.by = e.ID, s.now(), EventCorrected, by
		event.formKey, event.note = how.key, how.why
		if _, err := event.insert(ctx, tx); err != nil {
			return false, err
		}
		how.key, how.why = "", "" // a form has one event that knows it
	}
	if len(changes) == 0 {
		return false, nil
	}
	changed := rowOf(to, result)
	args := changed.named("")
	maps.Copy(args, pgx.NamedArgs{"id": e.ID, "at": s.now()})
	_, err = tx.Exec(ctx, updateAnswers, args)
	return true, err
}

// corrected is the result of an expression with other answers: the one it has,
// unless it rests on what changed.
func corrected(e Expression, to Answers) (updating.Result, error) {
	was, is := e.Answers.Situation(), to.Situation()
	was.ApplyOn = is.ApplyOn
	if was == is {
		return e.Result, nil
	}
	return to.resultSoFar()
}

// corrections are the events of a correction, in the order of the form, with the
// days of updating where they changed.
func corrections(e Expression, to Answers, result updating.Result, organisation func(slug string) string) []newEvent {
	before, after := linesByStep(e.Answers, organisation), linesByStep(to, organisation)
	before[StepResult], after[StepResult] = daysWords(e.Result), daysWords(result)
	var events []newEvent
	for _, l := range lines {
		if was, is := before[l.step], after[l.step]; was != is {
			events = append(events, newEvent{step: l.step, oldValue: was, newValue: is})
		}
	}
	return events
}

// daysWords is a result on one line, with the rules that it comes from.
func daysWords(r updating.Result) string {
	if !r.Known() {
		return "not known"
	}
	var outcomes []string
	for _, o := range r.Outcomes {
		switch o.Kind {
		case updating.Days:
			outcomes = append(outcomes, fmt.Sprintf("%d days", o.Days))
		case updating.None:
			outcomes = append(outcomes, "no updating")
		case updating.RegulatorDecides:
			outcomes = append(outcomes, "the regulator decides")
		default:
			outcomes = append(outcomes, "another route")
		}
	}
	return strings.Join(outcomes, " or ") + ", rules " + r.Version
}

// updateAnswers writes the answers that can be corrected. An address is not
// among them: it is confirmed first.
const updateAnswers = `
	update expression set
		profession = @profession, branch = @branch, standing = @standing, abroad = @abroad,
		last_practised = @last_practised, last_practised_day = @last_practised_day,
		qualified = @qualified, qualified_day = @qualified_day, name = @name, registered_name = @registered_name,
		phone = @phone, contact_by = @contact_by, postcode_area = @postcode_area,
		register_number = @register_number, register_number_unusual = @register_number_unusual,
		programme = @programme, programme_reference = @programme_reference,
		last_role = @last_role, last_setting = @last_setting, years_practised = @years_practised,
		any_organisation = @any_organisation, organisations = @organisations, settings = @settings,
		hours = @hours, start_choice = @start_choice, start_from = @start_from, help = @help,
		result = @result, rule_version = @rule_version, not_given = @not_given, updated_at = @at, version = version + 1
	where id = @id`

func linesByStep(a Answers, organisation func(slug string) string) map[string]string {
	all := map[string]string{}
	for _, line := range Lines(a, organisation) {
		all[line.Step] = words(line)
	}
	return all
}

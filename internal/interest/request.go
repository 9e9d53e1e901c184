package interest

import (
	"fmt"
	"slices"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// MaxMessage is the most characters of what staff ask a returner, and of what
// the returner writes in answer.
const MaxMessage = 2000

// answerYears is how far ahead an answer may be asked for.
const answerYears = 1

// ErrNothingAsked is an answer where nothing waits for one, or not any more.
var ErrNothingAsked = fmt.Errorf("nothing is asked of the returner: %w", fault.Gone)

// errNotAsked is an answer to a question that was not asked.
var errNotAsked = fmt.Errorf("this question was not asked: %w", fault.NotFound)

// Asking is a request for more information that staff write.
type Asking struct {
	Reference string
	Version   int      // of the case that they saw
	Message   string   // what they want to know, in their words
	Steps     []string // questions of the form to be answered again, by their slugs; may be none
	AnswerBy  DayInput // may be empty
	Nonce     string   // the form's key: the same form asks once
}

// Clean gives the asking as it is stored.
func (a Asking) Clean() Asking {
	a.Message = validate.Text(a.Message)
	a.AnswerBy = a.AnswerBy.clean()
	return a
}

// Validate says what is wrong, by the form's field names: message, steps, day,
// month, year. The answers are those of the case.
func (a Asking) Validate(of Answers, today updating.Date) validate.Errors {
	a = a.Clean()
	var errs validate.Errors
	errs.Need("message", a.Message, "Enter what you want to know")
	errs.Max("message", a.Message, MaxMessage, "What you want to know must be 2,000 characters or less")
	askable := AskableSteps(of)
	for _, slug := range a.Steps {
		if !slices.ContainsFunc(askable, func(s Step) bool { return s.Slug == slug }) {
			errs.Add("steps", "Select questions from the list")
		}
	}
	if a.AnswerBy != (DayInput{}) {
		a.AnswerBy.checkAhead(&errs, "the date to answer by", today, answerYears)
	}
	return errs
}

// settled are the steps that are not asked again. The situation decides which
// regulator's rules apply; who got them wrong sends another form. An address is
// changed by confirming it, and the notice was read.
var settled = []string{"profession", "branch", "standing", "abroad", "qualified-where", StepResult, "email", "privacy"}

// AskableSteps gives the questions that a returner with these answers can be
// asked again, in the order of the form.
func AskableSteps(a Answers) []Step {
	var askable []Step
	for _, step := range steps {
		if step.Applies(a) && !slices.Contains(settled, step.Slug) {
			askable = append(askable, step)
		}
	}
	return askable
}

// Request is a request for more information with what was answered so far.
type Request struct {
	ID         string
	EventID    int64 // of the timeline
	Message    string
	Steps      []string
	AnswerBy   updating.Date `db:"-"` // no date where none was set
	AskedAt    time.Time
	Answers    Answers        // to the steps, until they are sent
	Versions   map[string]int // how often each was saved
	Reply      string         // what the returner wrote; "" until it is sent
	AnsweredAt *time.Time
	EndedAt    *time.Time // it was taken back, or the case ended
}

// Open reports whether the request waits for an answer.
func (r Request) Open() bool { return r.AnsweredAt == nil && r.EndedAt == nil }

// Draft gives the answers of an expression with those of the request in their
// place, as a form that is filled in.
func (r Request) Draft(e Expression, now time.Time, book updating.Book) (Draft, error) {
	merged, err := overlay(e.Answers, r.Answers)
	if err != nil {
		return Draft{}, fmt.Errorf("laying the answers of request %s over expression %s: %w", r.ID, e.ID, err)
	}
	merged.On, merged.Book = DayOf(now), book
	return Draft{Answers: merged, Versions: r.Versions}, nil
}

// AskedStep is a question of the form that a request asks.
type AskedStep struct {
	Step
	Answered bool // since it was asked
}

// Asks gives the questions that a request asks, in the order of the form: those
// that staff chose, and those that an answer to them opened. Merged is the
// request's draft over the expression.
func (r Request) Asks(e Expression, merged Draft) []AskedStep {
	var asked []AskedStep
	for _, step := range steps {
		if step.clear == nil || !step.Applies(merged.Answers) {
			continue
		}
		given := r.Versions[step.Slug] > 0
		if slices.Contains(r.Steps, step.Slug) {
			asked = append(asked, AskedStep{Step: step, Answered: given && step.Done(merged.Answers)})
		} else if !step.Applies(e.Answers) {
			asked = append(asked, AskedStep{Step: step, Answered: step.Done(merged.Answers)})
		}
	}
	return asked
}

// Reply is what a returner writes in answer to a request, beside the answers to
// its questions.
type Reply struct {
	Reference string
	RequestID string // of the request that they saw
	Text      string
	Nonce     string // the form's key: the same form answers once
}

// Clean gives the reply as it is stored.
func (r Reply) Clean() Reply {
	r.Text = validate.Text(r.Text)
	return r
}

// Validate says what is wrong, by the form's field names: reply, and the slug
// of each question that is still open. Words are needed where no question of
// the form was asked.
func (r Reply) Validate(asked []AskedStep) validate.Errors {
	r = r.Clean()
	var errs validate.Errors
	for _, step := range asked {
		if !step.Answered {
			errs.Add(step.Slug, "Answer: "+step.Title)
		}
	}
	if len(asked) == 0 {
		errs.Need("reply", r.Text, "Enter your answer")
	}
	errs.Max("reply", r.Text, MaxMessage, "Your answer must be 2,000 characters or less")
	return errs
}

// Package question joins each question of the form with how its answer is read,
// checked and shown, for the returner's form and for whoever corrects it.
package question

import (
	"fmt"
	"net/url"

	"github.com/a-h/templ"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// Question is one question of the form, whatever the type of its answer.
type Question interface {
	// Saved is the page with the answer that q.Answers have, or none yet.
	Saved(q applyview.Question) templ.Component
	// Read reads the answer from a form.
	Read(fields url.Values) interest.Answer
	// Faults says what is wrong with an answer that Read read.
	Faults(answer interest.Answer, q applyview.Question) validate.Errors
	// Typed is the page with an answer that Read read.
	Typed(answer interest.Answer, q applyview.Question) templ.Component
}

// BySlug gives the question that a step asks; a NotFound fault for a step that
// asks nothing, and for no step.
func BySlug(slug string) (Question, error) {
	asking, known := questions[slug]
	if !known {
		return nil, fmt.Errorf("no question %q: %w", slug, fault.NotFound)
	}
	return asking, nil
}

// form joins a step's answer with how it is found in a draft, read from a
// form, checked and shown.
type form[T interest.Answer] struct {
	saved func(a interest.Answers) *T
	read  func(fields url.Values) T
	check func(answer T, q applyview.Question) validate.Errors
	view  func(q applyview.Question, answer T) templ.Component
}

// Saved gives the page with the answer of q.Answers.
func (f form[T]) Saved(q applyview.Question) templ.Component {
	var answer T
	if saved := f.saved(q.Answers); saved != nil {
		answer = *saved
	}
	return f.view(q, answer)
}

// Read reads the answer from the form's fields.
func (f form[T]) Read(fields url.Values) interest.Answer { return f.read(fields) }

// Faults checks an answer of the form's own type.
func (f form[T]) Faults(answer interest.Answer, q applyview.Question) validate.Errors {
	return f.check(answer.(T), q)
}

// Typed gives the page with an answer of the form's own type.
func (f form[T]) Typed(answer interest.Answer, q applyview.Question) templ.Component {
	return f.view(q, answer.(T))
}

package component

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Hint helps people answer a question.
type Hint struct {
	Text       string
	HTML       templ.Component
	ID         string // set by the component that the hint is in
	Classes    string
	Attributes Attributes
}

// Render writes the hint.
func (h Hint) Render(ctx context.Context, w io.Writer) error {
	ctx, h.HTML = body(ctx, h.HTML)
	return hint(h).Render(ctx, w)
}

func (h Hint) isEmpty() bool { return h.Text == "" && h.HTML == nil }

// ErrorMessage says beside a field what to do about it. One without text shows
// nothing, so a view may pass what validation says of the field as it is.
type ErrorMessage struct {
	Text               string
	HTML               templ.Component
	Bare               bool   // marks the field as wrong without a message
	VisuallyHiddenText string // "Error" when empty
	NoHiddenText       bool   // the text alone
	ID                 string // set by the component that the message is in
	Classes            string
	Attributes         Attributes
}

// Render writes the error message.
func (e ErrorMessage) Render(ctx context.Context, w io.Writer) error {
	ctx, e.HTML = body(ctx, e.HTML)
	return errorMessage(e).Render(ctx, w)
}

func (e ErrorMessage) isEmpty() bool { return e.Text == "" && e.HTML == nil }

// prefix says to screen readers that it is an error.
func (e ErrorMessage) prefix() templ.Component {
	if e.NoHiddenText {
		return templ.NopComponent
	}
	return before(or(e.VisuallyHiddenText, "Error") + ":")
}

// marks reports whether the field is shown as wrong.
func (e ErrorMessage) marks() bool { return e.Bare || !e.isEmpty() }

// Fieldset groups form controls under a legend.
type Fieldset struct {
	Legend      Legend
	HTML        templ.Component // or children
	Role        string
	DescribedBy string // ids of elements that describe the group
	ID          string
	Classes     string
	Attributes  Attributes
}

// Render writes the fieldset.
func (f Fieldset) Render(ctx context.Context, w io.Writer) error {
	ctx, f.HTML = body(ctx, f.HTML)
	return fieldset(f).Render(ctx, w)
}

func (f Fieldset) attrs() attrs {
	return class("nhsuk-fieldset", f.Classes).maybe("id", f.ID).maybe("role", f.Role).
		maybe("aria-describedby", f.DescribedBy).and(f.Attributes)
}

// FormGroup is the box around a form control.
type FormGroup struct {
	Classes      string
	Attributes   Attributes
	BeforeInput  Content // beside a single control
	AfterInput   Content
	BeforeInputs Content // around the items of radios, checkboxes and dates
	AfterInputs  Content
}

// question is what every form control has around it.
type question struct {
	label     Label
	hint      Hint
	message   ErrorMessage
	id        string // of the control, or the prefix of ids
	described string // ids that describe the control besides
	group     FormGroup
	class     string // of the form group
	extra     attrs  // of the form group
	after     string // classes that follow the mark of an error
}

// withIDs gives the label, hint and message the ids that belong to the control.
func (q question) withIDs() question {
	q.label = q.label.forID(q.id)
	q.hint.ID = or(q.hint.ID, q.id+"-hint")
	q.message.ID = or(q.message.ID, q.id+"-error")
	return q
}

// describedBy lists the ids of what describes the control.
func (q question) describedBy() string {
	q = q.withIDs()
	return join(q.described, when(!q.hint.isEmpty(), q.hint.ID), when(!q.message.isEmpty(), q.message.ID))
}

// attrs are those of the form group.
func (q question) attrs() attrs {
	a := class(or(q.class, "nhsuk-form-group"), when(q.message.marks(), "nhsuk-form-group--error"), q.after, q.group.Classes)
	return append(a, q.extra...).and(q.group.Attributes)
}

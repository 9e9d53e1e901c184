package admin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/question"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/applyview"
)

// correction is a question of a case whose answer is corrected.
type correction struct {
	asking question.Question
	step   interest.Step
	before interest.Answers // those of the case
	given  []interest.Answer
	view   adminview.Correction
}

// aroundAnswer are the fields of the form that are no part of the answer.
var aroundAnswer = []string{page.FormKeyField, applyview.VersionField, "seen", "why"}

// expressionCorrectPage shows a question with the answer that the case has.
func (h *Handler) expressionCorrectPage(w http.ResponseWriter, r *http.Request) error {
	c, err := h.readCorrection(r)
	if err != nil {
		return err
	}
	if !c.step.Applies(c.before) {
		return fmt.Errorf("question %q is not asked: %w", c.step.Slug, fault.NotFound)
	}
	if err := h.viewed(r, "expression", c.view.Case.ID); err != nil {
		return err
	}
	c.view.Version = c.view.Case.Version
	q, err := h.correctionQuestion(r, c)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, c.asking.Saved(q))
}

// expressionCorrect corrects an answer. Where that opens other questions, they
// are asked before anything is saved.
func (h *Handler) expressionCorrect(w http.ResponseWriter, r *http.Request) error {
	c, err := h.readCorrection(r)
	if err != nil {
		return err
	}
	answer, wish := c.asking.Read(r.PostForm), h.wish(r, c)
	q, err := h.correctionQuestion(r, c)
	if err != nil {
		return err
	}
	q.Errors = append(c.asking.Faults(answer, q), wish.Validate()...)
	if q.Errors.Any() {
		return h.showCorrection(w, r, http.StatusUnprocessableEntity, c, q, answer)
	}
	wish.Answers = append(wish.Answers, answer)
	to, err := c.before.With(wish.Answers...)
	if err != nil {
		return err
	}
	next, open, err := to.Opened(c.before)
	if err == nil && open {
		return h.showOpened(w, r, c, next)
	}
	if err == nil {
		err = h.correct(r, wish)
	}
	return h.afterCorrection(w, r, c, q, answer, err)
}

// correct makes the correction, with organisations by their names.
func (h *Handler) correct(r *http.Request, wish interest.Correction) error {
	organisation, err := h.organisationNames(r.Context())
	if err != nil {
		return err
	}
	return h.interest.Correct(r.Context(), caseBy(r), wish, organisation)
}

// afterCorrection leads to the case, or shows the question again with what
// stands in the way.
func (h *Handler) afterCorrection(w http.ResponseWriter, r *http.Request, c correction, q applyview.Question, answer interest.Answer, err error) error {
	switch {
	case errors.Is(err, interest.ErrLeaves):
		c.view.Stop = "With this answer another route is right for them. Decline the case for that reason instead, and say why in the note."
	case errors.Is(err, interest.ErrUnchanged):
		c.view.Stop = "This is the answer that the case has. Change it, or go back to the case."
	case errors.Is(err, interest.ErrCaseChanged):
		c.view.Changed, c.view.Version = true, c.view.Case.Version
		return h.showCorrection(w, r, http.StatusConflict, c, q, answer)
	case err != nil:
		return err
	default:
		h.notify(r, "Answer corrected")
		return seeOther(w, r, adminview.ExpressionURL(c.view.Case.Reference))
	}
	return h.showCorrection(w, r, http.StatusUnprocessableEntity, c, q, answer)
}

// showCorrection shows the question again with what was typed.
func (h *Handler) showCorrection(w http.ResponseWriter, r *http.Request, status int, c correction, q applyview.Question, answer interest.Answer) error {
	c.view.Errors = q.Errors
	q.Version = c.view.Version
	q.Correcting = correcting(c.view)
	return h.pages.Render(w, r, status, c.asking.Typed(answer, q))
}

// showOpened asks a question that a correction opens, and carries what was
// answered so far.
func (h *Handler) showOpened(w http.ResponseWriter, r *http.Request, c correction, next interest.Step) error {
	for name, values := range r.PostForm {
		if slices.Contains(aroundAnswer, name) || strings.Contains(name, ":") {
			continue
		}
		for _, value := range values {
			c.view.Carried = append(c.view.Carried, interest.Field{Name: c.step.Slug + ":" + name, Value: value})
		}
	}
	c.given = append(c.given, c.asking.Read(r.PostForm))
	c.step, c.view.Opened = next, true
	var err error
	if c.asking, err = question.BySlug(next.Slug); err != nil {
		return err
	}
	q, err := h.correctionQuestion(r, c)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, c.asking.Saved(q))
}

// readCorrection reads the case, the question of the address, and what the form
// carries of questions before it.
func (h *Handler) readCorrection(r *http.Request) (correction, error) {
	slug := chi.URLParam(r, "step")
	step, _ := interest.StepBySlug(slug)
	c := correction{step: step}
	var err error
	if c.asking, err = question.BySlug(slug); err != nil || !interest.Correctable(slug) {
		return c, errors.Join(err, fault.NotFound)
	}
	if c.view.Case, err = h.interest.ByReference(r.Context(), chi.URLParam(r, "reference")); err != nil {
		return c, err
	}
	if c.view.Staff, err = h.staff.List(r.Context()); err != nil {
		return c, err
	}
	if c.before, err = h.interest.Correcting(r.Context(), c.view.Case.Expression); err != nil {
		return c, err
	}
	c.view.Version, c.view.Why = formVersion(r), r.PostForm.Get("why")
	c.view.Seen, _ = strconv.ParseInt(r.PostForm.Get("seen"), 10, 64)
	return c, c.readCarried(r.PostForm)
}

// readCarried reads the answers to earlier questions: their fields have the
// slug of the question before their name.
func (c *correction) readCarried(fields url.Values) error {
	earlier := map[string]url.Values{}
	for name, values := range fields {
		slug, field, carried := strings.Cut(name, ":")
		if !carried {
			continue
		}
		if earlier[slug] == nil {
			earlier[slug] = url.Values{}
		}
		earlier[slug][field] = values
		for _, value := range values {
			c.view.Carried = append(c.view.Carried, interest.Field{Name: name, Value: value})
		}
	}
	for slug, values := range earlier {
		asked, err := question.BySlug(slug)
		if err != nil {
			return err
		}
		c.given = append(c.given, asked.Read(values))
	}
	c.view.Opened = len(earlier) > 0
	return nil
}

// wish is what the form asks for, without the answer to its own question.
func (h *Handler) wish(r *http.Request, c correction) interest.Correction {
	return interest.Correction{
		Reference: c.view.Case.Reference, Version: c.view.Version, Answers: c.given, Why: c.view.Why, Nonce: page.Nonce(r),
	}
}

// correctionQuestion is what the page of the question needs besides the answer.
func (h *Handler) correctionQuestion(r *http.Request, c correction) (applyview.Question, error) {
	merged, err := c.before.With(c.given...)
	if err != nil {
		return applyview.Question{}, err
	}
	step := c.step
	step.Title = merged.Book.On(merged.On).Fill(step.Title)
	reference := c.view.Case.Reference
	q := applyview.Question{
		Frame: h.frame(r, step.Title, false), FormKey: page.FormKey(r.Context()), Step: step, Version: c.view.Version,
		Action: adminview.CorrectURL(reference, step.Slug), Back: adminview.ExpressionURL(reference),
		Answers: merged, Correcting: correcting(c.view),
	}
	if step.Slug == "organisations" {
		q.Organisations, err = h.faculty.Organisations(r.Context())
	}
	return q, err
}

func correcting(view adminview.Correction) *applyview.Correcting {
	return &applyview.Correcting{Caption: view.Caption(), Above: view.Above(), Below: view.Below()}
}

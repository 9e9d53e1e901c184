package apply

import (
	"errors"
	"fmt"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// replyPage shows what a returner was asked. Where nothing is asked any more it
// leads to where the case stands.
func (h *Handler) replyPage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	draft, request, err := h.drafts.ReplyDraft(r.Context(), c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	return h.showReply(w, r, c, applyview.ReplyPage{Request: request, Asked: request.Asks(draft)}, nil)
}

// reply sends the answer.
func (h *Handler) reply(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	reply := interest.Reply{Reference: c.Reference, RequestID: r.PostForm.Get(applyview.RequestField), Text: r.PostForm.Get("reply"), Nonce: page.Nonce(r)}
	draft, request, err := h.drafts.ReplyDraft(r.Context(), c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	view := applyview.ReplyPage{Request: request, Asked: request.Asks(draft), Text: reply.Text}
	if errs := reply.Validate(view.Asked); errs.Any() {
		return h.showReply(w, r, c, view, errs)
	}
	organisation, err := h.organisationName(r.Context())
	if err != nil {
		return err
	}
	if err := h.drafts.SendReply(r.Context(), returner(r), reply, organisation); err != nil {
		return err
	}
	return h.done(w, r, applyview.DoneAnswered)
}

func (h *Handler) showReply(w http.ResponseWriter, r *http.Request, c interest.Case, view applyview.ReplyPage, errs validate.Errors) error {
	view.TrackForm = h.trackForm(r, c, applyview.ReplyTitle, errs)
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.Reply(view))
}

// askAgain shows one question of the form that is asked again.
func (h *Handler) askAgain(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	question, q, err := h.askedAgain(r, c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, question.savedView(q))
}

// saveAgain keeps the answer to it until all are sent.
func (h *Handler) saveAgain(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	question, q, err := h.askedAgain(r, c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	answer := question.readFrom(r.PostForm)
	if q.Errors = question.faults(answer, q); q.Errors.Any() {
		q.Version = version(r)
		return h.deps.Pages.Render(w, r, http.StatusUnprocessableEntity, question.typedView(answer, q))
	}
	_, err = h.drafts.SaveReply(r.Context(), c.Reference, version(r), answer)
	var stale *interest.StaleError
	if errors.As(err, &stale) {
		q.Version = stale.Saved.Version(q.Step.Slug)
		q.Meanwhile = meanwhile(stale.Saved.Answers, q)
		return h.deps.Pages.Render(w, r, http.StatusConflict, question.typedView(answer, q))
	}
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, applyview.ReplyURL(token(r)))
}

// askedAgain is a question that the open request of a case asks, with what its
// page needs besides the answer.
func (h *Handler) askedAgain(r *http.Request, c interest.Case) (question, applyview.Question, error) {
	draft, request, err := h.drafts.ReplyDraft(r.Context(), c)
	if err != nil {
		return nil, applyview.Question{}, err
	}
	for _, step := range request.Asks(draft) {
		if step.Slug != slug(r) {
			continue
		}
		q, err := h.asked(r, draft)
		q.Action, q.Back, q.Next = r.URL.Path, applyview.ReplyURL(token(r)), applyview.ReplyURL(token(r))
		q.From, q.FormKey = "", page.PublicFormKey(r.Context(), r.URL.Path)
		return questions[step.Slug], q, err
	}
	return nil, applyview.Question{}, fmt.Errorf("question %q is not asked: %w", slug(r), fault.NotFound)
}

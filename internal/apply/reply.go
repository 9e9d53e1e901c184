package apply

import (
	"errors"
	"fmt"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/question"
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
	return h.showReply(w, r, c, applyview.ReplyPage{Request: request, Asked: request.Asks(c.Expression, draft)}, nil)
}

// reply sends the answer. What was asked may have changed since the page was
// opened; then the page comes back with what was typed.
func (h *Handler) reply(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	reply := interest.Reply{Reference: c.Reference, RequestID: r.PostForm.Get(applyview.RequestField), Text: r.PostForm.Get("reply"), Nonce: page.Nonce(r)}
	organisation, err := h.organisationName(r.Context())
	if err != nil {
		return err
	}
	err = h.drafts.SendReply(r.Context(), returner(r), reply, organisation)
	if err == nil {
		return h.done(w, r, applyview.DoneAnswered)
	}
	draft, request, nothing := h.drafts.ReplyDraft(r.Context(), c)
	view := applyview.ReplyPage{Request: request, Asked: request.Asks(c.Expression, draft), Text: reply.Text}
	switch {
	case errors.Is(err, interest.ErrIncomplete):
		return h.showReply(w, r, c, view, reply.Validate(view.Asked))
	case !errors.Is(err, interest.ErrNothingAsked):
		return err
	case errors.Is(nothing, interest.ErrNothingAsked):
		return h.showUnasked(w, r, c, reply.Text)
	case nothing != nil:
		return nothing
	}
	view.Changed = true
	view.TrackForm = h.trackForm(r, c, applyview.ReplyTitle, nil)
	return h.deps.Pages.Render(w, r, http.StatusConflict, applyview.Reply(view))
}

// showUnasked repeats what somebody wrote in answer to a question that was
// taken back meanwhile: it must not be lost.
func (h *Handler) showUnasked(w http.ResponseWriter, r *http.Request, c interest.Case, text string) error {
	return h.deps.Pages.Render(w, r, http.StatusConflict, applyview.Unasked(applyview.ReplyPage{
		TrackForm: h.trackForm(r, c, applyview.UnaskedTitle, nil), Text: text,
	}))
}

func (h *Handler) showReply(w http.ResponseWriter, r *http.Request, c interest.Case, view applyview.ReplyPage, errs validate.Errors) error {
	view.TrackForm = h.trackForm(r, c, applyview.ReplyTitle, errs)
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.Reply(view))
}

// askAgain shows one question of the form that is asked again.
func (h *Handler) askAgain(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	asking, q, err := h.askedAgain(r, c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, asking.Saved(q))
}

// saveAgain keeps the answer to it until all are sent.
func (h *Handler) saveAgain(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	asking, q, err := h.askedAgain(r, c)
	if errors.Is(err, interest.ErrNothingAsked) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if err != nil {
		return err
	}
	answer := asking.Read(r.PostForm)
	if q.Errors = asking.Faults(answer, q); q.Errors.Any() {
		q.Version = version(r)
		return h.deps.Pages.Render(w, r, http.StatusUnprocessableEntity, asking.Typed(answer, q))
	}
	_, err = h.drafts.SaveReply(r.Context(), c.Reference, version(r), answer)
	var stale *interest.StaleError
	if errors.As(err, &stale) {
		q.Version = stale.Saved.Version(q.Step.Slug)
		q.Meanwhile = meanwhile(stale.Saved.Answers, q)
		return h.deps.Pages.Render(w, r, http.StatusConflict, asking.Typed(answer, q))
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
func (h *Handler) askedAgain(r *http.Request, c interest.Case) (question.Question, applyview.Question, error) {
	draft, request, err := h.drafts.ReplyDraft(r.Context(), c)
	if err != nil {
		return nil, applyview.Question{}, err
	}
	for _, step := range request.Asks(c.Expression, draft) {
		if step.Slug != slug(r) {
			continue
		}
		q, err := h.asked(r, draft)
		q.Action, q.Back, q.Next = r.URL.Path, applyview.ReplyURL(token(r)), applyview.ReplyURL(token(r))
		q.From, q.FormKey = "", page.PublicFormKey(r.Context(), r.URL.Path)
		if err != nil {
			return nil, q, err
		}
		asking, err := question.BySlug(step.Slug)
		return asking, q, err
	}
	return nil, applyview.Question{}, fmt.Errorf("question %q is not asked: %w", slug(r), fault.NotFound)
}

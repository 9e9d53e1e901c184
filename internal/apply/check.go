package apply

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/applyview"
	"ahpfaculty/web/layout"
)

// check is the page of all answers, from which the form is sent.
func (h *Handler) check(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	if open, instead := interest.Gate(draft.Answers, interest.CheckSlug); !open {
		return redirect(w, r, applyview.StepURL(instead))
	}
	view, err := h.checkPage(r, draft)
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Check(view))
}

// send sends the form. However often and at once it is sent, there is one
// expression, and everybody is shown its reference.
func (h *Handler) send(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	err := h.trySend(r, draft)
	switch {
	case errors.Is(err, interest.ErrIncomplete):
		return redirect(w, r, applyview.CheckURL())
	case errors.Is(err, interest.ErrChanged):
		return h.checkAgain(w, r)
	case err != nil:
		return err
	}
	return redirect(w, r, applyview.SentURL())
}

func (h *Handler) trySend(r *http.Request, draft interest.Draft) error {
	ctx, id := r.Context(), page.RequestID(r.Context())
	if h.deps.Trusting {
		_, err := h.drafts.Send(ctx, draft.ID, revision(r), id)
		return err
	}
	how := interest.Press{Trapped: r.PostForm.Get(layout.TrapField) != "", From: page.ClientAddress(ctx)}
	_, err := h.drafts.SendWarily(ctx, draft.ID, revision(r), id, how)
	return err
}

// checkAgain shows the answers anew: they are not those that were checked.
func (h *Handler) checkAgain(w http.ResponseWriter, r *http.Request) error {
	draft, err := h.draft(r.Context())
	if err != nil {
		return err
	}
	if draft.Sent() || len(interest.Missing(draft.Answers)) > 0 {
		return redirect(w, r, applyview.CheckURL())
	}
	view, err := h.checkPage(r, draft)
	if err != nil {
		return err
	}
	view.Changed = true
	return h.deps.Pages.Render(w, r, http.StatusConflict, applyview.Check(view))
}

func (h *Handler) checkPage(r *http.Request, draft interest.Draft) (applyview.CheckPage, error) {
	result, err := draft.Answers.Result()
	if err != nil {
		return applyview.CheckPage{}, err
	}
	lines, err := h.lines(r.Context(), draft.Answers)
	if err != nil {
		return applyview.CheckPage{}, err
	}
	return applyview.CheckPage{
		Frame:    h.deps.Frame(r),
		FormKey:  page.FormKey(r.Context()),
		Revision: draft.Revision,
		Lines:    lines,
		Result:   result,
	}, nil
}

// lines are the answers in words.
func (h *Handler) lines(ctx context.Context, a interest.Answers) ([]interest.Line, error) {
	organisations, err := h.faculty.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	return interest.Lines(a, applyview.OrganisationName(organisations)), nil
}

// revision is the state of the draft that was checked. Anything that is no
// number is no state that a draft has.
func revision(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get(applyview.RevisionField))
	if err != nil {
		return -1
	}
	return n
}

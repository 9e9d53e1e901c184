package apply

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// resumePage shows the button that a one-time link leads to. It changes
// nothing: mail scanners follow links.
func (h *Handler) resumePage(w http.ResponseWriter, r *http.Request) error {
	link, err := h.drafts.Link(r.Context(), chi.URLParam(r, "token"))
	if errors.Is(err, fault.Gone) {
		return h.showLinkGone(w, r)
	}
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Resume(applyview.ResumePage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), Token: chi.URLParam(r, "token"), Link: link,
	}))
}

// resume uses a link up and makes its draft this browser's. Where the browser
// has another one begun it asks first; nothing is deleted either way.
func (h *Handler) resume(w http.ResponseWriter, r *http.Request) error {
	ask, err := h.choice(r)
	if err != nil {
		return err
	}
	if ask != nil {
		switch r.PostForm.Get(applyview.KeepField) {
		case applyview.KeepHere:
			return redirect(w, r, applyview.TasksURL())
		case applyview.KeepLinked:
		default:
			return h.askWhichForm(w, r, *ask)
		}
	}
	draft, err := h.drafts.UseLink(r.Context(), chi.URLParam(r, "token"), page.Nonce(r))
	if errors.Is(err, fault.Gone) {
		return h.showLinkGone(w, r)
	}
	if err != nil {
		return err
	}
	if err := h.bind(r.Context(), draft); err != nil {
		return err
	}
	return redirect(w, r, applyview.TasksURL())
}

// choice is what to ask where the browser has another form begun than the one
// that the link opens; nil where there is nothing to choose.
func (h *Handler) choice(r *http.Request) (*applyview.ChoosePage, error) {
	here, err := h.open(r.Context())
	if err != nil || !here.Begun() {
		return nil, err
	}
	token := chi.URLParam(r, "token")
	link, err := h.drafts.Link(r.Context(), token)
	if errors.Is(err, fault.Gone) {
		return nil, nil // using it says so
	}
	if err != nil || link.Draft.ID == here.ID {
		return nil, err
	}
	return &applyview.ChoosePage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), Token: token, Linked: link.Draft, Here: here,
	}, nil
}

// askWhichForm asks which of two forms to keep working on.
func (h *Handler) askWhichForm(w http.ResponseWriter, r *http.Request, ask applyview.ChoosePage) error {
	status := http.StatusConflict
	if r.PostForm.Has(applyview.AskedField) {
		ask.Errors = validate.Errors{{Field: applyview.KeepField, Message: "Select which form you want to keep working on"}}
		status = http.StatusUnprocessableEntity
	}
	return h.deps.Pages.Render(w, r, status, applyview.Choose(ask))
}

// open is the session's draft that is not sent; the zero draft where it has none.
func (h *Handler) open(ctx context.Context) (interest.Draft, error) {
	draft, err := h.draft(ctx)
	if errors.Is(err, fault.NotFound) || draft.Sent() {
		return interest.Draft{}, nil
	}
	return draft, err
}

// bind makes a draft the session's, under a new token and with new form keys:
// a page of another draft that is still open cannot save into this one.
func (h *Handler) bind(ctx context.Context, draft interest.Draft) error {
	if err := page.Renew(ctx, h.deps.Sessions); err != nil {
		return err
	}
	h.deps.Sessions.Put(ctx, draftKey, draft.ID)
	h.keepSession(ctx, draft)
	return nil
}

// showLinkGone offers a new link in place of one that opens nothing.
func (h *Handler) showLinkGone(w http.ResponseWriter, r *http.Request) error {
	here, err := h.open(r.Context())
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusGone, applyview.LinkGone(applyview.LinkGonePage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), Begun: here.ID != "",
	}))
}

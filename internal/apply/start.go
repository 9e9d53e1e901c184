package apply

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/applyview"
)

// start is the page before the first question.
func (h *Handler) start(w http.ResponseWriter, r *http.Request) error {
	draft, err := h.draft(r.Context())
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	details, err := h.faculty.Details(r.Context())
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Start(applyview.StartPage{
		Frame:     h.deps.Frame(r),
		FormKey:   page.FormKey(r.Context()),
		Details:   details,
		Begun:     draft.ID != "" && !draft.Sent(),
		Reference: draft.Reference,
		KeptUntil: interest.DayOf(draft.ExpiresAt),
	}))
}

// begin begins a draft, or goes on with the one that the session has.
func (h *Handler) begin(w http.ResponseWriter, r *http.Request) error {
	if _, err := h.begun(r.Context()); err != nil {
		return err
	}
	return redirect(w, r, applyview.TasksURL())
}

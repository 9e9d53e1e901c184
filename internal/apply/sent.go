package apply

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/web/applyview"
)

// sent confirms that the form was sent. It reads the reference from the draft,
// so that it can be loaded as often as somebody likes.
func (h *Handler) sent(w http.ResponseWriter, r *http.Request) error {
	draft, err := h.draft(r.Context())
	if errors.Is(err, fault.NotFound) {
		return h.deps.Pages.Render(w, r, http.StatusNotFound, applyview.Lost(h.deps.Frame(r)))
	}
	if err != nil {
		return err
	}
	if !draft.Sent() {
		return redirect(w, r, applyview.TasksURL())
	}
	details, err := h.faculty.Details(r.Context())
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Sent(applyview.SentPage{
		Frame:     h.deps.Frame(r),
		Reference: draft.Reference,
		Details:   details,
	}))
}

package apply

import (
	"fmt"
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/applyview"
)

// leavePage says how to come back before somebody leaves a device. Who has
// left already is told so.
func (h *Handler) leavePage(w http.ResponseWriter, r *http.Request) error {
	draft, err := h.open(r.Context())
	if err != nil {
		return err
	}
	if draft.ID == "" {
		return redirect(w, r, applyview.LeftURL())
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Leave(applyview.LeavePage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), KeptUntil: interest.DayOf(draft.ExpiresAt),
	}))
}

// leave ends the session: what is left in the browser opens nothing.
func (h *Handler) leave(w http.ResponseWriter, r *http.Request) error {
	if err := h.deps.Sessions.Destroy(r.Context()); err != nil {
		return fmt.Errorf("ending a form's session: %w", err)
	}
	return redirect(w, r, applyview.LeftURL())
}

// left says that this device no longer has the form; where it has one, it is
// not left.
func (h *Handler) left(w http.ResponseWriter, r *http.Request) error {
	draft, err := h.open(r.Context())
	if err != nil {
		return err
	}
	if draft.ID != "" {
		return redirect(w, r, applyview.LeaveURL())
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Left(h.deps.Frame(r)))
}

package apply

import (
	"net/http"

	"ahpfaculty/internal/page"
)

// orAgain answers a form that could not be kept just now with a page that
// carries all that was typed, so that one button tries again.
func (h *Handler) orAgain(next page.Handler) page.Handler {
	return h.deps.Pages.OrAgain(h.deps.Frame, next)
}

// Unavailable answers for the form's session manager when the session itself
// cannot be read or kept: a form is offered again with all that was typed, and
// everything else gets the error page.
func (h *Handler) Unavailable(w http.ResponseWriter, r *http.Request, err error) {
	if r.Method == http.MethodPost && page.Unavailable(err) && h.deps.Pages.Again(w, r, h.deps.Frame(r)) == nil {
		return
	}
	h.deps.Pages.Fail(w, r, err)
}

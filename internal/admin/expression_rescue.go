package admin

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// expressionRescue brings a case among the others that was set aside because a
// program seemed to have sent it.
func (h *Handler) expressionRescue(w http.ResponseWriter, r *http.Request) error {
	// A version that is no number is none that a case has.
	version, _ := strconv.Atoi(r.PostForm.Get("version"))
	reference := chi.URLParam(r, "reference")
	err := h.interest.Rescue(r.Context(), caseBy(r), interest.Turning{Reference: reference, Version: version, Nonce: page.Nonce(r)})
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showChanged(w, r, adminview.Expression{})
	}
	if err != nil {
		return err
	}
	h.notify(r, "Among the cases now. The person gets their confirmation by email")
	return seeOther(w, r, adminview.ExpressionURL(reference))
}

package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/subject"
	"ahpfaculty/web/adminview"
)

// ofCase has every page of a case say when the case was erased.
func (h *Handler) ofCase(handle page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := handle(w, r)
		if !errors.Is(err, interest.ErrErased) {
			return err
		}
		frame := under(h.frame(r, "Erased", false), "Expressions of interest", adminview.ExpressionsURL())
		return h.pages.Render(w, r, http.StatusGone, adminview.Erased{Frame: frame}.Page())
	}
}

func (h *Handler) expressionErasePage(w http.ResponseWriter, r *http.Request) error {
	return h.showErase(w, r, http.StatusOK, adminview.Erase{})
}

// showErase says what an erasure takes and what it leaves; the view it is given
// has what was typed and is wrong with it.
func (h *Handler) showErase(w http.ResponseWriter, r *http.Request, status int, view adminview.Erase) error {
	all, err := h.subject.Everything(r.Context(), caseBy(r), subject.ToErase, chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	view.Everything = all
	frame := h.frame(r, "Erase this case", view.Errors.Any())
	view.Frame = under(frame, "Expression of interest "+all.Case.Reference, adminview.ExpressionURL(all.Case.Reference))
	return h.pages.Render(w, r, status, view.Page())
}

// expressionErase erases a case. Where somebody else changed it since the page
// was opened, the page comes back: what was erased must be what was seen.
func (h *Handler) expressionErase(w http.ResponseWriter, r *http.Request) error {
	erasure := interest.Erasure{Reference: chi.URLParam(r, "reference"), Version: formVersion(r), Typed: r.PostForm.Get("typed")}
	if errs := erasure.Validate(); errs.Any() {
		return h.showErase(w, r, http.StatusUnprocessableEntity, adminview.Erase{Typed: erasure.Typed, Errors: errs})
	}
	err := h.interest.Erase(r.Context(), caseBy(r), erasure)
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showErase(w, r, http.StatusConflict, adminview.Erase{Typed: erasure.Typed, Changed: true})
	}
	if err != nil {
		return err
	}
	h.notify(r, "The case was erased")
	return seeOther(w, r, adminview.ExpressionsURL())
}

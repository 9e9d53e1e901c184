package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// expressionAssign gives a case to a member of staff, or to nobody.
func (h *Handler) expressionAssign(w http.ResponseWriter, r *http.Request) error {
	to := r.PostForm.Get("assignee")
	if r.PostForm.Get("me") == "yes" {
		to = viewer(r).ID
	}
	assignment := interest.Assignment{
		Reference: chi.URLParam(r, "reference"), Version: formVersion(r), To: to, Nonce: page.Nonce(r),
	}
	err := h.interest.Assign(r.Context(), caseBy(r), assignment)
	switch {
	case errors.Is(err, interest.ErrCaseChanged):
		return h.showChanged(w, r, adminview.Expression{Assignee: &assignment.To})
	case errors.Is(err, interest.ErrAssignee):
		return h.showUnassigned(w, r, assignment)
	case err != nil:
		return err
	}
	h.notify(r, "The case was assigned")
	if assignment.To == "" {
		h.notify(r, "Nobody has the case now")
	}
	return seeOther(w, r, adminview.ExpressionURL(assignment.Reference))
}

// showUnassigned says that the chosen account may not have cases, which it may
// have had when the page was opened.
func (h *Handler) showUnassigned(w http.ResponseWriter, r *http.Request, a interest.Assignment) error {
	c, err := h.interest.ByReference(r.Context(), a.Reference)
	if err != nil {
		return err
	}
	var errs validate.Errors
	errs.Add("assignee", "Select somebody who can have cases")
	return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, AssignErrors: errs})
}

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

// expressionMove moves a case to another stage. Where somebody else changed it
// since the page was opened, the page comes back with what they changed and
// what was typed here.
func (h *Handler) expressionMove(w http.ResponseWriter, r *http.Request) error {
	move := readMove(r)
	c, err := h.interest.ByReference(r.Context(), move.Reference)
	if err != nil {
		return err
	}
	if c.Version == move.Version {
		if errs := move.Validate(c.Stage); errs.Any() {
			return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Move: move, MoveErrors: errs})
		}
	}
	err = h.interest.Move(r.Context(), caseBy(r), move)
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showChanged(w, r, adminview.Expression{Move: move})
	}
	if err != nil {
		return err
	}
	notice := "Moved to: " + move.To.Name()
	if move.Tell {
		notice = toldOf(notice, notice, c)
	}
	h.notify(r, notice)
	return seeOther(w, r, adminview.ExpressionURL(c.Reference))
}

func readMove(r *http.Request) interest.Move {
	to := interest.Stage(r.PostForm.Get("to"))
	return interest.Move{
		Reference: chi.URLParam(r, "reference"), Version: caseVersion(r), To: to,
		Reason: adminview.ReasonOf(r.PostForm.Get("reason"), to), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
		Tell: r.PostForm.Get("tell") == "yes",
	}
}

// showChanged shows the case as it is now, with what happened since the form
// was opened. The view it is given has what was typed.
func (h *Handler) showChanged(w http.ResponseWriter, r *http.Request, view adminview.Expression) error {
	var err error
	if view.Case, err = h.interest.ByReference(r.Context(), chi.URLParam(r, "reference")); err != nil {
		return err
	}
	view.Changed = true
	view.Seen, _ = strconv.ParseInt(r.PostForm.Get("seen"), 10, 64)
	return h.showExpression(w, r, http.StatusConflict, view)
}

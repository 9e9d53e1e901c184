package admin

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// expressionTurn makes the handler of a change that needs no words. The next
// page says the notice.
func (h *Handler) expressionTurn(change func(context.Context, interest.By, interest.Turning) error, notice string) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		turning := interest.Turning{Reference: chi.URLParam(r, "reference"), Version: formVersion(r), Nonce: page.Nonce(r)}
		err := change(r.Context(), caseBy(r), turning)
		if errors.Is(err, interest.ErrCaseChanged) {
			return h.showChanged(w, r, adminview.Expression{})
		}
		if err != nil {
			return err
		}
		h.notify(r, notice)
		return seeOther(w, r, adminview.ExpressionURL(turning.Reference))
	}
}

// expressionHold puts a case on hold until a day.
func (h *Handler) expressionHold(w http.ResponseWriter, r *http.Request) error {
	hold := readHold(r)
	c, err := h.interest.ByReference(r.Context(), hold.Reference)
	if err != nil {
		return err
	}
	if errs := hold.Validate(interest.DayOf(h.deps.Now())); errs.Any() && c.Version == hold.Version {
		return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Hold: hold, HoldErrors: errs})
	}
	err = h.interest.Hold(r.Context(), caseBy(r), hold)
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showChanged(w, r, adminview.Expression{Hold: hold})
	}
	if err != nil {
		return err
	}
	h.notify(r, "The case is on hold")
	return seeOther(w, r, adminview.ExpressionURL(c.Reference))
}

func readHold(r *http.Request) interest.Hold {
	return interest.Hold{
		Reference: chi.URLParam(r, "reference"), Version: formVersion(r), Reason: r.PostForm.Get("reason"),
		Until: readDay(r), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
}

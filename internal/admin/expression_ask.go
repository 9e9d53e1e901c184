package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// expressionAsk asks the returner for more information.
func (h *Handler) expressionAsk(w http.ResponseWriter, r *http.Request) error {
	asking := readAsking(r)
	c, err := h.interest.ByReference(r.Context(), asking.Reference)
	if err != nil {
		return err
	}
	if errs := asking.Validate(c.Answers, interest.DayOf(h.deps.Now())); errs.Any() && c.Version == asking.Version {
		return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Asking: asking, AskErrors: errs})
	}
	err = h.interest.Ask(r.Context(), caseBy(r), asking)
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showChanged(w, r, adminview.Expression{Asking: asking})
	}
	if err != nil {
		return err
	}
	h.notify(r, toldOf("The returner was asked for more information", "The question is with the case", c))
	return seeOther(w, r, adminview.ExpressionURL(c.Reference))
}

// toldOf is the notice of something that the person gets an email about: as it is
// where emails reach them, and else without a claim that they know.
func toldOf(reached, unreached string, c interest.Case) string {
	if c.MailTrouble == "" {
		return reached
	}
	return unreached + ". Emails do not reach this person: tell them in another way"
}

func readAsking(r *http.Request) interest.Asking {
	return interest.Asking{
		Reference: chi.URLParam(r, "reference"), Version: formVersion(r), Message: r.PostForm.Get("message"),
		Steps: r.PostForm["steps"], AnswerBy: readDay(r), Nonce: page.Nonce(r),
	}
}

// readDay reads the fields of a form's one date.
func readDay(r *http.Request) interest.DayInput {
	return interest.DayInput{Day: r.PostForm.Get("day"), Month: r.PostForm.Get("month"), Year: r.PostForm.Get("year")}
}

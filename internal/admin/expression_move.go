package admin

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/mailview"
)

// expressionMove moves a case to another stage. Where an email tells of the
// move, it is shown first, so that it can be changed. Where somebody else
// changed the case since the page was opened, the page comes back with what
// they changed and what was typed here.
func (h *Handler) expressionMove(w http.ResponseWriter, r *http.Request) error {
	move, press := readMove(r), r.PostForm.Get(adminview.MailField)
	c, err := h.interest.ByReference(r.Context(), move.Reference)
	if err != nil {
		return err
	}
	message, tells := interest.MessageOf(move.To, move.Reason)
	decided := press == adminview.MailSend || press == adminview.MailNone
	if c.Version == move.Version {
		errs := move.Validate(c.Stage)
		switch {
		case press == adminview.MailBack:
			return h.showExpression(w, r, http.StatusOK, adminview.Expression{Case: c, Move: move})
		case errs.Any() && !ofWords(errs):
			return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Move: move, MoveErrors: errs})
		case tells && (errs.Any() || !decided):
			return h.showLetter(w, r, adminview.MoveLetter{Case: c, Move: move, Message: message, Errors: errs})
		}
	}
	if tells && !decided {
		return h.showChanged(w, r, adminview.Expression{Move: move})
	}
	err = h.interest.Move(r.Context(), caseBy(r), move)
	if errors.Is(err, interest.ErrCaseChanged) {
		return h.showChanged(w, r, adminview.Expression{Move: move})
	}
	if err != nil {
		return err
	}
	notice := "Moved to: " + move.To.Name()
	if tells && move.Tell {
		notice = toldOf(notice, notice, c)
	}
	h.notify(r, notice)
	return seeOther(w, r, adminview.ExpressionURL(c.Reference))
}

// ofWords reports whether all that is wrong is on the page with the email.
func ofWords(errs validate.Errors) bool {
	return !slices.ContainsFunc(errs, func(one validate.Error) bool { return one.Field != "says" && one.Field != "next" })
}

// showLetter shows the email that tells of a move, before it goes.
func (h *Handler) showLetter(w http.ResponseWriter, r *http.Request, view adminview.MoveLetter) error {
	if err := h.viewed(r, "expression", view.Case.ID); err != nil {
		return err
	}
	details, err := h.faculty.Details(r.Context())
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	status := http.StatusOK
	if view.Errors.Any() {
		status = http.StatusUnprocessableEntity
	}
	view.Subject = mailview.StageChanged(details, view.Case.Expression, view.Message, mailview.LinkPlace).Subject
	view.Before, view.After = mailview.AroundWords(details, view.Case.Expression, view.Message)
	frame := h.frame(r, "Check the email", view.Errors.Any())
	view.Frame = under(frame, "Expression of interest "+view.Case.Reference, adminview.ExpressionURL(view.Case.Reference))
	return h.pages.Render(w, r, status, view.Page())
}

func readMove(r *http.Request) interest.Move {
	to := interest.Stage(r.PostForm.Get("to"))
	move := interest.Move{
		Reference: chi.URLParam(r, "reference"), Version: formVersion(r), To: to,
		Reason: adminview.ReasonOf(r.PostForm.Get("reason"), to), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
		Tell: r.PostForm.Get(adminview.MailField) != adminview.MailNone,
	}
	// Words for the email about another move are not for this one.
	if r.PostForm.Has("says") && r.PostForm.Get(adminview.WordsForField) == adminview.WordsFor(move) {
		move.Words = &interest.Words{Says: r.PostForm.Get("says"), Next: r.PostForm.Get("next")}
	}
	return move
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

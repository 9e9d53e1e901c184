package apply

import (
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/question"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// detailsPage shows how a returner can be reached, to be corrected.
func (h *Handler) detailsPage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	typed := interest.ContactDetails{Phone: c.Answers.Phone.Number, By: interest.ByEmail, Postcode: c.Answers.Postcode.Area}
	if c.Answers.Contact != nil {
		typed.By = c.Answers.Contact.By
	}
	return h.showDetails(w, r, c, typed, nil)
}

func (h *Handler) details(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	typed := interest.ContactDetails{
		Reference: c.Reference, Phone: r.PostForm.Get("phone"), By: r.PostForm.Get("by"), Postcode: r.PostForm.Get("postcode"), Nonce: page.Nonce(r),
	}
	if errs := typed.Validate(); errs.Any() {
		return h.showDetails(w, r, c, typed, errs)
	}
	if err := h.drafts.CorrectContact(r.Context(), returner(r), typed); err != nil {
		return err
	}
	return h.done(w, r, applyview.DoneDetails)
}

func (h *Handler) showDetails(w http.ResponseWriter, r *http.Request, c interest.Case, typed interest.ContactDetails, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.ContactDetails(applyview.DetailsPage{
		TrackForm: h.trackForm(r, c, applyview.DetailsTitle, errs), Typed: typed,
	}))
}

func (h *Handler) newEmailPage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	return h.showNewEmail(w, r, c, "", nil)
}

// newEmail asks at another address whether it is theirs.
func (h *Handler) newEmail(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	email := emailOf(r)
	errs := email.Validate()
	if email.Address == c.Answers.Email.Address {
		errs.Add(applyview.EmailField, "Enter an email address that is different from the one we have")
	}
	if errs.Any() {
		return h.showNewEmail(w, r, c, email.Address, errs)
	}
	if err := h.drafts.WantEmail(r.Context(), returner(r), c.Reference, email.Address, page.ClientAddress(r.Context())); err != nil {
		return err
	}
	return redirect(w, r, applyview.NewEmailSentURL(token(r)))
}

func (h *Handler) showNewEmail(w http.ResponseWriter, r *http.Request, c interest.Case, typed string, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.NewEmail(applyview.NewEmailPage{
		TrackForm: h.trackForm(r, c, applyview.NewEmailTitle, errs), Now: c.Answers.Email.Address, Wanted: c.EmailWanted, Email: typed,
	}))
}

// newEmailSent says that a link is on its way to the new address.
func (h *Handler) newEmailSent(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	if c.EmailWanted == "" {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.NewEmailSent(applyview.NewEmailPage{
		TrackForm: h.trackForm(r, c, applyview.NewEmailSentTitle, nil), Wanted: c.EmailWanted,
	}))
}

func (h *Handler) pausePage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	if heldByStaff(c) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	return h.showPause(w, r, c, interest.Hold{}, nil)
}

// pause lets the case wait until a day of the returner's.
func (h *Handler) pause(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	if heldByStaff(c) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	hold := interest.Hold{
		Reference: c.Reference, Reason: interest.ReturnerAsked, Until: question.Day(r.PostForm), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
	if errs := hold.Validate(interest.DayOf(h.deps.Now())); errs.Any() {
		return h.showPause(w, r, c, hold, errs)
	}
	if err := h.drafts.Hold(r.Context(), returner(r), hold); err != nil {
		return err
	}
	return h.done(w, r, applyview.DonePaused)
}

func (h *Handler) showPause(w http.ResponseWriter, r *http.Request, c interest.Case, typed interest.Hold, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.Pause(applyview.PausePage{
		TrackForm: h.trackForm(r, c, applyview.PauseTitle, errs), Today: interest.DayOf(h.deps.Now()), Typed: typed,
	}))
}

// heldByStaff reports whether the case waits for something that the returner
// did not ask for, and which they do not end.
func heldByStaff(c interest.Case) bool {
	return c.Turn == interest.OnHold && c.HoldReason != interest.ReturnerAsked
}

// goOn ends a pause. One that has ended meanwhile needs nothing more.
func (h *Handler) goOn(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	if heldByStaff(c) {
		return redirect(w, r, applyview.TrackURL(token(r)))
	}
	if c.Turn == interest.OnHold {
		if err := h.drafts.Resume(r.Context(), returner(r), interest.Turning{Reference: c.Reference, Nonce: page.Nonce(r)}); err != nil {
			return err
		}
	}
	return h.done(w, r, applyview.DoneGoingOn)
}

func (h *Handler) withdrawPage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	return h.showWithdraw(w, r, c, interest.Move{}, nil)
}

// withdraw ends the case for the returner.
func (h *Handler) withdraw(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	move := interest.Move{
		Reference: c.Reference, To: interest.Withdrawn, Reason: r.PostForm.Get("reason"), Note: r.PostForm.Get("note"),
		Tell: c.MailTrouble == "", Nonce: page.Nonce(r),
	}
	if errs := move.Validate(c.Stage); errs.Any() {
		return h.showWithdraw(w, r, c, move, errs)
	}
	if err := h.drafts.Move(r.Context(), returner(r), move); err != nil {
		return err
	}
	return h.done(w, r, applyview.DoneWithdrawn)
}

func (h *Handler) showWithdraw(w http.ResponseWriter, r *http.Request, c interest.Case, typed interest.Move, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, statusOf(errs), applyview.Withdraw(applyview.WithdrawPage{
		TrackForm: h.trackForm(r, c, applyview.WithdrawTitle, errs), Typed: typed,
	}))
}

func (h *Handler) copyPage(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.AskCopy(h.trackForm(r, c, applyview.CopyTitle, nil)))
}

// askCopy notes that the returner wants a copy of their data.
func (h *Handler) askCopy(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	if err := h.drafts.AskCopy(r.Context(), returner(r), interest.Turning{Reference: c.Reference, Nonce: page.Nonce(r)}); err != nil {
		return err
	}
	return h.done(w, r, applyview.DoneCopy)
}

// done goes back to where the case stands, which says what was done.
func (h *Handler) done(w http.ResponseWriter, r *http.Request, what string) error {
	return redirect(w, r, applyview.TrackDoneURL(token(r), what))
}

// whileOpen leads back to where a case stands that ended while a page that
// offered more was open.
func (h *Handler) whileOpen(next caseHandler) caseHandler {
	return func(w http.ResponseWriter, r *http.Request, c interest.Case) error {
		if c.Stage.Info().Ends {
			return redirect(w, r, applyview.TrackURL(token(r)))
		}
		return next(w, r, c)
	}
}

package admin

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// begin makes the browser's session one for which the password is proved, and
// goes on to the second step.
func (h *Handler) begin(w http.ResponseWriter, r *http.Request, begun staff.Session) error {
	if err := page.SignIn(r.Context(), h.sessions, begun); err != nil {
		return err
	}
	return seeOther(w, r, page.SecondStepURL(begun.Account))
}

// enter makes the browser's session one that is signed in, has its device known,
// and gives where the person wanted to go.
func (h *Handler) enter(w http.ResponseWriter, r *http.Request, proved staff.Session) (next string, err error) {
	if err := page.SignIn(r.Context(), h.sessions, proved); err != nil {
		return "", err
	}
	if err := h.knowDevice(w, r, proved.Account); err != nil {
		return "", err
	}
	return page.TakeNext(r.Context(), h.sessions, adminview.HomeURL()), nil
}

func (h *Handler) secondStepPage(w http.ResponseWriter, r *http.Request) error {
	return h.showSecondStep(w, r, http.StatusOK, nil)
}

func (h *Handler) showSecondStep(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	if !session(r).Account.HasSecondFactor() {
		return seeOther(w, r, adminview.SetUpURL())
	}
	question, err := h.askOwnPasskey(r)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.SecondStep{
		Frame: h.frame(r, "Show that it is you", errs.Any()), Notice: h.notice(r), HasApp: session(r).Account.HasApp, Passkey: question, Errors: errs,
	}.Page())
}

func (h *Handler) secondStep(w http.ResponseWriter, r *http.Request) error {
	errs := codeErrors(r)
	if errs.Any() {
		return h.showSecondStep(w, r, http.StatusUnprocessableEntity, errs)
	}
	proved, err := h.staff.UseCode(r.Context(), by(r), session(r), r.PostForm.Get("code"))
	if errors.Is(err, staff.ErrWrongCode) {
		return h.showSecondStep(w, r, http.StatusUnprocessableEntity, wrongCode)
	}
	return h.goOn(w, r, proved, err)
}

// goOn signs in whom a second factor has proved.
func (h *Handler) goOn(w http.ResponseWriter, r *http.Request, proved staff.Session, err error) error {
	if err != nil {
		return err
	}
	next, err := h.enter(w, r, proved)
	if err != nil {
		return err
	}
	return seeOther(w, r, next)
}

// codeErrors says what is wrong with how a code is written.
func codeErrors(r *http.Request) validate.Errors {
	var errs validate.Errors
	errs.Need("code", staff.NormalCode(r.PostForm.Get("code")), "Enter the code that your app shows")
	return errs
}

// wrongCode is what is said of a code that does not fit.
var wrongCode = validate.Errors{{Field: "code", Message: "Enter the code that your app shows now. A code works once: wait for the next one"}}

func (h *Handler) recoveryPage(w http.ResponseWriter, r *http.Request) error {
	return h.showRecovery(w, r, http.StatusOK, nil)
}

func (h *Handler) showRecovery(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	account := session(r).Account
	if !account.HasSecondFactor() {
		return seeOther(w, r, adminview.SetUpURL())
	}
	frame := under(h.frame(r, "Use a recovery code", errs.Any()), "Show that it is you", adminview.SecondStepURL())
	return h.pages.Render(w, r, status, adminview.Recovery{Frame: frame, Left: staff.RecoveryLeft(account.RecoveryLeft), Errors: errs}.Page())
}

func (h *Handler) recovery(w http.ResponseWriter, r *http.Request) error {
	code := r.PostForm.Get("recovery")
	var errs validate.Errors
	errs.Need("recovery", staff.NormalCode(code), "Enter one of your recovery codes")
	if errs.Any() {
		return h.showRecovery(w, r, http.StatusUnprocessableEntity, errs)
	}
	proved, err := h.staff.UseRecoveryCode(r.Context(), by(r), session(r), code)
	if errors.Is(err, staff.ErrWrongCode) {
		errs.Add("recovery", "Enter a recovery code that you have not used. It has 16 letters and digits")
		return h.showRecovery(w, r, http.StatusUnprocessableEntity, errs)
	}
	return h.goOn(w, r, proved, err)
}

func (h *Handler) confirmPage(w http.ResponseWriter, r *http.Request) error {
	if session(r).Means == staff.ByProvider {
		return h.confirmByProvider(w, r)
	}
	return h.showConfirm(w, r, http.StatusOK, nil)
}

func (h *Handler) showConfirm(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	question, err := h.askOwnPasskey(r)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.Confirm{
		Frame: h.frame(r, "Show again that it is you", errs.Any()), HasApp: viewer(r).HasApp, Kept: page.HasKept(r.Context(), h.sessions), Lost: page.HasLostFile(r.Context(), h.sessions), Passkey: question, Errors: errs,
	}.Page())
}

func (h *Handler) confirm(w http.ResponseWriter, r *http.Request) error {
	var errs validate.Errors
	errs.Need("password", r.PostForm.Get("password"), "Enter your password")
	if errs = append(errs, codeErrors(r)...); errs.Any() {
		return h.showConfirm(w, r, http.StatusUnprocessableEntity, errs)
	}
	proved, err := h.staff.Confirm(r.Context(), by(r), session(r), r.PostForm.Get("password"), r.PostForm.Get("code"))
	switch {
	case errors.Is(err, staff.ErrWrong):
		errs.Add("password", "Enter your password: this is not it")
		return h.showConfirm(w, r, http.StatusUnprocessableEntity, errs)
	case errors.Is(err, staff.ErrWrongCode):
		return h.showConfirm(w, r, http.StatusUnprocessableEntity, wrongCode)
	}
	return h.goOn(w, r, proved, err)
}

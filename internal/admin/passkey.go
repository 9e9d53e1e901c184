package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// questionKey is where a session keeps what the browser was asked about a
// passkey, until it answers.
const questionKey = "passkey"

// askPasskey gives what the page's script asks the browser for; "" where there
// are no passkeys.
func (h *Handler) askPasskey(r *http.Request) (string, error) {
	if h.staff.Party == nil {
		return "", nil
	}
	return h.keepQuestion(r)(h.staff.AskPasskey())
}

// askOwnPasskey does the same where the person has a passkey.
func (h *Handler) askOwnPasskey(r *http.Request) (string, error) {
	if session(r).Account.Passkeys == 0 {
		return "", nil
	}
	return h.askPasskey(r)
}

// offerPasskey gives what the page's script has the browser make.
func (h *Handler) offerPasskey(r *http.Request) (string, error) {
	if h.staff.Party == nil {
		return "", nil
	}
	return h.keepQuestion(r)(h.staff.OfferPasskey(r.Context(), session(r)))
}

func (h *Handler) keepQuestion(r *http.Request) func(staff.Question, error) (string, error) {
	return func(question staff.Question, err error) (string, error) {
		if err == nil {
			h.sessions.Put(r.Context(), questionKey, question.State)
		}
		return question.Options, err
	}
}

// answer gives what the browser was asked, once, and what it answers.
func (h *Handler) answer(r *http.Request) (state, answer string) {
	return h.sessions.PopString(r.Context(), questionKey), r.PostForm.Get("answer")
}

// wrongPasskey is what is said of a passkey that does not fit.
var wrongPasskey = validate.Errors{{Field: "passkey", Message: "This passkey was not accepted. Try again, or use another way"}}

func (h *Handler) signInPasskey(w http.ResponseWriter, r *http.Request) error {
	if h.staff.Party == nil {
		return h.showSignIn(w, r, http.StatusUnprocessableEntity, "", wrongPasskey)
	}
	state, answer := h.answer(r)
	in, err := h.staff.SignInByPasskey(r.Context(), by(r), state, answer)
	if errors.Is(err, staff.ErrWrongPasskey) {
		return h.showSignIn(w, r, http.StatusUnprocessableEntity, "", wrongPasskey)
	}
	return h.goOn(w, r, in, err)
}

func (h *Handler) secondStepPasskey(w http.ResponseWriter, r *http.Request) error {
	return h.provePasskey(w, r, h.showSecondStep)
}

func (h *Handler) confirmPasskey(w http.ResponseWriter, r *http.Request) error {
	return h.provePasskey(w, r, h.showConfirm)
}

// provePasskey proves a session by a passkey, or shows the page again.
func (h *Handler) provePasskey(w http.ResponseWriter, r *http.Request, again func(http.ResponseWriter, *http.Request, int, validate.Errors) error) error {
	state, answer := h.answer(r)
	if h.staff.Party == nil {
		return again(w, r, http.StatusUnprocessableEntity, wrongPasskey)
	}
	proved, err := h.staff.UsePasskey(r.Context(), by(r), session(r), state, answer)
	if errors.Is(err, staff.ErrWrongPasskey) {
		return again(w, r, http.StatusUnprocessableEntity, wrongPasskey)
	}
	return h.goOn(w, r, proved, err)
}

func (h *Handler) addPasskeyPage(w http.ResponseWriter, r *http.Request) error {
	return h.showAddPasskey(w, r, http.StatusOK, nil)
}

func (h *Handler) showAddPasskey(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	options, err := h.offerPasskey(r)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.AddPasskey{
		Frame: h.underAccount(r, "Add a passkey", errs), Passkey: options, Errors: errs,
	}.Page())
}

// addPasskey takes a passkey: at the first sign-in, or beside what is there. It
// shows the recovery codes where they are new.
func (h *Handler) addPasskey(w http.ResponseWriter, r *http.Request) error {
	first, again := !session(r).Complete(), h.showAddPasskey
	if first {
		again = h.showSetUp
	}
	state, answer := h.answer(r)
	if h.staff.Party == nil || mustProve(r) {
		return again(w, r, http.StatusUnprocessableEntity, wrongPasskey)
	}
	proved, codes, err := h.staff.AddPasskey(r.Context(), by(r), session(r), state, answer)
	if errors.Is(err, staff.ErrWrongPasskey) {
		return again(w, r, http.StatusUnprocessableEntity, wrongPasskey)
	}
	if err != nil {
		return err
	}
	next, err := h.enter(w, r, proved)
	if err != nil {
		return err
	}
	if !first {
		next = adminview.AccountURL()
	}
	if codes == nil {
		h.notify(r, "The passkey is added. You are signed out everywhere else")
		return seeOther(w, r, next)
	}
	return h.showCodes(w, r.WithContext(page.WithSession(r.Context(), proved)), codes, next)
}

func (h *Handler) passkeyPage(w http.ResponseWriter, r *http.Request) error {
	return h.showPasskey(w, r, http.StatusOK, "", nil)
}

func (h *Handler) showPasskey(w http.ResponseWriter, r *http.Request, status int, typed string, errs validate.Errors) error {
	found, err := h.staff.PasskeyOf(r.Context(), viewer(r).ID, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	if !errs.Any() {
		typed = found.Name
	}
	return h.pages.Render(w, r, status, adminview.PasskeyPage{
		Frame: h.underAccount(r, "Passkey", errs), Passkey: found, Name: typed, Errors: errs,
	}.Page())
}

func (h *Handler) passkeyName(w http.ResponseWriter, r *http.Request) error {
	name := r.PostForm.Get("name")
	if errs := staff.ValidatePasskeyName(name); errs.Any() {
		return h.showPasskey(w, r, http.StatusUnprocessableEntity, name, errs)
	}
	if err := h.staff.NamePasskey(r.Context(), by(r), chi.URLParam(r, "id"), name); err != nil {
		return err
	}
	h.notify(r, "The passkey has its new name")
	return seeOther(w, r, adminview.AccountURL())
}

func (h *Handler) passkeyRemove(w http.ResponseWriter, r *http.Request) error {
	err := h.staff.RemovePasskey(r.Context(), by(r), chi.URLParam(r, "id"))
	if errors.Is(err, staff.ErrLastFactor) {
		return h.showPasskey(w, r, http.StatusConflict, "", validate.Errors{{
			Field: "remove", Message: "This is your only second factor. Set up an app for codes or another passkey first",
		}})
	}
	if err != nil {
		return err
	}
	h.notify(r, "The passkey is removed")
	return seeOther(w, r, adminview.AccountURL())
}

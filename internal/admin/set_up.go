package admin

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"net/http"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// pictureSize is the width and height of a QR code, in pixels.
const pictureSize = 220

// setUpURL is the page that sets an app up: that of the first sign-in, or for
// somebody who is signed in their own account's.
func setUpURL(r *http.Request) string {
	if session(r).Complete() {
		return adminview.AccountAppURL()
	}
	return adminview.SetUpURL()
}

// mustProve reports whether somebody has proved their password alone, and has a
// second factor: they may not set up another.
func mustProve(r *http.Request) bool {
	return !session(r).Complete() && session(r).Account.HasSecondFactor()
}

func (h *Handler) setUpPage(w http.ResponseWriter, r *http.Request) error {
	return h.showSetUp(w, r, http.StatusOK, nil)
}

func (h *Handler) showSetUp(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	if mustProve(r) {
		return seeOther(w, r, adminview.SecondStepURL())
	}
	secret, err := h.staff.NewSecret(r.Context(), session(r))
	if err != nil {
		return err
	}
	frame, question := h.frame(r, "Set up an app for codes", errs.Any()), ""
	if session(r).Complete() {
		frame = under(frame, "Your account", adminview.AccountURL())
	} else if question, err = h.offerPasskey(r); err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.SetUp{
		Frame: frame, Notice: h.notice(r), URL: setUpURL(r), Secret: secret, First: !session(r).Complete(),
		Account: session(r).Account, Passkey: question, Errors: errs,
	}.Page())
}

// secretPicture is the QR code of the page that sets an app up. It is a picture
// of our own address: the page may show no other.
func (h *Handler) secretPicture(w http.ResponseWriter, r *http.Request) error {
	if mustProve(r) {
		return seeOther(w, r, adminview.SecondStepURL())
	}
	secret, err := h.staff.NewSecret(r.Context(), session(r))
	if err != nil {
		return err
	}
	key, err := secret.Key(h.deps.Frame(r).FacultyName, session(r).Account.Email)
	if err != nil {
		return fmt.Errorf("making a key for an app: %w", err)
	}
	picture, err := key.Image(pictureSize, pictureSize)
	if err != nil {
		return fmt.Errorf("drawing a QR code: %w", err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		return fmt.Errorf("drawing a QR code: %w", err)
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(file.Bytes()) // an error here is a reader who left
	return nil
}

// setUp takes an app whose code is right, and shows the recovery codes in the
// answer to the form itself: they are kept hashed only, so this is the one time
// that they can be shown.
func (h *Handler) setUp(w http.ResponseWriter, r *http.Request) error {
	errs := codeErrors(r)
	if errs.Any() {
		return h.showSetUp(w, r, http.StatusUnprocessableEntity, errs)
	}
	first := !session(r).Complete()
	proved, codes, err := h.staff.ConfirmApp(r.Context(), by(r), session(r), r.PostForm.Get("code"))
	if errors.Is(err, staff.ErrWrongCode) {
		errs.Add("code", "Enter the code that your app shows now. If it is refused again, set your phone's clock to automatic")
		return h.showSetUp(w, r, http.StatusUnprocessableEntity, errs)
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
	r = r.WithContext(page.WithSession(r.Context(), proved)) // the page is one of somebody signed in
	return h.showCodes(w, r, codes, next)
}

func (h *Handler) showCodes(w http.ResponseWriter, r *http.Request, codes []string, next string) error {
	return h.pages.Render(w, r, http.StatusOK, adminview.RecoveryCodes{
		Frame: h.frame(r, "Save your recovery codes", false), Codes: codes, Next: next,
	}.Page())
}

func (h *Handler) newCodesPage(w http.ResponseWriter, r *http.Request) error {
	return h.pages.Render(w, r, http.StatusOK, adminview.NewCodes{
		Frame: h.underAccount(r, "Make new recovery codes", nil),
		Left:  staff.RecoveryLeft(viewer(r).RecoveryLeft),
	}.Page())
}

func (h *Handler) newCodes(w http.ResponseWriter, r *http.Request) error {
	codes, err := h.staff.NewRecoveryCodes(r.Context(), by(r), session(r))
	if err != nil {
		return err
	}
	return h.showCodes(w, r, codes, adminview.AccountURL())
}

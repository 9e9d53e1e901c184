package admin

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

func (h *Handler) signInPage(w http.ResponseWriter, r *http.Request) error {
	if begun, ok := page.Session(r.Context()); ok {
		if begun.Complete() {
			return seeOther(w, r, adminview.HomeURL())
		}
		return seeOther(w, r, page.SecondStepURL(begun.Account))
	}
	return h.showSignIn(w, r, http.StatusOK, "", nil)
}

func (h *Handler) showSignIn(w http.ResponseWriter, r *http.Request, status int, email string, errs validate.Errors) error {
	question, err := h.askPasskey(r)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.SignIn{
		Frame: h.frame(r, "Sign in to the staff area", errs.Any()), Ways: h.ways(), Notice: h.notice(r), Email: email, Kept: page.HasKept(r.Context(), h.sessions), Lost: page.HasLostFile(r.Context(), h.sessions), Passkey: question, Errors: errs,
	}.Page())
}

func (h *Handler) signIn(w http.ResponseWriter, r *http.Request) error {
	email, password := validate.Line(r.PostForm.Get("email")), r.PostForm.Get("password")
	var errs validate.Errors
	errs.Need("email", email, "Enter your email address")
	errs.Need("password", password, "Enter your password")
	if errs.Any() {
		return h.showSignIn(w, r, http.StatusUnprocessableEntity, email, errs)
	}
	begun, err := h.staff.SignIn(r.Context(), by(r), email, password)
	if errors.Is(err, staff.ErrWrong) {
		errs.Add("email", "Email address and password do not match. Check both, or get a link to set a new password")
		return h.showSignIn(w, r, http.StatusUnprocessableEntity, email, errs)
	}
	if err != nil {
		return err
	}
	return h.begin(w, r, begun)
}

func (h *Handler) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := h.staff.SignOut(r.Context(), by(r), session(r)); err != nil {
		return err
	}
	if session(r).Means == staff.ByProvider {
		return h.leave(w, r, adminview.ProviderOutURL())
	}
	return h.leave(w, r, adminview.SignInURL())
}

// leave ends the session for good: its tombstone holds even against a request
// that is still under way.
func (h *Handler) leave(w http.ResponseWriter, r *http.Request, to string) error {
	if err := h.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	return seeOther(w, r, to)
}

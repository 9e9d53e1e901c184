package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/layout"
)

func (h *Handler) account(w http.ResponseWriter, r *http.Request) error {
	return h.showAccount(w, r, http.StatusOK, nil)
}

func (h *Handler) showAccount(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	passkeys, err := h.staff.ListPasskeys(r.Context(), viewer(r).ID)
	if err != nil {
		return err
	}
	sessions, err := h.staff.ListSessions(r.Context(), viewer(r).ID)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.Account{
		Frame: h.frame(r, "Your account", errs.Any()), Notice: h.notice(r), Account: viewer(r), Ways: h.ways(), Errors: errs,
		Sessions: sessions, This: session(r).ID, Passkeys: passkeys, CanAdd: h.staff.Party != nil,
	}.Page())
}

func (h *Handler) accountPassword(w http.ResponseWriter, r *http.Request) error {
	current, next := r.PostForm.Get("current"), r.PostForm.Get("password")
	own := viewer(r)
	var errs validate.Errors
	errs.Need("current", current, "Enter your current password")
	if wrong := staff.CheckPassword(next, own.Name, own.Email); wrong != "" {
		errs.Add("password", wrong)
	}
	if errs.Any() {
		return h.showAccount(w, r, http.StatusUnprocessableEntity, errs)
	}
	err := h.staff.ChangePassword(r.Context(), by(r), session(r), current, next)
	if errors.Is(err, staff.ErrWrong) {
		errs.Add("current", "Enter your current password: this is not it")
		return h.showAccount(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	// Every other session has ended with the old password; this one goes on.
	if err := page.SignIn(r.Context(), h.sessions, session(r)); err != nil {
		return err
	}
	h.notify(r, "Your password is changed. You are signed out everywhere else")
	return seeOther(w, r, adminview.AccountURL())
}

func (h *Handler) accountEndSessions(w http.ResponseWriter, r *http.Request) error {
	if err := h.staff.EndSessions(r.Context(), by(r), viewer(r).ID); err != nil {
		return err
	}
	return h.leave(w, r, adminview.SignInURL())
}

// accountEndSession ends one of one's own sessions, on a device that was left.
func (h *Handler) accountEndSession(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	if err := h.staff.EndSession(r.Context(), by(r), id); err != nil {
		return err
	}
	if id == session(r).ID {
		return h.leave(w, r, adminview.SignInURL())
	}
	h.notify(r, "You are signed out there")
	return seeOther(w, r, adminview.AccountURL())
}

// underAccount is the frame of a page below one's own account.
func (h *Handler) underAccount(r *http.Request, title string, errs validate.Errors) layout.Frame {
	return under(h.frame(r, title, errs.Any()), "Your account", adminview.AccountURL())
}

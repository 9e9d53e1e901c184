package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// linkPage shows whose link it is and the form that uses it. It changes
// nothing: mail scanners follow links.
func (h *Handler) linkPage(w http.ResponseWriter, r *http.Request) error {
	link, err := h.staff.Link(r.Context(), chi.URLParam(r, "token"))
	// A first lead without a password is added by the command line.
	if errors.Is(err, fault.Gone) || (err == nil && link.Purpose == staff.FirstLead && h.deps.Ways.LocalOff) {
		return h.showLinkGone(w, r)
	}
	if err != nil {
		return err
	}
	return h.showLink(w, r, http.StatusOK, link, staff.Credentials{}, nil)
}

func (h *Handler) linkUse(w http.ResponseWriter, r *http.Request) error {
	token := chi.URLParam(r, "token")
	entered := staff.Credentials{
		Name: r.PostForm.Get("name"), Email: r.PostForm.Get("email"), Password: r.PostForm.Get("password"),
	}
	link, err := h.staff.Link(r.Context(), token)
	if err == nil {
		if errs := entered.Validate(link); errs.Any() {
			return h.showLink(w, r, http.StatusUnprocessableEntity, link, entered, errs)
		}
	}
	begun, err := h.staff.UseLink(r.Context(), by(r), token, entered)
	if errors.Is(err, fault.Gone) {
		return h.showLinkGone(w, r)
	}
	if err != nil {
		return err
	}
	// Whoever gets the account's mail is let try, however many guess.
	if err := h.knowDevice(w, r, begun.Account); err != nil {
		return err
	}
	h.notify(r, "Your password is set")
	return h.begin(w, r, begun)
}

func (h *Handler) showLink(w http.ResponseWriter, r *http.Request, status int, link staff.Link, entered staff.Credentials, errs validate.Errors) error {
	title := "Set your password"
	if link.Purpose == staff.FirstLead {
		title = "Make the first account"
	}
	return h.pages.Render(w, r, status, adminview.UseLink{
		Frame: h.frame(r, title, errs.Any()), Token: chi.URLParam(r, "token"), Link: link, Ways: h.ways(),
		Name: entered.Name, Email: entered.Email, Errors: errs,
	}.Page())
}

func (h *Handler) showLinkGone(w http.ResponseWriter, r *http.Request) error {
	return h.pages.Render(w, r, http.StatusGone, adminview.LinkGone{Frame: h.frame(r, "This link no longer works", false)}.Page())
}

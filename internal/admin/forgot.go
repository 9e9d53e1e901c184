package admin

import (
	"net/http"

	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

func (h *Handler) forgotPage(w http.ResponseWriter, r *http.Request) error {
	return h.showForgot(w, r, http.StatusOK, "", nil)
}

func (h *Handler) showForgot(w http.ResponseWriter, r *http.Request, status int, email string, errs validate.Errors) error {
	return h.pages.Render(w, r, status, adminview.Forgot{
		Frame: h.frame(r, "Get a link to set a new password", errs.Any()), Email: email, Errors: errs,
	}.Page())
}

// forgot answers the same whether or not there is such an account: who works
// here is nobody else's business.
func (h *Handler) forgot(w http.ResponseWriter, r *http.Request) error {
	email := validate.Line(r.PostForm.Get("email"))
	var errs validate.Errors
	errs.Need("email", email, "Enter your email address")
	if !validate.Email(staff.NormalEmail(email)) {
		errs.Add("email", "Enter an email address in the correct format, like name@example.com")
	}
	if errs.Any() {
		return h.showForgot(w, r, http.StatusUnprocessableEntity, email, errs)
	}
	if err := h.staff.RequestReset(r.Context(), by(r), email); err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.ForgotSent{Frame: h.frame(r, "Check your email", false)}.Page())
}

package apply

import (
	"net/http"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// linkPage asks for the email address of somebody who has a form elsewhere.
func (h *Handler) linkPage(w http.ResponseWriter, r *http.Request) error {
	return h.showLink(w, r, http.StatusOK, "", nil)
}

// link owes mails with links to the forms of an address. It answers the same
// where there are none: who fills in a form is nobody else's business.
func (h *Handler) link(w http.ResponseWriter, r *http.Request) error {
	email := emailOf(r)
	if errs := email.Validate(); errs.Any() {
		return h.showLink(w, r, http.StatusUnprocessableEntity, email.Address, errs)
	}
	if err := h.drafts.FindLinks(r.Context(), email.Address, page.ClientAddress(r.Context())); err != nil {
		return err
	}
	return redirect(w, r, applyview.LinkSentURL())
}

func (h *Handler) linkSent(w http.ResponseWriter, r *http.Request) error {
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.LinkSent(h.deps.Frame(r)))
}

func (h *Handler) showLink(w http.ResponseWriter, r *http.Request, status int, email string, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, status, applyview.Link(applyview.LinkPage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), Email: email, Errors: errs,
	}))
}

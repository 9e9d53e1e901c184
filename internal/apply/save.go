package apply

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// savePage asks where to send a link back to the form.
func (h *Handler) savePage(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	return h.showSave(w, r, http.StatusOK, draft, draft.Address(), nil)
}

// saveForLater owes a mail with a link back to the form.
func (h *Handler) saveForLater(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	email := emailOf(r)
	if errs := email.Validate(); errs.Any() {
		return h.showSave(w, r, http.StatusUnprocessableEntity, draft, email.Address, errs)
	}
	err := h.drafts.AskLink(r.Context(), draft.ID, email.Address, page.ClientAddress(r.Context()))
	if errors.Is(err, interest.ErrSent) {
		return redirect(w, r, applyview.SentURL())
	}
	if err != nil {
		return err
	}
	return redirect(w, r, applyview.SavedURL())
}

// saved says that a link is on its way.
func (h *Handler) saved(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	if draft.Email == "" {
		return redirect(w, r, applyview.SaveURL())
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Saved(applyview.SavedPage{
		Frame: h.deps.Frame(r), Email: draft.Address(), KeptUntil: interest.DayOf(draft.ExpiresAt),
	}))
}

func (h *Handler) showSave(w http.ResponseWriter, r *http.Request, status int, draft interest.Draft, email string, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, status, applyview.Save(applyview.SavePage{
		Frame: h.deps.Frame(r), FormKey: page.FormKey(r.Context()), Email: email,
		KeptUntil: interest.DayOf(draft.ExpiresAt), Errors: errs,
	}))
}

// emailOf is the address that a link is to be sent to.
func emailOf(r *http.Request) interest.Email {
	return interest.Email{Address: r.PostForm.Get(applyview.EmailField)}.Clean()
}

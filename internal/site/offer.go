package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/siteview"
)

// offerRoutes are the form by which a host organisation offers supervised
// practice. Its page is never kept: each form has a key of its own.
func (h *Handler) offerRoutes() []page.Route {
	return []page.Route{
		{Method: http.MethodGet, Path: siteview.OfferPath, Who: page.Public, Handle: h.offerForm},
		{Method: http.MethodPost, Path: siteview.OfferPath, Who: page.Public, Handle: h.Server.OrAgain(h.Frame, h.offerSend)},
		{Method: http.MethodGet, Path: siteview.OfferSentPath, Who: page.Public, Handle: h.offerSent},
	}
}

func (h *Handler) offerForm(w http.ResponseWriter, r *http.Request) error {
	return h.showOffer(w, r, http.StatusOK, siteview.OfferView{})
}

// offerSend sends an offer. Whatever keeps it from being sent, the form comes
// back with what was typed.
func (h *Handler) offerSend(w http.ResponseWriter, r *http.Request) error {
	members, err := h.Faculty.Organisations(r.Context())
	if err != nil {
		return err
	}
	view := siteview.OfferView{Form: readOffer(r), Stale: page.KeyTooOld(r)}
	if view.Errors = view.Form.Validate(members, h.Offers.Today()); view.Errors.Any() || view.Stale {
		return h.showOffer(w, r, http.StatusUnprocessableEntity, view)
	}
	token, err := h.Offers.Send(r.Context(), offer.Delivery{
		Form: view.Form, Nonce: page.Nonce(r), Trapped: r.PostForm.Get(layout.TrapField) != "",
		Took: page.KeyAge(r), From: page.ClientAddress(r.Context()), RequestID: page.RequestID(r.Context()),
	})
	if view.Wait = waitFor(w, err); view.Wait != "" {
		return h.showOffer(w, r, http.StatusTooManyRequests, view)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, siteview.OfferSentURL(token), http.StatusSeeOther)
	return nil
}

func readOffer(r *http.Request) offer.Form {
	get := r.PostForm.Get
	return offer.Form{
		Organisation: get("organisation"), Other: get("other"), Site: get("site"), Work: get("profession"),
		Month: get("month"), Year: get("year"), Days: get("days"),
		Name: get("name"), Email: get("email"), Phone: get("phone"), More: get("more"),
	}
}

func (h *Handler) showOffer(w http.ResponseWriter, r *http.Request, status int, view siteview.OfferView) error {
	base, err := h.base(r.Context(), r.URL.Path, "Offer supervised practice",
		"Tell the faculty that your organisation could offer supervised practice to somebody who returns to their profession.",
		siteview.HomeCrumb, siteview.ReturnCrumb)
	if err != nil {
		return err
	}
	if view.Members, err = h.Faculty.Organisations(r.Context()); err != nil {
		return err
	}
	base.Errors = view.Errors.Any()
	view.Base, view.FormKey, view.Today = base, formKey(r), h.Offers.Today()
	return h.Server.Render(w, r, status, siteview.Offer(view))
}

// offerSent confirms an offer to whoever sent it. The page can be loaded again,
// and shows nothing that was typed.
func (h *Handler) offerSent(w http.ResponseWriter, r *http.Request) error {
	reference, err := h.Offers.Receipt(r.Context(), chi.URLParam(r, "token"))
	if err != nil {
		return err
	}
	base, err := h.base(r.Context(), r.URL.Path, "Your offer is sent", "")
	if err != nil {
		return err
	}
	base.NoIndex = true
	return h.Server.Render(w, r, http.StatusOK, siteview.OfferSent(siteview.OfferSentView{Base: base, Reference: reference}))
}

package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/siteview"
)

// enquiryRoutes are the doors through which people write to the faculty. Their
// pages are never kept: each has a form with a key of its own.
func (h *Handler) enquiryRoutes() []page.Route {
	routes := []page.Route{
		{Method: http.MethodGet, Path: siteview.EnquirySentPath, Who: page.Public, Handle: h.enquirySent},
	}
	for _, kind := range enquiry.Kinds() {
		path := siteview.EnquiryPath(kind)
		routes = append(routes,
			page.Route{Method: http.MethodGet, Path: path, Who: page.Public, Handle: h.enquiryForm(kind)},
			page.Route{Method: http.MethodPost, Path: path, Who: page.Public, Handle: h.Server.OrAgain(h.Frame, h.enquirySend(kind))})
	}
	return routes
}

func (h *Handler) enquiryForm(kind enquiry.Kind) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return h.showEnquiry(w, r, http.StatusOK, siteview.EnquiryView{Message: enquiry.Message{Kind: kind}})
	}
}

// enquirySend sends a message. Whatever keeps it from being sent, the form
// comes back with what was typed.
func (h *Handler) enquirySend(kind enquiry.Kind) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		view := siteview.EnquiryView{Message: readMessage(r, kind), Stale: page.KeyTooOld(r)}
		if view.Errors = view.Message.Validate(); view.Errors.Any() || view.Stale {
			return h.showEnquiry(w, r, http.StatusUnprocessableEntity, view)
		}
		token, err := h.Enquiries.Send(r.Context(), enquiry.Delivery{
			Message: view.Message, Nonce: page.Nonce(r), Trapped: r.PostForm.Get(layout.TrapField) != "",
			Took: page.KeyAge(r), From: page.ClientAddress(r.Context()), RequestID: page.RequestID(r.Context()),
		})
		if view.Wait = waitFor(w, err); view.Wait != "" {
			return h.showEnquiry(w, r, http.StatusTooManyRequests, view)
		}
		if err != nil {
			return err
		}
		http.Redirect(w, r, siteview.EnquirySentURL(token), http.StatusSeeOther)
		return nil
	}
}

func readMessage(r *http.Request, kind enquiry.Kind) enquiry.Message {
	return enquiry.Message{
		Kind: kind, Text: r.PostForm.Get("message"), Page: r.PostForm.Get("page"), Name: r.PostForm.Get("name"),
		AnswerBy: r.PostForm.Get("answer-by"), Email: r.PostForm.Get("email"), Phone: r.PostForm.Get("phone"),
	}
}

func (h *Handler) showEnquiry(w http.ResponseWriter, r *http.Request, status int, view siteview.EnquiryView) error {
	title, description, above := siteview.EnquiryBase(view.Message.Kind)
	base, err := h.base(r.Context(), r.URL.Path, title, description, siteview.HomeCrumb, above)
	if err != nil {
		return err
	}
	base.Errors = view.Errors.Any()
	view.Base, view.FormKey = base, formKey(r)
	return h.Server.Render(w, r, status, siteview.Enquiry(view))
}

// enquirySent confirms an enquiry to whoever sent it. The page can be loaded
// again, and shows nothing that was typed.
func (h *Handler) enquirySent(w http.ResponseWriter, r *http.Request) error {
	receipt, err := h.Enquiries.ByToken(r.Context(), chi.URLParam(r, "token"))
	if err != nil {
		return err
	}
	base, err := h.base(r.Context(), r.URL.Path, siteview.EnquirySentTitle(receipt.Kind), "")
	if err != nil {
		return err
	}
	base.NoIndex = true
	return h.Server.Render(w, r, http.StatusOK, siteview.EnquirySent(siteview.EnquirySentView{Base: base, Receipt: receipt}))
}

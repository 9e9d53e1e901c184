package apply

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// trackRoutes are the pages by which a returner follows what they sent. They
// need no session: whoever has the link is let in. They stay open when the form
// is closed, for what was sent before.
func (h *Handler) trackRoutes() []page.Route {
	get := func(path string, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodGet, Path: path, Who: page.Public, Handle: private(handle)}
	}
	post := func(path string, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodPost, Path: path, Who: page.Public, Handle: private(h.orAgain(handle))}
	}
	open := func(handle caseHandler) page.Handler { return h.withCase(h.whileOpen(handle)) }
	const token = "{token}"
	return []page.Route{
		get(applyview.FindTrackURL(), h.findTrackPage),
		post(applyview.FindTrackURL(), h.findTrack),
		get(applyview.TrackSentURL(), h.trackSent),
		get(applyview.ConfirmURL(token), h.confirmPage),
		post(applyview.ConfirmURL(token), h.confirm),
		get(applyview.TrackURL(token), h.withCase(h.track)),
		get(applyview.ReplyURL(token), h.withCase(h.replyPage)),
		post(applyview.ReplyURL(token), h.withCase(h.reply)),
		get(applyview.ReplyStepURL(token, "{step}"), h.withCase(h.askAgain)),
		post(applyview.ReplyStepURL(token, "{step}"), h.withCase(h.saveAgain)),
		get(applyview.DetailsURL(token), open(h.detailsPage)),
		post(applyview.DetailsURL(token), open(h.details)),
		get(applyview.NewEmailURL(token), open(h.newEmailPage)),
		post(applyview.NewEmailURL(token), open(h.newEmail)),
		get(applyview.NewEmailSentURL(token), open(h.newEmailSent)),
		get(applyview.PauseURL(token), open(h.pausePage)),
		post(applyview.PauseURL(token), open(h.pause)),
		post(applyview.GoOnURL(token), open(h.goOn)),
		get(applyview.WithdrawURL(token), open(h.withdrawPage)),
		post(applyview.WithdrawURL(token), open(h.withdraw)),
		get(applyview.CopyURL(token), h.withCase(h.copyPage)),
		post(applyview.CopyURL(token), h.withCase(h.askCopy)),
	}
}

// private keeps a page out of search engines: it is one person's.
func private(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("X-Robots-Tag", "noindex")
		return next(w, r)
	}
}

// caseHandler answers a request of the returner of a case.
type caseHandler func(w http.ResponseWriter, r *http.Request, c interest.Case) error

// withCase finds the case that the link leads to. A link that leads to none, or
// to none any more, offers a new one.
func (h *Handler) withCase(next caseHandler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, err := h.drafts.Tracked(r.Context(), token(r))
		if errors.Is(err, fault.Gone) {
			return h.showTrackGone(w, r)
		}
		if err != nil {
			return err
		}
		return next(w, r, c)
	}
}

func (h *Handler) showTrackGone(w http.ResponseWriter, r *http.Request) error {
	return h.deps.Pages.Render(w, r, http.StatusGone, applyview.TrackGone(applyview.FindTrackPage{
		Frame: h.deps.Frame(r), FormKey: page.PublicFormKey(r.Context(), applyview.FindTrackURL()),
	}))
}

func token(r *http.Request) string { return chi.URLParam(r, "token") }

// returner is on whose behalf a request changes a case.
func returner(r *http.Request) interest.By {
	return interest.By{Returner: true, RequestID: page.RequestID(r.Context())}
}

// track shows where a case stands.
func (h *Handler) track(w http.ResponseWriter, r *http.Request, c interest.Case) error {
	view := applyview.TrackPage{
		Frame: h.deps.Frame(r), Token: token(r), Case: c, Done: r.URL.Query().Get(applyview.DoneField),
		GoOnKey: page.PublicFormKey(r.Context(), applyview.GoOnURL(token(r))), Today: interest.DayOf(h.deps.Now()),
	}
	var err error
	if view.Details, err = h.faculty.Details(r.Context()); err != nil {
		return err
	}
	if view.Organisation, err = h.organisationName(r.Context()); err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Track(view))
}

// organisationName gives the name of an organisation's slug.
func (h *Handler) organisationName(ctx context.Context) (func(slug string) string, error) {
	organisations, err := h.faculty.Organisations(ctx)
	return applyview.OrganisationName(organisations), err
}

// findTrackPage asks for the email address of somebody who lost the link.
func (h *Handler) findTrackPage(w http.ResponseWriter, r *http.Request) error {
	return h.showFindTrack(w, r, http.StatusOK, "", nil)
}

// findTrack owes mails with links to what an address sent. It answers the same
// where it sent nothing: who wants to return is nobody else's business.
func (h *Handler) findTrack(w http.ResponseWriter, r *http.Request) error {
	email := emailOf(r)
	if errs := email.Validate(); errs.Any() {
		return h.showFindTrack(w, r, http.StatusUnprocessableEntity, email.Address, errs)
	}
	if err := h.drafts.FindTracks(r.Context(), email.Address, page.ClientAddress(r.Context())); err != nil {
		return err
	}
	return redirect(w, r, applyview.TrackSentURL())
}

func (h *Handler) trackSent(w http.ResponseWriter, r *http.Request) error {
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.TrackSent(h.deps.Frame(r)))
}

func (h *Handler) showFindTrack(w http.ResponseWriter, r *http.Request, status int, email string, errs validate.Errors) error {
	return h.deps.Pages.Render(w, r, status, applyview.FindTrack(applyview.FindTrackPage{
		Frame: h.deps.Frame(r), FormKey: page.PublicFormKey(r.Context(), applyview.FindTrackURL()), Email: email, Errors: errs,
	}))
}

// confirmPage shows the button that the link to a new address leads to. It
// changes nothing: mail scanners follow links.
func (h *Handler) confirmPage(w http.ResponseWriter, r *http.Request) error {
	email, err := h.drafts.NewEmail(r.Context(), token(r))
	if errors.Is(err, fault.Gone) {
		return h.confirmed(w, r)
	}
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Confirm(applyview.ConfirmPage{
		Frame: h.deps.Frame(r), FormKey: page.PublicFormKey(r.Context(), r.URL.Path), Token: token(r), Email: email,
	}))
}

// confirm makes the new address the one that mail goes to.
func (h *Handler) confirm(w http.ResponseWriter, r *http.Request) error {
	err := h.drafts.ConfirmEmail(r.Context(), token(r), page.RequestID(r.Context()))
	if errors.Is(err, fault.Gone) {
		return h.showTrackGone(w, r)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, applyview.TrackDoneURL(token(r), applyview.DoneConfirmed))
}

// confirmed leads whoever uses the link of an address again to what they sent:
// once it is used, it is the link to follow.
func (h *Handler) confirmed(w http.ResponseWriter, r *http.Request) error {
	return h.withCase(func(w http.ResponseWriter, r *http.Request, _ interest.Case) error {
		return redirect(w, r, applyview.TrackURL(token(r)))
	})(w, r)
}

// trackForm is a page on which a returner does something, whose form goes to
// its own address.
func (h *Handler) trackForm(r *http.Request, c interest.Case, title string, errs validate.Errors) applyview.TrackForm {
	return applyview.TrackForm{
		Frame: h.deps.Frame(r), FormKey: page.PublicFormKey(r.Context(), r.URL.Path), Token: token(r),
		Reference: c.Reference, Title: title, Errors: errs,
	}
}

// statusOf is the status of a page with a form that may be wrong.
func statusOf(errs validate.Errors) int {
	if errs.Any() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

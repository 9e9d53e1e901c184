// Package apply answers for the returner's form: its questions, one a page, the
// check of all answers, sending, and the page that confirms it.
package apply

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/applyview"
	"ahpfaculty/web/layout"
)

// draftKey is where the form's session keeps the id of its draft.
const draftKey = "draft"

// Deps is what the form is made of.
type Deps struct {
	Pool     *pgxpool.Pool // the requests' pool
	Pages    *page.Server
	Outbox   mail.Outbox // where a form that was sent owes its sender a mail
	Frame    func(r *http.Request) layout.Frame
	Sessions *scs.SessionManager // the form's
	Trusting bool                // takes everybody who sends the form for a person: tests are as fast as programs
	Live     bool                // in production the form stays closed until the faculty has set what it must say
	Now      func() time.Time
}

// Handler answers for the form.
type Handler struct {
	deps    Deps
	drafts  *interest.Store
	faculty *faculty.Store
	content *content.Store
}

// New makes the form's handler.
func New(deps Deps) *Handler {
	return &Handler{
		deps:    deps,
		drafts:  &interest.Store{DB: deps.Pool, Outbox: deps.Outbox, Now: deps.Now, Rules: &updating.Shelf{}, Random: rand.Reader},
		faculty: &faculty.Store{DB: deps.Pool},
		content: &content.Store{DB: deps.Pool},
	}
}

// Routes is the table of the form's routes. A step is a route of its own, so
// that no address of the form is unknown to the table.
func (h *Handler) Routes() []page.Route {
	get := func(path string, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodGet, Path: path, Who: page.Returner, Handle: h.whenOpen(handle)}
	}
	post := func(path string, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodPost, Path: path, Who: page.Returner, Handle: h.orAgain(h.whenOpen(handle))}
	}
	return append(h.trackRoutes(), []page.Route{
		get(applyview.StartURL(), h.start),
		post(applyview.StartURL(), h.begin),
		get(applyview.TasksURL(), h.withDraft(h.tasks)),
		get(applyview.CheckURL(), h.withDraft(h.check)),
		post(applyview.CheckURL(), h.withDraft(h.send)),
		get(applyview.SentURL(), h.sent),
		{Method: http.MethodPost, Path: applyview.CarryURL(), Who: page.Arriving, Handle: h.orAgain(h.whenOpen(h.carry))},
		get(applyview.SaveURL(), h.withDraft(h.savePage)),
		post(applyview.SaveURL(), h.withDraft(h.saveForLater)),
		get(applyview.SavedURL(), h.withDraft(h.saved)),
		get(applyview.LinkURL(), h.linkPage),
		post(applyview.LinkURL(), h.link),
		get(applyview.LinkSentURL(), h.linkSent),
		get(applyview.ResumeURL("{token}"), h.resumePage),
		post(applyview.ResumeURL("{token}"), h.resume),
		get(applyview.LeaveURL(), h.leavePage),
		post(applyview.LeaveURL(), h.leave),
		get(applyview.LeftURL(), h.left),
		get(applyview.StepURL(interest.StepResult), h.withDraft(h.result)),
		get(applyview.StepURL("{step}"), h.withDraft(h.ask)),
		post(applyview.StepURL("{step}"), h.withDraft(h.save)),
	}...)
}

// draftHandler answers a request of somebody who has a draft that is not sent.
type draftHandler func(w http.ResponseWriter, r *http.Request, draft interest.Draft) error

// withDraft finds the draft of the session. Who has none, or sent it, gets the
// page that says so.
func (h *Handler) withDraft(next draftHandler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		draft, err := h.draft(r.Context())
		if errors.Is(err, fault.NotFound) {
			return h.deps.Pages.Render(w, r, http.StatusNotFound, applyview.Lost(h.deps.Frame(r)))
		}
		if err != nil {
			return err
		}
		if draft.Sent() {
			return redirect(w, r, applyview.SentURL())
		}
		return next(w, r, draft)
	}
}

// draft is the draft of the request's session; a NotFound fault when it has
// none, or none any more.
func (h *Handler) draft(ctx context.Context) (interest.Draft, error) {
	id := h.deps.Sessions.GetString(ctx, draftKey)
	if id == "" {
		return interest.Draft{}, fmt.Errorf("session without a draft: %w", fault.NotFound)
	}
	return h.drafts.Draft(ctx, id)
}

// keepSession lets the session live as long as its draft: who changes an answer
// on the last day must still find the form the day after.
func (h *Handler) keepSession(ctx context.Context, draft interest.Draft) {
	h.deps.Sessions.SetDeadline(ctx, draft.ExpiresAt)
}

// whenOpen keeps the form closed in production until the faculty has set who
// answers for the data and how to ask: nobody may send data to nobody.
func (h *Handler) whenOpen(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !h.deps.Live {
			return next(w, r)
		}
		details, err := h.faculty.Details(r.Context())
		if err != nil {
			return err
		}
		if !details.ReadyForForm() {
			return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Closed(h.deps.Frame(r), details))
		}
		return next(w, r)
	}
}

// redirect sends a reader on; after a POST the browser asks with GET.
func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// slug is the step that the request's path names.
func slug(r *http.Request) string { return chi.URLParam(r, "step") }

// Package admin answers for the staff area: signing in, expressions of
// interest, enquiries, the regulators' rules, staff and the audit.
package admin

import (
	"crypto/rand"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/provider"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// Deps is what the staff area is made of.
type Deps struct {
	Pool     postgres.DB
	Exports  postgres.DB // the pool that exports read from
	Pages    *page.Server
	Frame    func(r *http.Request) layout.Frame
	Sessions *scs.SessionManager // the staff area's, idle for 15 minutes at most
	BaseURL  string              // without a slash at the end
	Secrets  [][]byte            // that second factors are encrypted with, newest first
	Provider *provider.Client    // of single sign-on; nil is none
	Ways     staff.Ways          // that the settings leave open
	Now      func() time.Time
}

// Handler answers for the staff area.
type Handler struct {
	deps     Deps
	pages    *page.Server
	sessions *scs.SessionManager
	staff    *staff.Store
	interest *interest.Store
	exporter *interest.Exporter
	bulk     *bulk.Store
	intake   *intake.Store
	enquiry  *enquiry.Store
	offers   *offer.Store
	days     workday.Store
	faculty  *faculty.Store
	rules    *updating.Store
	subject  *subject.Store
	kept     *retention.Store
	purge    *purge.Store
	notices  *notice.Store
	reports  *report.Store
}

// New makes the staff area's handler.
func New(deps Deps) *Handler {
	outbox := mail.NewOutbox()
	h := &Handler{
		deps:     deps,
		pages:    deps.Pages,
		sessions: deps.Sessions,
		staff:    &staff.Store{DB: deps.Pool, Outbox: outbox, Secrets: deps.Secrets, Party: staff.NewRelyingParty(deps.BaseURL), Ways: deps.Ways, Now: deps.Now},
		bulk:     &bulk.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now, Random: rand.Reader},
		intake:   &intake.Store{DB: deps.Pool, Now: deps.Now, Random: rand.Reader},
		interest: &interest.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now, Words: &interest.Vocabulary{}, Random: rand.Reader},
		enquiry:  &enquiry.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now, Random: rand.Reader},
		offers:   &offer.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now, Random: rand.Reader},
		days:     workday.Store{DB: deps.Pool},
		faculty:  &faculty.Store{DB: deps.Pool},
		rules:    &updating.Store{DB: deps.Pool},
		subject:  &subject.Store{DB: deps.Pool, Now: deps.Now},
		kept:     &retention.Store{DB: deps.Pool, Now: deps.Now},
		purge:    &purge.Store{DB: deps.Pool, Now: deps.Now},
		notices:  &notice.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now},
		reports:  &report.Store{DB: deps.Pool, Now: deps.Now},
	}
	h.exporter = &interest.Exporter{Store: h.interest, Reads: deps.Exports}
	return h
}

// by is on whose behalf, and from where, a request does something.
func by(r *http.Request) staff.By {
	viewer, _ := page.Viewer(r.Context())
	return staff.By{
		ActorID:   viewer.ID,
		RequestID: page.RequestID(r.Context()),
		Address:   page.ClientAddress(r.Context()),
		Device:    staff.DeviceOf(r.UserAgent()),
		Token:     deviceToken(r),
	}
}

// session is the session of who has begun to sign in; the route's row has made
// sure that somebody has.
func session(r *http.Request) staff.Session {
	session, _ := page.Session(r.Context())
	return session
}

// viewer is who is signed in; the route's row has made sure that somebody is.
func viewer(r *http.Request) staff.Account {
	account, _ := page.Viewer(r.Context())
	return account
}

// frame is the frame of a page with a title; errors says that the page's form
// was not right.
func (h *Handler) frame(r *http.Request, title string, errors bool) layout.Frame {
	frame := h.deps.Frame(r)
	frame.Title, frame.Errors = title, errors
	frame.FormKey = page.FormKey(r.Context())
	if page.Looks(r) > 0 {
		frame.Idle = max(time.Second, staff.SessionIdle-h.deps.Now().Sub(session(r).LastUsedAt))
	}
	return frame
}

// progress has a page load itself again, until it has done so often enough.
func progress(w http.ResponseWriter, r *http.Request, url string) adminview.Progress {
	p := adminview.Progress{URL: url, Looks: page.Looks(r)}
	if !p.Ended() {
		w.Header().Set("Refresh", p.Refresh())
	}
	return p
}

// under puts a page below another one, to which it leads back.
func under(frame layout.Frame, title, url string) layout.Frame {
	frame.Breadcrumbs = []component.Link{{Text: title, Href: url}}
	return frame
}

// seeOther answers a form: the browser asks for the page to show next.
func seeOther(w http.ResponseWriter, r *http.Request, url string) error {
	http.Redirect(w, r, url, http.StatusSeeOther)
	return nil
}

// noticeKey is where a session keeps what the next page says was done. A
// notice in the address would be said again on every reload.
const noticeKey = "notice"

// notify has the next page say that something was done.
func (h *Handler) notify(r *http.Request, notice string) {
	h.sessions.Put(r.Context(), noticeKey, notice)
}

// notice is what notify kept, once; "" for nothing.
func (h *Handler) notice(r *http.Request) string {
	return h.sessions.PopString(r.Context(), noticeKey)
}

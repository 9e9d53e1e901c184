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
		interest: &interest.Store{DB: deps.Pool, Outbox: outbox, Now: deps.Now, Random: rand.Reader},
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

// Routes is the table of the staff area: every page, and who may use it.
func (h *Handler) Routes() []page.Route {
	const get, post = http.MethodGet, http.MethodPost
	counts, own := page.Can(staff.SeeCounts), page.Can(staff.UseOwnAccount)
	see, work := page.Can(staff.SeeCases), page.Can(staff.WorkCases)
	edit, erase := page.Can(staff.EditContent), page.Can(staff.EraseCases)
	manage, read := page.Can(staff.ManageStaff), page.Can(staff.ReadAudit)
	many := page.Can(staff.ExportOwn).Fresh() // changes of many cases at once
	eraseFresh, manageFresh := erase.Fresh(), manage.Fresh()
	export := page.Can(staff.ExportOwn).Fresh()
	return h.withoutLocal(append(h.providerRoutes(), []page.Route{
		{Method: get, Path: "/admin", Who: counts, Handle: h.home},
		{Method: get, Path: "/admin/figures/{table}", Who: counts, Handle: h.figureFile(adminview.FiguresBySteps, adminview.FiguresByProfession, adminview.FiguresByQuarter, adminview.FiguresByStage)},
		{Method: get, Path: "/admin/figures/work/{table}", Who: page.Can(staff.ExportAll), Handle: h.figureFile(adminview.WorkLate, adminview.WorkTimes, adminview.WorkLoad)},

		{Method: get, Path: "/admin/sign-in", Who: page.SignedOut, Handle: h.signInPage},
		{Method: post, Path: "/admin/sign-in", Who: page.SignedOut, Handle: h.signIn},
		{Method: get, Path: "/admin/sign-in/passkey", Who: page.SignedOut, Handle: h.signInPage},
		{Method: post, Path: "/admin/sign-in/passkey", Who: page.SignedOut, Handle: h.signInPasskey},
		{Method: get, Path: "/admin/forgot", Who: page.SignedOut, Handle: h.forgotPage},
		{Method: post, Path: "/admin/forgot", Who: page.SignedOut, Handle: h.forgot},
		{Method: get, Path: "/admin/link/{token}", Who: page.SignedOut, Handle: h.linkPage},
		{Method: post, Path: "/admin/link/{token}", Who: page.SignedOut, Handle: h.linkUse},
		{Method: get, Path: "/admin/second-step", Who: page.SecondStep, Handle: h.secondStepPage},
		{Method: post, Path: "/admin/second-step", Who: page.SecondStep, Handle: h.secondStep},
		{Method: post, Path: "/admin/second-step/passkey", Who: page.SecondStep, Handle: h.secondStepPasskey},
		{Method: get, Path: "/admin/second-step/recovery", Who: page.SecondStep, Handle: h.recoveryPage},
		{Method: post, Path: "/admin/second-step/recovery", Who: page.SecondStep, Handle: h.recovery},
		{Method: get, Path: "/admin/set-up", Who: page.SecondStep, Handle: h.setUpPage},
		{Method: get, Path: "/admin/set-up/code.png", Who: page.SecondStep, Handle: h.secretPicture},
		{Method: post, Path: "/admin/set-up", Who: page.SecondStep, Handle: h.setUp},
		{Method: post, Path: "/admin/set-up/passkey", Who: page.SecondStep, Handle: h.addPasskey},
		{Method: get, Path: "/admin/confirm", Who: own, Handle: h.confirmPage},
		{Method: post, Path: "/admin/confirm", Who: own, Handle: h.confirm},
		{Method: post, Path: "/admin/confirm/passkey", Who: own, Handle: h.confirmPasskey},
		{Method: get, Path: "/admin/kept", Who: own, Handle: h.givenBack},
		{Method: get, Path: "/admin/stay", Who: own, Handle: h.stay},
		{Method: post, Path: "/admin/sign-out", Who: page.Leaving, Handle: h.signOut},

		{Method: get, Path: "/admin/account", Who: own, Handle: h.account},
		{Method: get, Path: "/admin/account/app", Who: own.Fresh(), Handle: h.setUpPage},
		{Method: get, Path: "/admin/account/app/code.png", Who: own.Fresh(), Handle: h.secretPicture},
		{Method: post, Path: "/admin/account/app", Who: own.Fresh(), Handle: h.setUp},
		{Method: get, Path: "/admin/account/passkeys", Who: own.Fresh(), Handle: h.addPasskeyPage},
		{Method: post, Path: "/admin/account/passkeys", Who: own.Fresh(), Handle: h.addPasskey},
		{Method: get, Path: "/admin/account/passkeys/{id}", Who: own.Fresh(), Handle: h.passkeyPage},
		{Method: post, Path: "/admin/account/passkeys/{id}/name", Who: own.Fresh(), Handle: h.passkeyName},
		{Method: post, Path: "/admin/account/passkeys/{id}/remove", Who: own.Fresh(), Handle: h.passkeyRemove},
		{Method: get, Path: "/admin/account/recovery-codes", Who: own.Fresh(), Handle: h.newCodesPage},
		{Method: post, Path: "/admin/account/recovery-codes", Who: own.Fresh(), Handle: h.newCodes},
		{Method: post, Path: "/admin/account/password", Who: own, Handle: h.accountPassword},
		{Method: post, Path: "/admin/account/sessions/{id}/end", Who: own, Handle: h.accountEndSession},
		{Method: post, Path: "/admin/account/end-sessions", Who: own, Handle: h.accountEndSessions},

		{Method: get, Path: "/admin/expressions", Who: see, Handle: h.expressions},
		{Method: post, Path: "/admin/expressions/search", Who: see, Handle: h.expressionsSearch},
		{Method: post, Path: "/admin/expressions/take", Who: work, Handle: h.expressionsTake},
		{Method: post, Path: "/admin/expressions/views", Who: see, Handle: h.expressionsViewSave},
		{Method: post, Path: "/admin/expressions/views/{id}/delete", Who: see, Handle: h.expressionsViewDelete},
		{Method: get, Path: "/admin/expressions/export", Who: export, Handle: h.expressionsExportPage},
		{Method: post, Path: "/admin/expressions/export", Who: export, Handle: h.expressionsExport},
		{Method: get, Path: "/admin/expressions/export/{id}", Who: export, Handle: h.expressionsExportOrdered},
		{Method: post, Path: "/admin/expressions/export/{id}/file", Who: export, Handle: h.expressionsExportFile},
		{Method: get, Path: "/admin/expressions/bulk", Who: many, Handle: h.bulkChoose},
		{Method: post, Path: "/admin/expressions/bulk", Who: many, Handle: h.bulkPlan},
		{Method: get, Path: "/admin/expressions/bulk/{id}", Who: page.Can(staff.ExportOwn), Handle: h.bulkChange},
		{Method: post, Path: "/admin/expressions/bulk/{id}/start", Who: many, Handle: h.bulkStart},
		{Method: get, Path: "/admin/expressions/{reference}", Who: see, Handle: h.ofCase(h.expression)},
		{Method: post, Path: "/admin/expressions/{reference}/move", Who: work, Handle: h.ofCase(h.expressionMove)},
		{Method: post, Path: "/admin/expressions/{reference}/assign", Who: work, Handle: h.ofCase(h.expressionAssign)},
		{Method: get, Path: "/admin/expressions/{reference}/correct/{step}", Who: work, Handle: h.ofCase(h.expressionCorrectPage)},
		{Method: post, Path: "/admin/expressions/{reference}/correct/{step}", Who: work, Handle: h.ofCase(h.expressionCorrect)},
		{Method: post, Path: "/admin/expressions/{reference}/note", Who: work, Handle: h.ofCase(h.expressionNote)},
		{Method: post, Path: "/admin/expressions/{reference}/bounced", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventBounced))},
		{Method: post, Path: "/admin/expressions/{reference}/reachable", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventReachable))},
		{Method: post, Path: "/admin/expressions/{reference}/readdressed", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventReaddressed))},
		{Method: post, Path: "/admin/expressions/{reference}/ask", Who: work, Handle: h.ofCase(h.expressionAsk)},
		{Method: post, Path: "/admin/expressions/{reference}/take-back", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.TakeBack, "The question was taken back"))},
		{Method: post, Path: "/admin/expressions/{reference}/hold", Who: work, Handle: h.ofCase(h.expressionHold)},
		{Method: post, Path: "/admin/expressions/{reference}/resume", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.Resume, "The case goes on"))},
		{Method: post, Path: "/admin/expressions/{reference}/copy-given", Who: erase, Handle: h.ofCase(h.expressionTurn(h.interest.GiveCopy, "Recorded: the person has a copy of their data"))},
		{Method: post, Path: "/admin/expressions/{reference}/rescue", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.Rescue, "Among the cases now. The person gets their confirmation by email"))},
		{Method: get, Path: "/admin/expressions/{reference}/data", Who: eraseFresh, Handle: h.ofCase(h.expressionData)},
		{Method: get, Path: "/admin/expressions/{reference}/data.json", Who: eraseFresh, Handle: h.ofCase(h.expressionDataFile)},
		{Method: get, Path: "/admin/expressions/{reference}/erase", Who: eraseFresh, Handle: h.ofCase(h.expressionErasePage)},
		{Method: post, Path: "/admin/expressions/{reference}/erase", Who: eraseFresh, Handle: h.ofCase(h.expressionErase)},

		{Method: get, Path: "/admin/enquiries", Who: see, Handle: h.enquiries},
		{Method: get, Path: "/admin/enquiries/{reference}", Who: see, Handle: h.enquiryPage},
		{Method: post, Path: "/admin/enquiries/{reference}/change", Who: work, Handle: h.enquiryChange},
		{Method: post, Path: "/admin/enquiries/{reference}/note", Who: work, Handle: h.enquiryNote},

		{Method: get, Path: "/admin/offers", Who: see, Handle: h.offersList},
		{Method: get, Path: "/admin/offers/{reference}", Who: see, Handle: h.offerPage},
		{Method: post, Path: "/admin/offers/{reference}/change", Who: work, Handle: h.offerChange},
		{Method: post, Path: "/admin/offers/{reference}/note", Who: work, Handle: h.offerNote},

		{Method: get, Path: "/admin/rules", Who: edit, Handle: h.rulesList},
		{Method: post, Path: "/admin/rules/check", Who: edit, Handle: h.rulesCheck},
		{Method: get, Path: "/admin/rules/figures/{slug}", Who: edit, Handle: h.figure},
		{Method: post, Path: "/admin/rules/figures/{slug}", Who: edit, Handle: h.figureSet},

		{Method: get, Path: "/admin/retention", Who: erase, Handle: h.retentionList},
		{Method: get, Path: "/admin/retention/{kind}", Who: eraseFresh, Handle: h.retentionRule},
		{Method: post, Path: "/admin/retention/{kind}", Who: eraseFresh, Handle: h.retentionSet},

		{Method: get, Path: "/admin/times", Who: erase, Handle: h.times},
		{Method: post, Path: "/admin/times/stages", Who: erase, Handle: h.stageLimitsSet},
		{Method: post, Path: "/admin/times/replies", Who: erase, Handle: h.replyTimesSet},
		{Method: post, Path: "/admin/times/holidays", Who: erase, Handle: h.holidayAdd},
		{Method: post, Path: "/admin/times/holidays/remove", Who: erase, Handle: h.holidayRemove},

		{Method: get, Path: "/admin/staff", Who: manage, Handle: h.staffList},
		{Method: get, Path: "/admin/staff/add", Who: manageFresh, Handle: h.staffAddPage},
		{Method: post, Path: "/admin/staff/add", Who: manageFresh, Handle: h.staffAdd},
		{Method: get, Path: "/admin/staff/{id}", Who: manageFresh, Handle: h.staffPerson},
		{Method: post, Path: "/admin/staff/{id}/role", Who: manageFresh, Handle: h.staffRole},
		{Method: post, Path: "/admin/staff/{id}/link", Who: manageFresh, Handle: h.staffLink},
		{Method: post, Path: "/admin/staff/{id}/end-sessions", Who: manageFresh, Handle: h.staffEndSessions},
		{Method: post, Path: "/admin/staff/{id}/reset-second-factor", Who: manageFresh, Handle: h.staffResetFactor},
		{Method: post, Path: "/admin/staff/{id}/disable", Who: manageFresh, Handle: h.staffDisable},
		{Method: post, Path: "/admin/staff/{id}/enable", Who: manageFresh, Handle: h.staffEnable},

		{Method: get, Path: "/admin/account/notifications", Who: see, Handle: h.noticesPage},
		{Method: post, Path: "/admin/account/notifications", Who: see, Handle: h.noticesChoose},
		{Method: get, Path: "/admin/mailbox", Who: manageFresh, Handle: h.mailboxPage},
		{Method: post, Path: "/admin/mailbox", Who: manageFresh, Handle: h.mailboxSet},

		{Method: get, Path: "/admin/audit", Who: read, Handle: h.audit},
		{Method: post, Path: "/admin/audit", Who: read, Handle: h.auditFilter},
		{Method: get, Path: "/admin/audit.csv", Who: read.Fresh(), Handle: h.auditFile},
	}...))
}

// by is on whose behalf, and from where, a request does something.
func by(r *http.Request) staff.By {
	viewer, _ := page.Viewer(r.Context())
	return staff.By{
		ActorID:   viewer.ID,
		RequestID: page.RequestID(r.Context()),
		Address:   page.ClientAddress(r.Context()),
		Device:    staff.DeviceOf(r.UserAgent()),
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
	return frame
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

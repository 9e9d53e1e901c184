package page

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// Guard stands before the routes of the staff area: it finds out who asks, and
// compares with the route's row.
type Guard struct {
	Staff *staff.Store
	Keys  *FormKeys
	Now   func() time.Time

	reading atomic.Int32 // how many forms with a file are in memory
}

// Admit gives the request its session and checks the route's row and a POST's
// key. It reports done when it has answered by sending the person to where they
// show who they are. A form with a file is read here, when all but its key is
// known to be right: nobody else has the portal hold a file.
func (g *Guard) Admit(w http.ResponseWriter, r *http.Request, route Route) (admitted *http.Request, done bool, err error) {
	r = r.WithContext(WithFormKeys(r.Context(), g.Keys))
	session, err := g.session(r)
	begun := err == nil
	if err != nil && !errors.Is(err, fault.NotFound) {
		return r, false, err
	}
	if begun {
		r = r.WithContext(WithSession(r.Context(), session))
	}
	if to := g.detour(route, session, begun); to != "" {
		done, err := g.send(w, r, route, to)
		return r, done, err
	}
	if route.Who.NeedsStaff() && !route.Who.Allows(session.Account.Role) {
		return r, false, fmt.Errorf("a %s may not use %s %s: %w", session.Account.Role, route.Method, route.Path, fault.Forbidden)
	}
	stale := route.Who.NeedsFresh() && !session.Fresh(g.Now())
	switch {
	case route.File == "":
		r, done, err = CheckKey(w, r, g.Keys, route)
	case !stale:
		r, done, err = g.checkFileKey(w, r, route)
	}
	if err == nil && !done && stale {
		done, err = g.send(w, r, route, adminview.ConfirmURL())
	}
	return r, done, err
}

// checkFileKey reads a form with a file and checks its key.
func (g *Guard) checkFileKey(w http.ResponseWriter, r *http.Request, route Route) (checked *http.Request, done bool, err error) {
	if r, err = g.readFile(w, r, route); err != nil {
		return r, false, err
	}
	return CheckKey(w, r, g.Keys, route)
}

// session is the sign-in that the browser's session is; a NotFound fault where
// there is none, or it has ended.
func (g *Guard) session(r *http.Request) (staff.Session, error) {
	id := SignInID(r.Context(), g.Keys.Sessions)
	if id == "" {
		return staff.Session{}, fmt.Errorf("nobody is signed in: %w", fault.NotFound)
	}
	return g.Staff.Session(r.Context(), id)
}

// detour is where somebody must go before they may use a route; "" where they
// are far enough.
func (g *Guard) detour(route Route, session staff.Session, begun bool) string {
	switch {
	case !route.Who.NeedsPassword():
		return ""
	case !begun:
		return adminview.SignInURL()
	case route.Who.NeedsStaff() && !session.Complete():
		return SecondStepURL(session.Account)
	case route.Who.IsSecondStep() && session.Complete():
		return adminview.HomeURL()
	default:
		return ""
	}
}

// SecondStepURL is where somebody goes on who has proved their password: to
// their second factor, or to set one up.
func SecondStepURL(account staff.Account) string {
	if account.HasSecondFactor() {
		return adminview.SecondStepURL()
	}
	return adminview.SetUpURL()
}

// send sends a reader on, and has them come back afterwards. A form that came
// too late is kept for them; one of nobody known is refused.
func (g *Guard) send(w http.ResponseWriter, r *http.Request, route Route, to string) (done bool, err error) {
	switch {
	case !route.Who.NeedsStaff():
		// Nobody comes back to a step or to the way out: they go on from where they are.
	case r.Method == http.MethodPost:
		kept, err := g.keep(w, r, route)
		if err != nil {
			return false, err
		}
		if !kept {
			return false, fmt.Errorf("a form of somebody who must go to %s first: %w", to, fault.Forbidden)
		}
	default:
		KeepNext(r.Context(), g.Keys.Sessions, r.URL.RequestURI())
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return true, nil
}

// Refused records that somebody who is signed in was refused a route: because
// of their role, or because the form that they sent was not one of theirs. Other
// errors are none of its business.
func (g *Guard) Refused(r *http.Request, route Route, err error) error {
	session, begun := Session(r.Context())
	if !errors.Is(err, fault.Forbidden) || !begun {
		return err
	}
	detail := "form"
	if !route.Who.Allows(session.Account.Role) {
		detail = "role " + string(session.Account.Role)
	}
	entry := audit.Entry{
		ActorKind: audit.Staff, ActorID: session.Account.ID, Action: "route.use",
		SubjectKind: "route", SubjectID: route.Method + " " + route.Path,
		Outcome: audit.Refused, RequestID: RequestID(r.Context()), Detail: detail,
	}
	if failed := audit.Record(r.Context(), g.Staff.DB, entry); failed != nil {
		return failed
	}
	return err
}

// CheckKey checks the key of the form that a POST carries. Where it is missing
// because of too long a pause, it sends the person to the form's page again,
// and reports done.
func CheckKey(w http.ResponseWriter, r *http.Request, keys *FormKeys, route Route) (checked *http.Request, done bool, err error) {
	if r.Method != http.MethodPost {
		return r, false, nil
	}
	ctx, err := keys.Check(r)
	if err != nil && !route.Who.NeedsPassword() && keys.Ended(r.Context()) {
		// Too long a pause, no forgery: the same page again, with a new key.
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
		return r, true, nil
	}
	if err != nil {
		return r, false, err
	}
	return r.WithContext(ctx), false, nil
}

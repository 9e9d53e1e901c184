package admin

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// providerRoutes are those of single sign-on, where there is a provider. Every
// way to it is a link: a form may not lead to another site.
func (h *Handler) providerRoutes() []page.Route {
	if h.deps.Provider == nil {
		return nil
	}
	const get, post = http.MethodGet, http.MethodPost
	own, manage := page.Can(staff.UseOwnAccount), page.Can(staff.ManageStaff)
	return []page.Route{
		{Method: get, Path: "/admin/sign-in/provider", Who: page.SignedOut, Handle: h.providerSignIn},
		{Method: get, Path: "/admin/sign-in/provider/return", Who: page.SignedOut, Handle: h.providerReturn},
		{Method: get, Path: "/admin/sign-in/provider/out", Who: page.SignedOut, Handle: h.providerOut},
		{Method: get, Path: "/admin/link/{token}/provider", Who: page.SignedOut, Handle: h.providerLink},
		{Method: get, Path: "/admin/confirm/provider", Who: own, Handle: h.providerConfirm},
		{Method: get, Path: "/admin/account/provider", Who: own.Fresh(), Handle: h.providerAdd},
		{Method: post, Path: "/admin/staff/{id}/identities/{identity}/remove", Who: manage.Fresh(), Handle: h.identityRemove},
	}
}

// localPaths are where people sign in by what the portal keeps itself, and look
// after it. A method stands before a path whose other method is for everybody.
var localPaths = []string{
	"POST /admin/sign-in", "POST /admin/link/{token}", "POST /admin/confirm", "/admin/forgot", "/admin/second-step", "/admin/set-up",
	"/admin/account/app", "/admin/account/recovery-codes", "/admin/account/password", "/admin/account/passkeys", "/admin/sign-in/passkey", "/admin/confirm/passkey",
}

// withoutLocal has every route of local sign-in say that there is none, where
// it is switched off.
func (h *Handler) withoutLocal(routes []page.Route) []page.Route {
	if !h.deps.Ways.LocalOff {
		return routes
	}
	for i, route := range routes {
		if slices.ContainsFunc(localPaths, func(local string) bool { return isAtOrUnder(route, local) }) {
			routes[i].Handle = h.notHere
		}
	}
	return routes
}

// isAtOrUnder reports whether a route is that of a local path, or below it.
func isAtOrUnder(route page.Route, local string) bool {
	if method, path, found := strings.Cut(local, " "); found {
		return route.Method == method && route.Path == path
	}
	return route.Path == local || strings.HasPrefix(route.Path, local+"/")
}

func (h *Handler) notHere(w http.ResponseWriter, r *http.Request) error {
	return h.pages.Render(w, r, http.StatusNotFound, adminview.NotHere{
		Frame: h.frame(r, "There are no passwords here", false), Ways: h.ways(),
	}.Page())
}

// ways are the ways in that pages offer.
func (h *Handler) ways() adminview.Ways {
	ways := adminview.Ways{LocalOff: h.deps.Ways.LocalOff}
	if h.deps.Provider != nil {
		ways.Provider, ways.GivesRoles = h.deps.Provider.Name(), h.deps.Provider.MapsRoles()
	}
	return ways
}

func (h *Handler) providerSignIn(w http.ResponseWriter, r *http.Request) error {
	if begun, ok := page.Session(r.Context()); ok && begun.Complete() {
		return seeOther(w, r, adminview.HomeURL())
	}
	return h.toProvider(w, r, staff.NewFlow{Purpose: staff.ToSignIn})
}

func (h *Handler) providerConfirm(w http.ResponseWriter, r *http.Request) error {
	return h.toProvider(w, r, staff.NewFlow{Purpose: staff.ToConfirm, SessionID: session(r).ID})
}

func (h *Handler) providerAdd(w http.ResponseWriter, r *http.Request) error {
	return h.toProvider(w, r, staff.NewFlow{Purpose: staff.ToAdd, SessionID: session(r).ID})
}

func (h *Handler) providerLink(w http.ResponseWriter, r *http.Request) error {
	err := h.toProvider(w, r, staff.NewFlow{Purpose: staff.ToLink, Token: chi.URLParam(r, "token")})
	if errors.Is(err, fault.Gone) {
		return h.showLinkGone(w, r)
	}
	return err
}

// browserKey is where a session keeps the random value by which the browser is
// known again when it comes back from the provider.
const browserKey = "browser"

// toProvider sends somebody to the provider.
func (h *Handler) toProvider(w http.ResponseWriter, r *http.Request, n staff.NewFlow) error {
	browser := h.sessions.GetString(r.Context(), browserKey)
	if browser == "" {
		browser = rand.Text()
		h.sessions.Put(r.Context(), browserKey, browser)
	}
	flow, err := h.staff.BeginFlow(r.Context(), browser, n)
	if err != nil {
		return err
	}
	to, err := h.deps.Provider.AuthURL(r.Context(), flow)
	if errors.Is(err, fault.Unavailable) {
		return h.showAway(w, r)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, to)
}

// providerReturn is where the provider sends people back to. The session's
// cookie is Lax, so that it comes along with a link from another site; the
// flow it belongs to works once. The audit is for those who went there: a
// program, or an image on any page, could fill it.
func (h *Handler) providerReturn(w http.ResponseWriter, r *http.Request) error {
	if h.sessions.GetString(r.Context(), browserKey) == "" {
		return h.showRefused(w, r, staff.Flow{}, staff.WrongState)
	}
	flow, person, err := h.returned(r)
	var why staff.Refusal
	if errors.As(err, &why) {
		if err := h.staff.Refused(r.Context(), by(r), why); err != nil {
			return err
		}
	} else if err == nil {
		err = h.comeIn(w, r, flow, person)
	}
	switch {
	case errors.As(err, &why):
		return h.showRefused(w, r, flow, why)
	case errors.Is(err, fault.Gone):
		return h.showLinkGone(w, r)
	case errors.Is(err, fault.Unavailable):
		return h.showAway(w, r)
	}
	return err
}

// returned is who came back, and from which way to the provider.
func (h *Handler) returned(r *http.Request) (staff.Flow, staff.Person, error) {
	browser := h.sessions.GetString(r.Context(), browserKey)
	flow, err := h.staff.TakeFlow(r.Context(), by(r), browser, r.URL.Query().Get("state"))
	if err != nil {
		return staff.Flow{}, staff.Person{}, err
	}
	// Who went to the provider signed in comes back in the same session or not at all.
	if begun, _ := page.Session(r.Context()); flow.SessionID != "" && begun.ID != flow.SessionID {
		return flow, staff.Person{}, staff.WrongState
	}
	person, err := h.deps.Provider.Person(r.Context(), flow, r.URL.Query())
	return flow, person, err
}

// comeIn does what somebody went to the provider for.
func (h *Handler) comeIn(w http.ResponseWriter, r *http.Request, flow staff.Flow, person staff.Person) error {
	var proved staff.Session
	var err error
	switch flow.Purpose {
	case staff.ToConfirm:
		proved, err = h.staff.ConfirmByProvider(r.Context(), by(r), session(r), person)
	case staff.ToAdd:
		err = h.staff.AddIdentity(r.Context(), by(r), session(r), person)
	case staff.ToLink:
		proved, err = h.staff.UseLinkByProvider(r.Context(), by(r), flow.LinkID, person)
	default:
		proved, err = h.staff.SignInByProvider(r.Context(), by(r), person)
	}
	if err == nil {
		err = h.staff.CameBack(r.Context(), by(r))
	}
	if flow.Purpose == staff.ToAdd {
		return h.added(w, r, err)
	}
	if begun, ok := page.Session(r.Context()); ok && err == nil && begun.ID != proved.ID {
		// One browser is one sign-in: the one before ends.
		err = h.staff.SignOut(r.Context(), by(r), begun)
	}
	return h.goOn(w, r, proved, err)
}

// added says that the provider is a way in from now on.
func (h *Handler) added(w http.ResponseWriter, r *http.Request, err error) error {
	if err != nil {
		return err
	}
	h.notify(r, "You can sign in with "+h.deps.Provider.Name()+" from now on")
	return seeOther(w, r, adminview.AccountURL())
}

func (h *Handler) showRefused(w http.ResponseWriter, r *http.Request, flow staff.Flow, why staff.Refusal) error {
	refused := adminview.RefusedFor(why, flow.Purpose, h.deps.Provider.Name())
	return h.pages.Render(w, r, http.StatusForbidden, adminview.ProviderRefused{
		Frame: h.frame(r, refused.Title, false), Refused: refused,
	}.Page())
}

func (h *Handler) showAway(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Retry-After", "60")
	return h.pages.Render(w, r, http.StatusServiceUnavailable, adminview.ProviderAway{
		Frame: h.frame(r, h.deps.Provider.Name()+" does not answer", false), Ways: h.ways(),
	}.Page())
}

// confirmByProvider is the page of who signed in by the provider.
func (h *Handler) confirmByProvider(w http.ResponseWriter, r *http.Request) error {
	return h.pages.Render(w, r, http.StatusOK, adminview.ConfirmByProvider{
		Frame: h.frame(r, "Confirm it is you", false), Ways: h.ways(),
	}.Page())
}

// providerOut says that signing out here is not signing out there.
func (h *Handler) providerOut(w http.ResponseWriter, r *http.Request) error {
	back := h.deps.BaseURL + adminview.SignInURL()
	return h.pages.Render(w, r, http.StatusOK, adminview.ProviderOut{
		Frame: h.frame(r, "You are signed out of this portal", false), Ways: h.ways(), SignOut: h.deps.Provider.SignOutURL(r.Context(), back),
	}.Page())
}

func (h *Handler) identityRemove(w http.ResponseWriter, r *http.Request) error {
	return h.changePerson(w, r, "They can no longer sign in with "+h.deps.Provider.Name()+" until they add it again", func(id string) error {
		return h.staff.RemoveIdentity(r.Context(), by(r), id, chi.URLParam(r, "identity"))
	})
}

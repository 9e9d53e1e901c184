package page

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// What the staff area's session holds of a form that came too late.
const (
	keptKey    = "kept-form"
	keptForKey = "kept-for"
	// lostFileKey says that the form had a file, of which nothing is kept.
	lostFileKey = "lost-file"
)

// keptFor is how long what was typed waits for its owner to sign in again.
const keptFor = 10 * time.Minute

// KeptForm is a form that came too late to be taken, with what was typed.
type KeptForm struct {
	Path   string
	Fields url.Values
	At     time.Time
}

// secretFields are those of forms that are never kept.
var secretFields = []string{"password", "current", "code", "recovery", "answer"}

// keep keeps a form for the account that it belongs to, encrypted, in the
// session that the person signs in with. It reports whether it did, or the form
// has a file, which cannot be kept: then its page comes back.
func (g *Guard) keep(w http.ResponseWriter, r *http.Request, route Route) (bool, error) {
	if slices.ContainsFunc(secretFields, r.PostForm.Has) {
		return false, nil
	}
	accountID, err := g.lateAccount(r)
	if err != nil || accountID == "" {
		return false, err
	}
	if route.File != "" {
		drop(w, r, route)
		g.Keys.Sessions.Put(r.Context(), lostFileKey, true)
		KeepNext(r.Context(), g.Keys.Sessions, r.URL.Path)
		return true, nil
	}
	fields := url.Values{}
	for name, values := range r.PostForm {
		if name != FormKeyField {
			fields[name] = values
		}
	}
	plain, err := json.Marshal(KeptForm{Path: r.URL.Path, Fields: fields, At: g.Now()})
	if err != nil {
		return false, fmt.Errorf("keeping a form: %w", err)
	}
	sealed, err := g.Staff.SealForm(accountID, plain)
	if err != nil {
		return false, err
	}
	g.Keys.Sessions.Put(r.Context(), keptKey, sealed)
	g.Keys.Sessions.Put(r.Context(), keptForKey, accountID)
	KeepNext(r.Context(), g.Keys.Sessions, adminview.KeptURL())
	return true, nil
}

// lateAccount is the account that a form belongs to whose session has ended; ""
// where that cannot be told any more.
func (g *Guard) lateAccount(r *http.Request) (string, error) {
	id := SignInID(r.Context(), g.Keys.Sessions)
	if id == "" {
		id = g.lateSignIn(r)
	}
	return g.Staff.AccountOfSession(r.Context(), id)
}

// lateSignIn is the sign-in of the expired session that the request's cookie
// names; "" for one that was ended: nothing of that is left.
func (g *Guard) lateSignIn(r *http.Request) string {
	sessions := g.Keys.Sessions
	cookie, err := r.Cookie(sessions.Cookie.Name)
	if err != nil {
		return ""
	}
	data, err := staff.SessionStore{DB: g.Staff.DB, Now: g.Now}.Expired(r.Context(), cookie.Value)
	if err != nil {
		return ""
	}
	_, values, err := sessions.Codec.Decode(data)
	if err != nil {
		return ""
	}
	id, _ := values[signInKey].(string)
	return id
}

// HasKept reports whether a form waits for its owner to sign in.
func HasKept(ctx context.Context, sessions *scs.SessionManager) bool {
	return sessions.Exists(ctx, keptKey)
}

// HasLostFile reports whether somebody who must show who they are sent a file,
// which they choose again afterwards.
func HasLostFile(ctx context.Context, sessions *scs.SessionManager) bool {
	return sessions.GetBool(ctx, lostFileKey)
}

// TakeLostFile is HasLostFile, once.
func TakeLostFile(ctx context.Context, sessions *scs.SessionManager) bool {
	return sessions.PopBool(ctx, lostFileKey)
}

// Kept gives the form that waits for somebody who is signed in; a NotFound fault
// where there is none, it is somebody else's, or they took too long.
func Kept(ctx context.Context, sessions *scs.SessionManager, accounts *staff.Store, now time.Time) (KeptForm, error) {
	session, ok := Session(ctx)
	if !ok || sessions.GetString(ctx, keptForKey) != session.Account.ID {
		return KeptForm{}, fmt.Errorf("no form waits: %w", fault.NotFound)
	}
	plain, err := accounts.OpenForm(session.Account.ID, sessions.GetBytes(ctx, keptKey))
	if err != nil {
		return KeptForm{}, fmt.Errorf("no form waits: %w", fault.NotFound)
	}
	var kept KeptForm
	if err := json.Unmarshal(plain, &kept); err != nil {
		return KeptForm{}, fmt.Errorf("reading a kept form: %w", err)
	}
	if now.Sub(kept.At) > keptFor {
		return KeptForm{}, fmt.Errorf("a form waited too long: %w", fault.NotFound)
	}
	return kept, nil
}

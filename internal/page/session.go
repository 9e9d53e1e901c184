package page

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/staff"
)

// What the staff area's session holds: which sign-in it is, and where the
// person wanted to go.
const (
	signInKey = "sign-in"
	nextKey   = "next"
)

// SignIn makes the browser's session that of a sign-in: it gets a new token, so
// that one planted before is worth nothing, and new form keys. It is called
// again when the sign-in can do what it could not do before.
func SignIn(ctx context.Context, sessions *scs.SessionManager, session staff.Session) error {
	if err := Renew(ctx, sessions); err != nil {
		return fmt.Errorf("signing %s in: %w", session.Account.ID, err)
	}
	sessions.Put(ctx, signInKey, session.ID)
	return nil
}

// Renew gives a session a new token and new form keys, because from now on it
// can do what it could not do before.
func Renew(ctx context.Context, sessions *scs.SessionManager) error {
	if err := sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renewing a session: %w", err)
	}
	sessions.Remove(ctx, bindingKey)
	return nil
}

// SignInID is the id of the sign-in that the browser's session is; "" where
// nobody has begun to sign in.
func SignInID(ctx context.Context, sessions *scs.SessionManager) string {
	return sessions.GetString(ctx, signInKey)
}

// KeepNext remembers in the session where a person wanted to go before they
// had to show who they are. It stays out of the URL, which may be logged.
func KeepNext(ctx context.Context, sessions *scs.SessionManager, target string) {
	sessions.Put(ctx, nextKey, Onward(target))
}

// TakeNext gives the address that KeepNext kept, once, or the fallback.
func TakeNext(ctx context.Context, sessions *scs.SessionManager, fallback string) string {
	if target := Onward(sessions.PopString(ctx, nextKey)); target != "" {
		return target
	}
	return fallback
}

// Onward is where a sign-in may send somebody on: a page of the staff area, as
// path and query; "" for every other address, and for one that browsers and Go
// may read differently.
func Onward(target string) string {
	parsed, err := url.Parse(target)
	if err != nil || parsed.Scheme != "" || parsed.Host != "" || parsed.User != nil || parsed.Opaque != "" || parsed.Fragment != "" {
		return ""
	}
	if parsed.Path != "/admin" && !strings.HasPrefix(parsed.Path, "/admin/") {
		return ""
	}
	// Browsers take a backslash for a slash, walk up at dots, and drop white space.
	if strings.ContainsAny(parsed.Path, "\\") || path.Clean(parsed.Path) != parsed.Path ||
		strings.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return ""
	}
	return parsed.RequestURI()
}

// WithClientAddress gives a context the address a request came from.
func WithClientAddress(ctx context.Context, addr netip.Addr) context.Context {
	return context.WithValue(ctx, clientAddressKey, addr)
}

// ClientAddress is the address a request came from, as the trusted proxies
// tell it; the zero Addr outside a request.
func ClientAddress(ctx context.Context) netip.Addr {
	addr, _ := ctx.Value(clientAddressKey).(netip.Addr)
	return addr
}

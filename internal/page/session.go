package page

import (
	"context"
	"fmt"
	"net/netip"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/staff"
)

// What the staff area's session holds about who is signed in.
const (
	accountKey = "account"
	epochKey   = "epoch"
	nextKey    = "next"
)

// SignIn makes the session the account's: it gets a new token, so that one
// planted before is worth nothing, and new form keys.
func SignIn(ctx context.Context, sessions *scs.SessionManager, account staff.Account) error {
	if err := Renew(ctx, sessions); err != nil {
		return fmt.Errorf("signing %s in: %w", account.ID, err)
	}
	sessions.Put(ctx, accountKey, account.ID)
	sessions.Put(ctx, epochKey, account.Epoch)
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

// SignedIn is the account id and epoch that the session was made with; false
// when nobody is signed in. Whoever calls it compares the epoch with the
// account's own: an older one is a session that was ended from elsewhere.
func SignedIn(ctx context.Context, sessions *scs.SessionManager) (id string, epoch int, ok bool) {
	id = sessions.GetString(ctx, accountKey)
	return id, sessions.GetInt(ctx, epochKey), id != ""
}

// KeepNext remembers in the session where a person wanted to go before they
// had to sign in. It stays out of the URL, which may be logged.
func KeepNext(ctx context.Context, sessions *scs.SessionManager, path string) {
	sessions.Put(ctx, nextKey, path)
}

// TakeNext gives the path that KeepNext kept, once, or the fallback.
func TakeNext(ctx context.Context, sessions *scs.SessionManager, fallback string) string {
	if path := sessions.PopString(ctx, nextKey); path != "" {
		return path
	}
	return fallback
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

package page

import (
	"context"

	"ahpfaculty/internal/staff"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	sessionKey
	formKeysKey
	nonceKey
	clientAddressKey
	publicKeysKey
	keyAgeKey
	connectionKey
	fileKey
)

// WithRequestID gives a context the id that ties a request's log lines, audit
// rows and error page together.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey, id)
}

// RequestID is the request's id, or "" outside a request.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// WithSession gives a context the session of the member of staff who has begun
// to sign in, or is signed in.
func WithSession(ctx context.Context, session staff.Session) context.Context {
	return context.WithValue(ctx, sessionKey, session)
}

// Session is the session of the member of staff who has begun to sign in, or is
// signed in; false when nobody has.
func Session(ctx context.Context) (staff.Session, bool) {
	session, ok := ctx.Value(sessionKey).(staff.Session)
	return session, ok
}

// Viewer is the member of staff who is signed in; false when nobody is, and
// while their second factor is missing.
func Viewer(ctx context.Context) (staff.Account, bool) {
	session, ok := Session(ctx)
	if !ok || !session.Complete() {
		return staff.Account{}, false
	}
	return session.Account, true
}

// WithConnection gives a context the one of its connection, which ends when the
// client leaves, and has no deadline.
func WithConnection(ctx, connection context.Context) context.Context {
	return context.WithValue(ctx, connectionKey, connection)
}

// Unhurried is a request's context without its deadline, for what streams: it
// ends when the client leaves.
func Unhurried(ctx context.Context) (context.Context, context.CancelFunc) {
	unhurried, cancel := context.WithCancel(context.WithoutCancel(ctx))
	connection, ok := ctx.Value(connectionKey).(context.Context)
	if !ok {
		return unhurried, cancel
	}
	stop := context.AfterFunc(connection, cancel)
	return unhurried, func() { stop(); cancel() }
}

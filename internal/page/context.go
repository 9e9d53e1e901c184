package page

import (
	"context"

	"ahpfaculty/internal/staff"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	viewerKey
	formKeysKey
	nonceKey
	clientAddressKey
	publicKeysKey
	keyAgeKey
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

// WithViewer gives a context the member of staff who is signed in.
func WithViewer(ctx context.Context, account staff.Account) context.Context {
	return context.WithValue(ctx, viewerKey, account)
}

// Viewer is the member of staff who is signed in; false when nobody is.
func Viewer(ctx context.Context) (staff.Account, bool) {
	account, ok := ctx.Value(viewerKey).(staff.Account)
	return account, ok
}

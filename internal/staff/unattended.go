package staff

import "context"

type contextKey int

const unattendedKey contextKey = iota

// Unattended gives a context for a request that a page makes by itself: nobody
// uses a session by it, so that who is away is signed out all the same.
func Unattended(ctx context.Context) context.Context {
	return context.WithValue(ctx, unattendedKey, true)
}

func isUnattended(ctx context.Context) bool { return ctx.Value(unattendedKey) != nil }

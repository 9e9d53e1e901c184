// Package stafftest has the phones of members of staff for tests: they sign in
// as people do, with a password and a code.
package stafftest

import (
	"context"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/staff"
)

// Secrets are what second factors are encrypted with in tests.
func Secrets() [][]byte { return [][]byte{[]byte("a secret for tests, 32 bytes long")} }

// phone is an app for codes that knows one account's secret.
type phone struct {
	store  *staff.Store
	secret staff.AppSecret
}

// phones are those of all accounts of a program's tests, by the account's id.
var phones sync.Map

// Enrol sets an app for codes up for whoever has begun a session, and gives the
// session as it is then: signed in.
func Enrol(t testing.TB, store *staff.Store, by staff.By, begun staff.Session) staff.Session {
	t.Helper()
	secret, err := store.NewSecret(context.Background(), begun)
	if err != nil {
		t.Fatalf("NewSecret: %v", err)
	}
	proved, _, err := store.ConfirmApp(context.Background(), by, begun, CodeAt(t, secret, store.Now()))
	if err != nil {
		t.Fatalf("ConfirmApp: %v", err)
	}
	phones.Store(begun.Account.ID, phone{store, secret})
	return proved
}

// Code is a code of an account's phone that works now. A code works once; tests
// are quicker than 30 seconds, so it has the account take this one again.
func Code(t testing.TB, accountID string) string {
	t.Helper()
	found, ok := phones.Load(accountID)
	if !ok {
		t.Fatalf("account %s has no phone", accountID)
	}
	p := found.(phone)
	if _, err := p.store.DB.Exec(context.Background(), `update staff_app set last_step = 0 where account_id = $1`, accountID); err != nil {
		t.Fatalf("waiting for the next code: %v", err)
	}
	return CodeAt(t, p.secret, p.store.Now())
}

// CodeAt is the code that an app with a secret shows at a time.
func CodeAt(t testing.TB, secret staff.AppSecret, at time.Time) string {
	t.Helper()
	code, err := secret.CodeAt(at)
	if err != nil {
		t.Fatalf("CodeAt: %v", err)
	}
	return code
}

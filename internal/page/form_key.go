package page

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/alexedwards/scs/v2"

	"ahpfaculty/internal/fault"
)

// FormKeyField is the name of the hidden field that carries a form's key.
const FormKeyField = "form_key"

// bindingKey is where a session keeps the random value its form keys are bound to.
const bindingKey = "form_binding"

// FormKeys mints and checks the keys of the forms of one session manager.
//
// A key is a nonce and a signature over the nonce and a random value kept in
// the session: a page of another site cannot know one, and another session's
// key does not fit. The nonce is also the idempotency key of what the form does.
type FormKeys struct {
	Sessions *scs.SessionManager
	Secrets  [][]byte // newest first; older ones still check
}

// WithFormKeys lets FormKey mint keys for the session in the context.
func WithFormKeys(ctx context.Context, keys *FormKeys) context.Context {
	return context.WithValue(ctx, formKeysKey, keys)
}

// FormKey mints a key for one form of the page that is being made. It is ""
// where the route has no session, whose pages hold no such form.
func FormKey(ctx context.Context) string {
	keys, ok := ctx.Value(formKeysKey).(*FormKeys)
	if !ok {
		return ""
	}
	binding := keys.Sessions.GetString(ctx, bindingKey)
	if binding == "" {
		binding = rand.Text()
		keys.Sessions.Put(ctx, bindingKey, binding)
	}
	nonce := rand.Text()
	return nonce + "." + sign(keys.Secrets[0], binding, nonce)
}

// Check verifies the key that a request's parsed form carries and gives the
// context its nonce. A missing or foreign key is a Forbidden fault.
func (k *FormKeys) Check(r *http.Request) (context.Context, error) {
	nonce, signature, found := strings.Cut(r.PostForm.Get(FormKeyField), ".")
	binding := k.Sessions.GetString(r.Context(), bindingKey)
	if found && binding != "" && nonce != "" {
		for _, secret := range k.Secrets {
			if hmac.Equal([]byte(signature), []byte(sign(secret, binding, nonce))) {
				return context.WithValue(r.Context(), nonceKey, nonce), nil
			}
		}
	}
	return nil, fmt.Errorf("form key does not fit the session: %w", fault.Forbidden)
}

// Ended reports whether the request's session never minted a key: whoever sends
// a form with one has had a session before, which has ended.
func (k *FormKeys) Ended(ctx context.Context) bool {
	return k.Sessions.GetString(ctx, bindingKey) == ""
}

// Nonce is the checked nonce of the form that a POST carries: the same for a
// form sent twice, never the same for two forms.
func Nonce(r *http.Request) string {
	nonce, _ := r.Context().Value(nonceKey).(string)
	return nonce
}

func sign(secret []byte, binding, nonce string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(binding + "\x00" + nonce))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

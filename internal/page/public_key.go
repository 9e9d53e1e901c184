package page

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ahpfaculty/internal/fault"
)

// publicKeyLife is how long a page with a public form may stay open before its
// form has to be sent again.
const publicKeyLife = 24 * time.Hour

// PublicKeys mints and checks the keys of forms on pages without a session.
//
// A key is a nonce, the time at which it was made, and a signature over both
// and the form's path. Anybody can get one from the page: it shows that the
// form came from a page of ours and how long it took to fill, and its nonce
// is the idempotency key of what the form does.
type PublicKeys struct {
	Secrets [][]byte // newest first; older ones still check
	Now     func() time.Time
}

// WithPublicKeys lets PublicFormKey mint keys.
func WithPublicKeys(ctx context.Context, keys *PublicKeys) context.Context {
	return context.WithValue(ctx, publicKeysKey, keys)
}

// PublicFormKey mints a key for a public form that is sent to a path.
func PublicFormKey(ctx context.Context, path string) string {
	keys, ok := ctx.Value(publicKeysKey).(*PublicKeys)
	if !ok {
		return ""
	}
	nonce, made := rand.Text(), strconv.FormatInt(keys.Now().Unix(), 36)
	return nonce + "." + made + "." + sign(keys.Secrets[0], path, nonce+"."+made)
}

// Check verifies the key that a request's parsed form carries and gives the
// context its nonce and its age. A missing or foreign key is a Forbidden fault;
// one that is too old is not, for what was typed must not be lost: the handler
// asks KeyTooOld.
func (k *PublicKeys) Check(r *http.Request) (context.Context, error) {
	parts := strings.Split(r.PostForm.Get(FormKeyField), ".")
	if len(parts) == 3 && k.signed(r.URL.Path, parts) {
		if made, err := strconv.ParseInt(parts[1], 36, 64); err == nil {
			ctx := context.WithValue(r.Context(), nonceKey, parts[0])
			return context.WithValue(ctx, keyAgeKey, k.Now().Sub(time.Unix(made, 0))), nil
		}
	}
	return nil, fmt.Errorf("public form key does not fit: %w", fault.Forbidden)
}

func (k *PublicKeys) signed(path string, parts []string) bool {
	for _, secret := range k.Secrets {
		if hmac.Equal([]byte(parts[2]), []byte(sign(secret, path, parts[0]+"."+parts[1]))) {
			return true
		}
	}
	return false
}

// KeyAge is how long ago the page of a public form was made.
func KeyAge(r *http.Request) time.Duration {
	age, _ := r.Context().Value(keyAgeKey).(time.Duration)
	return age
}

// KeyTooOld reports whether a public form was open for so long that it has to
// be shown again, filled in, with a new key.
func KeyTooOld(r *http.Request) bool { return KeyAge(r) > publicKeyLife }

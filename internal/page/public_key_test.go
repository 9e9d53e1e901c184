package page

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAPublicKeyFitsItsFormAlone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	keys := &PublicKeys{Secrets: [][]byte{[]byte("new"), []byte("old")}, Now: func() time.Time { return now }}
	mint := func(secret, path string, at time.Time) string {
		minting := &PublicKeys{Secrets: [][]byte{[]byte(secret)}, Now: func() time.Time { return at }}
		return PublicFormKey(WithPublicKeys(t.Context(), minting), path)
	}
	good := mint("new", "/contact", now.Add(-time.Minute))
	for _, test := range []struct {
		name, key   string
		fits, stale bool
	}{
		{"a good one", good, true, false},
		{"one of the secret before", mint("old", "/contact", now), true, false},
		{"one that was open for two days", mint("new", "/contact", now.Add(-48*time.Hour)), true, true},
		{"one of another form", mint("new", "/privacy", now), false, false},
		{"one of a foreign secret", mint("foreign", "/contact", now), false, false},
		{"one made younger", good[:27] + "zzzzzz" + good[33:], false, false},
		{"none", "", false, false},
		{"a part", strings.TrimSuffix(good, good[33:]), false, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/contact", nil)
		r.PostForm = url.Values{FormKeyField: {test.key}}
		ctx, err := keys.Check(r)
		if (err == nil) != test.fits {
			t.Errorf("Check(%s) = %v, want fits %v", test.name, err, test.fits)
		}
		if err == nil && KeyTooOld(r.WithContext(ctx)) != test.stale {
			t.Errorf("KeyTooOld(%s) = %v, want %v", test.name, !test.stale, test.stale)
		}
		if err == nil && Nonce(r.WithContext(ctx)) == "" {
			t.Errorf("Nonce(%s) is empty", test.name)
		}
	}
}

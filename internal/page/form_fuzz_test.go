package page

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func FuzzReadForm(f *testing.F) {
	for _, seed := range []string{"", "name=Zo%C3%AB", "a=1&a=2", "a=%00", "a=%FF", "a=%zz&b=1", "a=1;b=2", "%1b=x", "=", "&&&", strings.Repeat("a=1&", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/apply/name", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		err := ReadForm(httptest.NewRecorder(), r, Route{})
		if err != nil {
			if status := Status(err); status != http.StatusBadRequest && status != http.StatusRequestEntityTooLarge {
				t.Errorf("ReadForm(%q) answers %d, want 400 or 413", body, status)
			}
			return
		}
		for name, values := range r.PostForm {
			for _, value := range append(values, name) {
				if !Clean(value) {
					t.Errorf("ReadForm(%q) lets %q through", body, value)
				}
			}
		}
	})
}

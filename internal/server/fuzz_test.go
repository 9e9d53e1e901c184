package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ahpfaculty/internal/page"
)

func FuzzReadForm(f *testing.F) {
	for _, seed := range []string{"", "name=Zo%C3%AB", "a=1&a=2", "a=%00", "a=%FF", "a=%zz&b=1", "a=1;b=2", "%1b=x", "=", "&&&", strings.Repeat("a=1&", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/apply/name", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		err := readForm(httptest.NewRecorder(), r, page.Route{})
		if err != nil {
			if status := page.Status(err); status != http.StatusBadRequest && status != http.StatusRequestEntityTooLarge {
				t.Errorf("readForm(%q) answers %d, want 400 or 413", body, status)
			}
			return
		}
		for name, values := range r.PostForm {
			for _, value := range append(values, name) {
				if !clean(value) {
					t.Errorf("readForm(%q) lets %q through", body, value)
				}
			}
		}
	})
}

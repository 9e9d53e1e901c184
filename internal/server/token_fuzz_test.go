package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ahpfaculty/internal/server/servertest"
)

// FuzzToken asks for each page behind a token with one that nobody was given:
// the answer is that there is nothing, or nothing any more, and never a fault.
func FuzzToken(f *testing.F) {
	portal := servertest.New(f)
	var pages []string
	for _, route := range portal.Routes() {
		if route.Method == http.MethodGet && strings.Contains(route.Path, "{token}") {
			pages = append(pages, route.Path)
		}
	}
	if !slices.Contains(pages, "/apply/resume/{token}") {
		f.Fatalf("the pages behind a token are %q, want that of a draft among them", pages)
	}
	for _, seed := range []string{
		"LCXU6BIVMDXFNOHTRJ2ZWE6YIQ", "lcxu6bivmdxfnohtrj2zwe6yiq", "%4c", "a/b", "../check", ".", " ", "ſ", "a?b=c", "a#b", "' or 1=1 --", "{token}", "*",
		"a\x00b", "\xff", "\u202e", strings.Repeat("x", 5000),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for _, page := range pages {
			r := httptest.NewRequest(http.MethodGet, strings.Replace(page, "{token}", url.PathEscape(token), 1), nil)
			r.Host = "localhost"
			w := httptest.NewRecorder()
			portal.ServeHTTP(w, r)
			want := []int{http.StatusNotFound, http.StatusGone}
			if !utf8.ValidString(token) || strings.ContainsFunc(token, unicode.IsControl) {
				want = append(want, http.StatusBadRequest)
			}
			if !slices.Contains(want, w.Code) {
				t.Errorf("%s with the token %q answers %d, want one of %d", page, token, w.Code, want)
			}
		}
	})
}

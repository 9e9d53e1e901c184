package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func mustKeep(t *testing.T, body string) *kept {
	t.Helper()
	k, err := newKept("text/html; charset=utf-8", []byte(body))
	if err != nil {
		t.Fatalf("newKept = %v, want no error", err)
	}
	return k
}

func TestEncodingIsTheBestThatIsAccepted(t *testing.T) {
	t.Parallel()
	k := mustKeep(t, "<p>Hello</p>")
	tests := map[string]string{
		"": "", "identity": "", "gzip": "gzip", "gzip, deflate, br": "br", "br;q=0, gzip": "gzip",
		"gzip;q=0": "", "BR": "br", "br;q=nonsense": "", "brotli": "", "gzip;q=0.5": "gzip",
	}
	for accept, want := range tests {
		t.Run(accept, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", accept)
			w := httptest.NewRecorder()
			k.send(w, r)
			if got := w.Header().Get("Content-Encoding"); got != want {
				t.Errorf("Content-Encoding for %q = %q, want %q", accept, got, want)
			}
			if w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("Vary = %q, want Accept-Encoding", w.Header().Get("Vary"))
			}
		})
	}
}

func TestPageThatIsThereAlreadyIsNotSentAgain(t *testing.T) {
	t.Parallel()
	k := mustKeep(t, "<p>Hello</p>")
	for _, accept := range []string{"", "gzip", "br"} {
		first := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", accept)
		k.send(first, r)
		r.Header.Set("If-None-Match", `"other", W/`+first.Header().Get("Etag"))
		second := httptest.NewRecorder()
		k.send(second, r)
		if second.Code != http.StatusNotModified || second.Body.Len() != 0 {
			t.Errorf("answer with %q = %d with %d bytes, want 304 with none", accept, second.Code, second.Body.Len())
		}
	}
}

func TestShelfKeepsNothingUnlessChangesAreHeard(t *testing.T) {
	t.Parallel()
	var s shelf
	k := mustKeep(t, "x")
	_, edition := s.get("/")
	s.put("/", k, edition)
	if got, _ := s.get("/"); got != nil {
		t.Error("kept a page before changes are heard of, want none")
	}
	s.hear(true)
	_, edition = s.get("/")
	s.put("/", k, edition)
	if got, _ := s.get("/"); got != k {
		t.Error("kept no page, want it")
	}
	s.hear(false)
	if got, _ := s.get("/"); got != nil {
		t.Error("kept a page when changes are not heard of any more, want none")
	}
}

func TestShelfRefusesAPageOfAnEarlierEdition(t *testing.T) {
	t.Parallel()
	var s shelf
	s.hear(true)
	_, edition := s.get("/")
	s.clear()
	s.put("/", mustKeep(t, "old"), edition)
	if got, _ := s.get("/"); got != nil {
		t.Error("kept a page that was begun before a change, want none")
	}
}

func TestShelfIsBounded(t *testing.T) {
	t.Parallel()
	var s shelf
	s.hear(true)
	k := mustKeep(t, "x")
	for i := range mostKept + 50 {
		_, edition := s.get("/")
		s.put(fmt.Sprint("/", i), k, edition)
	}
	if len(s.pages) != mostKept {
		t.Errorf("kept %d pages, want %d", len(s.pages), mostKept)
	}
	if want := mostKept * k.size(); s.size != want {
		t.Errorf("size = %d, want %d", s.size, want)
	}
}

func TestKeyHoldsOnlyWhatCounts(t *testing.T) {
	t.Parallel()
	a := key("/professions", map[string][]string{"works": {"arts"}, "utm_source": {"x"}}, []string{"works"})
	b := key("/professions", map[string][]string{"works": {"arts"}}, []string{"works"})
	c := key("/professions", map[string][]string{"works": {"food"}}, []string{"works"})
	if a != b || a == c {
		t.Errorf("keys = %q, %q, %q, want the first two alike and the third another", a, b, c)
	}
}

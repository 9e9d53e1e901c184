package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// built is what a build leaves.
func built() fstest.MapFS {
	return fstest.MapFS{
		"manifest.json":         {Data: []byte(`{"portal.css": "portal.0123.css"}`)},
		"portal.0123.css":       {Data: []byte(strings.Repeat("a", 100))},
		"portal.0123.css.br":    {Data: []byte("brotli")},
		"portal.0123.css.gz":    {Data: []byte("gzip")},
		"portal.0123.js.leftby": {Data: []byte("old")},
	}
}

func get(t *testing.T, method, path, accept string) *http.Response {
	t.Helper()
	assets, err := load(built())
	if err != nil {
		t.Fatalf("load() = %v, want no error", err)
	}
	request := httptest.NewRequest(method, path, nil)
	request.Header.Set("Accept-Encoding", accept)
	recorder := httptest.NewRecorder()
	assets.ServeHTTP(recorder, request)
	return recorder.Result()
}

func TestMissingBuildNamesTheCommand(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]fstest.MapFS{
		"no manifest": {".gitkeep": {}},
		"no file":     {"manifest.json": {Data: []byte(`{"portal.css": "portal.0123.css"}`)}},
	} {
		_, err := load(files)
		if !errors.Is(err, ErrNoAssets) || !strings.Contains(err.Error(), "make assets") {
			t.Errorf("load(%s) = %v, want ErrNoAssets with the command", name, err)
		}
	}
}

func TestFilesAreSentInTheBestFormAndKeptForGood(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]string{
		"gzip, deflate, br": "br", "gzip": "gzip", "": "", "br;q=0, gzip;q=0.5": "gzip", "identity": "", "BR": "br",
	} {
		got := get(t, http.MethodGet, "/static/portal.0123.css", accept)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Encoding") != want {
			t.Errorf("GET with %q = %d %q, want 200 %q", accept, got.StatusCode, got.Header.Get("Content-Encoding"), want)
		}
		if kept := got.Header.Get("Cache-Control"); !strings.Contains(kept, "immutable") {
			t.Errorf("Cache-Control = %q, want immutable", kept)
		}
		if kind := got.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/css") {
			t.Errorf("Content-Type = %q, want text/css", kind)
		}
	}
}

func TestOnlyFilesOfTheManifestAreSent(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/static/", "/static/manifest.json", "/static/portal.css", "/static/portal.0123.css.br", "/static/../static.go"} {
		if got := get(t, http.MethodGet, path, ""); got.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, got.StatusCode)
		}
	}
	if got := get(t, http.MethodPost, "/static/portal.0123.css", ""); got.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST = %d, want 405", got.StatusCode)
	}
}

func TestURLHasTheHash(t *testing.T) {
	t.Parallel()
	assets, err := load(built())
	if err != nil {
		t.Fatalf("load() = %v, want no error", err)
	}
	if got := assets.URL("portal.css"); got != "/static/portal.0123.css" {
		t.Errorf("URL(portal.css) = %q, want the name with its hash", got)
	}
	if got := assets.URL("other.css"); got != "" {
		t.Errorf("URL(other.css) = %q, want nothing", got)
	}
}

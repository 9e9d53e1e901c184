// Package web holds what the portal sends as files: the built styles, script and
// icon, embedded in the program.
package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed all:static
var static embed.FS

// ErrNoAssets means that the styles and scripts were not built before the program.
var ErrNoAssets = errors.New("the styles and scripts are missing: run `make assets`, then build again")

// Assets are the built files. It is an http.Handler for /static/: a file's name
// has a hash of its content in it, so browsers may keep it for good.
type Assets struct {
	urls  map[string]string // by the name without a hash: "portal.css"
	files map[string]file   // by path: "/static/portal.0123456789ab.css"
}

// file is a file in each of the forms that it can be sent in.
type file struct {
	kind    string            // content type
	content map[string][]byte // by content coding; "" is the file itself
}

// codings are the content codings that files are kept in, the best first, with
// the ending of the file that the build made of each.
var codings = []struct{ name, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// LoadAssets reads the files that are embedded in the program; it is
// ErrNoAssets when there are none.
func LoadAssets() (*Assets, error) {
	files, err := fs.Sub(static, "static")
	if err != nil {
		return nil, fmt.Errorf("opening the embedded assets: %w", err)
	}
	return load(files)
}

// load reads the files that a build's manifest names.
func load(files fs.FS) (*Assets, error) {
	raw, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoAssets
	}
	if err != nil {
		return nil, fmt.Errorf("reading the manifest of the assets: %w", err)
	}
	names := map[string]string{}
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("reading the manifest of the assets: %w", err)
	}
	assets := &Assets{urls: map[string]string{}, files: map[string]file{}}
	for name, hashed := range names {
		f, err := read(files, hashed)
		if err != nil {
			return nil, err
		}
		assets.urls[name] = "/static/" + hashed
		assets.files["/static/"+hashed] = f
	}
	return assets, nil
}

// read reads a file and its compressed forms.
func read(files fs.FS, name string) (file, error) {
	content, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return file{}, fmt.Errorf("%s: %w", name, ErrNoAssets)
	}
	if err != nil {
		return file{}, fmt.Errorf("reading %s: %w", name, err)
	}
	f := file{kind: mime.TypeByExtension(path.Ext(name)), content: map[string][]byte{"": content}}
	for _, coding := range codings {
		if packed, err := fs.ReadFile(files, name+coding.ending); err == nil && len(packed) < len(content) {
			f.content[coding.name] = packed
		}
	}
	return f, nil
}

// URL is where a file is to be had: "portal.css" is at
// "/static/portal.0123456789ab.css". It is "" for a file that the build did not make.
func (a *Assets) URL(name string) string { return a.urls[name] }

// ServeHTTP sends a file in the best form that the browser accepts.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
		return
	}
	coding := f.coding(r.Header.Get("Accept-Encoding"))
	content := f.content[coding]
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Add("Vary", "Accept-Encoding")
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method == http.MethodHead {
		return
	}
	// An error here is a reader who left: there is nobody to tell.
	_, _ = w.Write(content)
}

// coding is the best content coding that the file is kept in and accepted.
func (f file) coding(accept string) string {
	for _, coding := range codings {
		if f.content[coding.name] != nil && accepts(accept, coding.name) {
			return coding.name
		}
	}
	return ""
}

// accepts reports whether an Accept-Encoding header names a coding without
// refusing it.
func accepts(header, coding string) bool {
	for _, part := range strings.Split(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		_, q, found := strings.Cut(quality, "=")
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !found || (err == nil && weight > 0)
	}
	return false
}

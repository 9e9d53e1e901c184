// Package pagetest is a visitor of the portal for tests: a cookie jar, forms
// filled the way a browser fills them, and pages looked at by selector.
package pagetest

import (
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Visitor is one browser without scripts: it keeps cookies and follows no
// redirect by itself.
type Visitor struct {
	t      testing.TB
	client *http.Client
	base   string
	insist time.Duration // how long it asks again while nobody answers

	// Unanswered is how many requests got no answer and were made again.
	Unanswered int
}

// Field is a part of a page that a selector found.
type Field = goquery.Selection

// New starts a server for the handler that ends with the test, and a visitor
// to it.
func New(t testing.TB, handler http.Handler) *Visitor {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return At(t, server.URL)
}

// At is a new visitor, without cookies, to a server at a base URL.
func At(t testing.TB, base string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatalf("making a cookie jar: %v", err)
	}
	return &Visitor{t: t, base: base, client: &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// From has the visitor's requests come from an address of this machine, such as
// 127.0.0.2: many visitors from one address are held to its limits.
func (v *Visitor) From(address string) {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	v.client.Transport = &http.Transport{DialContext: dialer.DialContext}
}

// Slowly has the visitor send what it sends in pieces of so many bytes, with a
// pause before each.
func (v *Visitor) Slowly(piece int, pause time.Duration) {
	v.client.Transport = slow{piece, pause}
}

// slow is a line that carries little at a time.
type slow struct {
	piece int
	pause time.Duration
}

// RoundTrip makes a request.
func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if r.Body != nil {
		r.Body = &slowBody{ReadCloser: r.Body, slow: s}
	}
	return http.DefaultTransport.RoundTrip(r)
}

type slowBody struct {
	io.ReadCloser
	slow
}

// Read gives a piece.
func (b *slowBody) Read(p []byte) (int, error) {
	time.Sleep(b.pause)
	return b.ReadCloser.Read(p[:min(len(p), b.piece)])
}

// Another is a second visitor to the same server, without the first one's cookies.
func (v *Visitor) Another() *Visitor {
	v.t.Helper()
	return At(v.t, v.base)
}

// Insist makes the visitor ask again while nobody answers, for so long, as a
// person does who reloads the page.
func (v *Visitor) Insist(limit time.Duration) { v.insist = limit }

// Get asks for a page.
func (v *Visitor) Get(path string) *Page {
	v.t.Helper()
	return v.do(http.MethodGet, path, nil)
}

// Post sends fields as a form, just as they are.
func (v *Visitor) Post(path string, fields url.Values) *Page {
	v.t.Helper()
	return v.do(http.MethodPost, path, fields)
}

// Send fills in the form of a page and sends it: its hidden fields and what is
// already filled in travel with it, the given fields replace those of the same
// name. The form is the one whose action is given, or with "" the only one in
// main but for those that a script fills in.
func (v *Visitor) Send(from *Page, action string, fields url.Values) *Page {
	v.t.Helper()
	target, values := from.form(action)
	for name, list := range fields {
		values[name] = list
	}
	return v.Post(target, values)
}

// File is a file that a visitor chooses.
type File struct {
	Field   string // of the form
	Name    string
	Content string
}

// SendFile is Send for a form that takes a file.
func (v *Visitor) SendFile(from *Page, action string, fields url.Values, files ...File) *Page {
	v.t.Helper()
	target, values := from.form(action)
	if kind := from.Doc().Find(fmt.Sprintf("form[action=%q]", target)).AttrOr("enctype", ""); kind != "multipart/form-data" {
		v.t.Fatalf("%s: the form %s is sent as %q, which takes no file", from.Path, target, kind)
	}
	maps.Copy(values, fields)
	body, kind := Multipart(v.t, values, files...)
	return v.Ask(http.MethodPost, target, body, http.Header{"Content-Type": {kind}, "Sec-Fetch-Site": {"same-origin"}})
}

// Multipart is the body of a form with files as browsers send it, and its type.
func Multipart(t testing.TB, fields url.Values, files ...File) (body, kind string) {
	t.Helper()
	var text strings.Builder
	form := multipart.NewWriter(&text)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, value := range fields[name] {
			if err := form.WriteField(name, value); err != nil {
				t.Fatalf("writing the field %s: %v", name, err)
			}
		}
	}
	for _, file := range files {
		part, err := form.CreateFormFile(file.Field, file.Name)
		if err == nil {
			_, err = io.WriteString(part, file.Content)
		}
		if err != nil {
			t.Fatalf("writing the file %s: %v", file.Name, err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatalf("ending a form: %v", err)
	}
	return text.String(), form.FormDataContentType()
}

// Follow asks for the page that a redirect leads to; it fails the test when
// the page was none.
func (v *Visitor) Follow(from *Page) *Page {
	v.t.Helper()
	if from.Location == "" {
		v.t.Fatalf("%s answered %d, want a redirect:\n%s", from.Path, from.Status, from.Text("main"))
	}
	return v.Get(from.Location)
}

func (v *Visitor) do(method, path string, fields url.Values) *Page {
	v.t.Helper()
	if fields == nil {
		return v.Ask(method, path, "", nil)
	}
	return v.Ask(method, path, fields.Encode(), http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"},
	})
}

// Ask sends any request, also one that no page of ours makes; the visitor's
// cookies travel with it.
func (v *Visitor) Ask(method, path, body string, header http.Header) *Page {
	v.t.Helper()
	response, content, err := v.try(method, path, body, header)
	for deadline := time.Now().Add(v.insist); err != nil && time.Now().Before(deadline); {
		v.Unanswered++
		time.Sleep(20 * time.Millisecond)
		response, content, err = v.try(method, path, body, header)
	}
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, path, err)
	}
	page := &Page{t: v.t, Status: response.StatusCode, Header: response.Header, Body: string(content), Path: path}
	if location, err := response.Location(); err == nil {
		page.Location = location.RequestURI()
	}
	// What is packed is nothing that can be looked at.
	if response.Header.Get("Content-Encoding") == "" {
		keep(v.t, page)
	}
	return page
}

// try makes a request and reads all of the answer.
func (v *Visitor) try(method, path, body string, header http.Header) (*http.Response, []byte, error) {
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(request.Header, header)
	response, err := v.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response, content, err
}

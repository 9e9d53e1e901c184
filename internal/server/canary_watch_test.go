package server_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ahpfaculty/internal/page"
)

// kanari stands in everything that the test types where any word will do;
// alike are the answers that must look like something else.
const kanari = "kanari"

var alike = []string{"01189 998819", "01189998819", "PH98189", "RTP-98189"}

// tells is where a text first has something that was typed; -1 where it has
// nothing of it.
func tells(text string) int {
	text = strings.ToLower(text)
	first := -1
	for _, typed := range append([]string{kanari}, alike...) {
		if at := strings.Index(text, strings.ToLower(typed)); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// watch sees the log, each request and each answer of a portal.
type watch struct {
	mu        sync.Mutex
	log       bytes.Buffer
	addresses map[string]bool // asked for, redirected to, or linked to
	answered  map[string]bool // paths that were answered with a page
	secrets   map[string]bool // the keys of forms, cookies, the tokens of links
	shown     map[string]bool // each text field that was on a page, as fieldOf names it
	typed     map[string]bool // each field that a canary was sent in
}

func newWatch() *watch {
	return &watch{
		addresses: map[string]bool{}, answered: map[string]bool{}, secrets: map[string]bool{},
		shown: map[string]bool{}, typed: map[string]bool{},
	}
}

// Write takes a line of the log.
func (w *watch) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.Write(line)
}

// logged is the log so far.
func (w *watch) logged() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.String()
}

// secret notes a token that a link carries.
func (w *watch) secret(token string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets[token] = true
	return token
}

// over stands in front of a portal: nobody gets an answer that it has not seen.
func (w *watch) over(t *testing.T, portal http.Handler) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("reading what was sent to %s: %v", r.URL.Path, err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		r.Host = "localhost"
		r.Header.Del("Accept-Encoding") // what is packed cannot be looked at
		answer := httptest.NewRecorder()
		portal.ServeHTTP(answer, r)
		w.see(t, r, string(body), answer.Result())
		maps.Copy(to.Header(), answer.Header())
		to.WriteHeader(answer.Code)
		_, _ = to.Write(answer.Body.Bytes())
	})
}

// see notes what a request and its answer tell.
func (w *watch) see(t *testing.T, r *http.Request, body string, answer *http.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fields, err := fieldsOf(r, body)
	if err != nil {
		t.Errorf("reading the fields sent to %s: %v", r.URL.Path, err)
	}
	for name, values := range fields {
		if slices.ContainsFunc(values, func(value string) bool { return tells(value) >= 0 }) {
			w.typed[fieldOf(r.URL.Path, name)] = true
		}
	}
	if key := fields.Get(page.FormKeyField); key != "" {
		w.secrets[key] = true
	}
	for _, cookie := range answer.Cookies() {
		if cookie.Value != "" {
			w.secrets[cookie.Value] = true
		}
	}
	w.answered[r.URL.Path] = w.answered[r.URL.Path] || answer.StatusCode == http.StatusOK
	// The search of the public pages is the one form that stands in an address.
	if r.URL.Path != "/search" {
		w.addresses[r.RequestURI] = true
		w.addresses[answer.Header.Get("Location")] = true
	}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		w.look(t, r, answer.Body)
	}
}

// fieldsOf are the fields of a request's address and of its form, with the text
// of files.
func fieldsOf(r *http.Request, body string) (url.Values, error) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return url.ParseQuery(r.URL.RawQuery + "&" + body)
	}
	fields := url.Values{}
	for parts := multipart.NewReader(strings.NewReader(body), params["boundary"]); ; {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return fields, nil
		}
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		fields.Add(part.FormName(), string(text)+part.FileName())
	}
}

// look notes the fields and the links of a page.
func (w *watch) look(t *testing.T, r *http.Request, body io.Reader) {
	doc, err := goquery.NewDocumentFromReader(body)
	if err != nil {
		t.Errorf("%s: reading HTML: %v", r.URL.Path, err)
		return
	}
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		for _, name := range textFields(form) {
			w.shown[fieldOf(form.AttrOr("action", r.URL.Path), name)] = true
		}
	})
	for _, attribute := range []string{"href", "src", "action", "formaction"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, node *goquery.Selection) {
			address := node.AttrOr(attribute, "")
			// These open a mail program or ring somebody up: no server is asked.
			if !strings.HasPrefix(address, "mailto:") && !strings.HasPrefix(address, "tel:") {
				w.addresses[address] = true
			}
		})
	}
}

// textFields are the names of a form's fields that anything can be typed into.
func textFields(form *goquery.Selection) []string {
	var names []string
	form.Find("input, textarea").Each(func(_ int, field *goquery.Selection) {
		switch field.AttrOr("type", "text") {
		case "hidden", "radio", "checkbox", "submit", "date": // which take no words
		default:
			names = append(names, field.AttrOr("name", ""))
		}
	})
	return names
}

// individual is the part of a path that names one thing of many.
var individual = regexp.MustCompile(`[A-Z2-9]{1,3}-[A-Z2-9]{4,}|[0-9a-f-]{36}|[A-Z2-7]{26}`)

// fieldOf names a field by the address that its form is sent to.
func fieldOf(address, name string) string {
	address, _, _ = strings.Cut(address, "#")
	return individual.ReplaceAllString(address, "*") + " " + name
}

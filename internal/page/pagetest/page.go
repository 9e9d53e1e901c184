package pagetest

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Page is an answer that a visitor got.
type Page struct {
	t        testing.TB
	Status   int
	Header   http.Header
	Body     string
	Path     string // of the request
	Location string // where a redirect leads: path and query; "" without one
	read     sync.Once
	doc      *goquery.Document
}

// keep writes a page into the folder that the gate validates the HTML of.
func keep(t testing.TB, p *Page) {
	folder := os.Getenv("PORTAL_HTML_DIR")
	if folder == "" || p.Body == "" || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return
	}
	// What net/http writes beside a redirect is a bare link that nobody sees.
	if p.Status >= 300 && p.Status < 400 {
		return
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/?&=%.", r) {
			return '-'
		}
		return r
	}, strings.Trim(p.Path, "/"))
	sum := sha256.Sum256([]byte(p.Body))
	path := filepath.Join(folder, fmt.Sprintf("%d-%.60s-%x.html", p.Status, name, sum[:4]))
	if err := os.WriteFile(path, []byte(p.Body), 0o644); err != nil {
		t.Errorf("keeping a page for the HTML check: %v", err)
	}
}

// Want fails the test unless the page has the status.
func (p *Page) Want(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s answered %d, want %d; main says: %.1500s", p.Path, p.Status, status, p.Text("main"))
	}
	return p
}

// Doc is the page as a document to select from.
func (p *Page) Doc() *goquery.Document {
	p.t.Helper()
	p.read.Do(func() {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.Body))
		if err != nil {
			p.t.Fatalf("%s: reading HTML: %v", p.Path, err)
		}
		p.doc = doc
	})
	return p.doc
}

// Text is the text of what a selector finds, white space collapsed.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return strings.Join(strings.Fields(p.Doc().Find(selector).Text()), " ")
}

// Has fails the test unless what the selector finds says the text.
func (p *Page) Has(selector, text string) *Page {
	p.t.Helper()
	if got := p.Text(selector); !strings.Contains(got, text) {
		p.t.Fatalf("%s: %q says %.1500q, want it to say %q", p.Path, selector, got, text)
	}
	return p
}

// form gives a form's target and the values that a browser would send unchanged.
func (p *Page) form(action string) (target string, values url.Values) {
	p.t.Helper()
	selector := "main form:not(:has(input[name=answer]))" // a script's form is none
	if action != "" {
		selector = fmt.Sprintf("form[action=%q]", action)
	}
	form := p.Doc().Find(selector)
	if form.Length() != 1 {
		p.t.Fatalf("%s (%d) has %d forms %s, want 1; main says: %.1000s", p.Path, p.Status, form.Length(), selector, p.Text("main"))
	}
	target, ok := form.Attr("action")
	if !ok || target == "" {
		target = p.Path
	}
	return target, Filled(form)
}

// Filled are the values that a browser would send of a form that nobody changes.
func Filled(form *Field) url.Values {
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		kind, _ := field.Attr("type")
		_, checked := field.Attr("checked")
		switch {
		case goquery.NodeName(field) == "select":
			value, _ := field.Find("option[selected]").Attr("value")
			values.Add(name, value)
		case goquery.NodeName(field) == "textarea":
			values.Add(name, field.Text())
		case kind == "file": // none is chosen
		case (kind == "radio" || kind == "checkbox") && !checked:
		default:
			value, _ := field.Attr("value")
			values.Add(name, value)
		}
	})
	return values
}

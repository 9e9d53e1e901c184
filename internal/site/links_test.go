package site

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ahpfaculty/internal/postgres/postgrestest"
)

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	pages := map[string]*goquery.Document{}
	from := map[string]string{}
	queue := []string{"/"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if _, seen := pages[path]; seen {
			continue
		}
		w := get(t, router, path)
		if w.Code != http.StatusOK {
			t.Errorf("GET %s, linked on %s, = %d, want 200", path, from[path], w.Code)
			pages[path] = nil
			continue
		}
		document, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatalf("parsing %s: %v", path, err)
		}
		pages[path] = document
		for _, link := range links(document) {
			if to := target(path, link); to.Host == "" && isOurs(to.Path) {
				next := to.Path
				if to.RawQuery != "" {
					next += "?" + to.RawQuery
				}
				from[next] = path
				queue = append(queue, next)
			}
		}
	}
	if len(pages) < 70 {
		t.Errorf("found %d pages, want every public page", len(pages))
	}
	checkFragments(t, pages)
}

// checkFragments looks for the part of a page that a link names.
func checkFragments(t *testing.T, pages map[string]*goquery.Document) {
	t.Helper()
	for path, document := range pages {
		if document == nil {
			continue
		}
		for _, link := range links(document) {
			to := target(path, link)
			there := pages[to.Path]
			if to.Fragment == "" || there == nil {
				continue
			}
			if there.Find(`[id="`+to.Fragment+`"]`).Length() != 1 {
				t.Errorf("%s links to %s, which has no such part", path, link)
			}
		}
	}
}

func links(document *goquery.Document) []string {
	var found []string
	document.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		found = append(found, a.AttrOr("href", ""))
	})
	return found
}

func target(path, link string) *url.URL {
	base := &url.URL{Path: strings.SplitN(path, "?", 2)[0]}
	to, err := base.Parse(link)
	if err != nil {
		return &url.URL{Host: "unreadable"}
	}
	return to
}

// isOurs leaves out what other parts of the portal answer.
func isOurs(path string) bool {
	for _, others := range []string{"/apply", "/track", "/admin", "/static"} {
		if strings.HasPrefix(path, others) {
			return false
		}
	}
	return strings.HasPrefix(path, "/")
}

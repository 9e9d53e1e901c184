package content

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// What Markdown may become: nothing that runs, loads or looks different.
var (
	allowedElements = []string{"html", "head", "body", "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "blockquote", "code", "pre", "del", "div",
		"table", "thead", "tbody", "tr", "th", "td"}
	allowedAttributes = []string{"href", "id", "class", "scope", "start", "rel", "tabindex", "role", "aria-label", "aria-labelledby", "align"}
	allowedSchemes    = []string{"", "http", "https", "mailto", "tel"}
)

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"## Heading\n\nText with **strong** and a [link](/careers).", "<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](JaVaScRiPt&#58;alert(1))",
		"[x](//evil.example)", "![x](https://example.com/x.png)", "<p onclick=x>", "| A |\n|---|\n| <b onmouseover=x> |", "```\n</code><script>\n```", "<https://example.com/\"onclick=x>",
		"[x]: data:text/html,x\n\n[x]", "&lt;script&gt;", "\u0000<script", "# {#id onclick=x}", "1. a\n\n   > b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		rendered, err := Render(markdown)
		if err != nil {
			return
		}
		document, err := goquery.NewDocumentFromReader(strings.NewReader(string(rendered)))
		if err != nil {
			t.Fatalf("Render(%q) = %q, which is no HTML: %v", markdown, rendered, err)
		}
		document.Find("*").Each(func(_ int, s *goquery.Selection) {
			checkNode(t, markdown, s.Nodes[0])
		})
	})
}

func checkNode(t *testing.T, markdown string, node *html.Node) {
	t.Helper()
	if !slices.Contains(allowedElements, node.Data) {
		t.Errorf("Render(%q) has <%s>", markdown, node.Data)
	}
	for _, attribute := range node.Attr {
		if !slices.Contains(allowedAttributes, attribute.Key) {
			t.Errorf("Render(%q) has the attribute %s", markdown, attribute.Key)
		}
		if attribute.Key != "href" {
			continue
		}
		address, err := url.Parse(attribute.Val)
		if err != nil || !slices.Contains(allowedSchemes, strings.ToLower(address.Scheme)) {
			t.Errorf("Render(%q) links to %q", markdown, attribute.Val)
		}
	}
}

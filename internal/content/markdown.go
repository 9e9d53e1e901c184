package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// HTML is markup that Render made and cleaned: the only text that a view may
// print without escaping it.
type HTML string

// Section is a part of a page under a heading of the second level; what stands
// before the first heading is a section without a title.
type Section struct {
	ID    string // unique within the page, fit for an address
	Title string
	HTML  HTML // without the section's own heading
}

// renderer turns Markdown into HTML in the design system's classes. Raw HTML
// is left out by goldmark's default, and cleaned away again by the policy.
var renderer = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(
		parser.WithAutoHeadingID(),
		parser.WithASTTransformers(util.Prioritized(classes{}, 500)),
	),
)

var policy = newPolicy()

// newPolicy allows what the renderer makes and nothing else: no style, script,
// image or form, and links only to pages, mail and telephone numbers.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br",
		"table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^nhsuk-[a-z0-9_-]+( nhsuk-[a-z0-9_-]+)*$`)).Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[a-z0-9-]+$`)).OnElements("h2", "h3", "h4")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^col$`)).OnElements("th")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https", "http", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

// Render turns Markdown into clean HTML whose headings have ids.
func Render(markdown string) (HTML, error) {
	var out bytes.Buffer
	if err := renderer.Convert([]byte(markdown), &out); err != nil {
		return "", fmt.Errorf("rendering markdown: %w", err)
	}
	return HTML(policy.SanitizeBytes(out.Bytes())), nil
}

// Sections renders Markdown in parts, one for each heading of the second level.
func Sections(markdown string) ([]Section, error) {
	source := []byte(markdown)
	ids := make(map[string]int)
	var sections []Section
	current, start := Section{}, 0
	cut := func(end int) error {
		html, err := Render(string(source[start:end]))
		current.HTML = html
		if current.Title != "" || strings.TrimSpace(string(html)) != "" {
			sections = append(sections, current)
		}
		return err
	}
	for _, h := range headings(source) {
		if h.node.Level != 2 {
			continue
		}
		if err := cut(h.start); err != nil {
			return nil, err
		}
		title := plain(h.node, source)
		current, start = Section{ID: sectionID(ids, title), Title: title}, h.end
	}
	if err := cut(len(source)); err != nil {
		return nil, err
	}
	return sections, nil
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

func sectionID(taken map[string]int, title string) string {
	id := strings.Trim(notInID.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if id == "" {
		id = "section"
	}
	taken[id]++
	if n := taken[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

type heading struct {
	node       *ast.Heading
	start, end int // of its line, in bytes
}

// headings finds the headings that stand by themselves, with their lines.
func headings(source []byte) []heading {
	var found []heading
	document := renderer.Parser().Parse(text.NewReader(source))
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Lines().Len() == 0 {
			continue
		}
		at := h.Lines().At(0)
		start := bytes.LastIndexByte(source[:at.Start], '\n') + 1
		end := len(source)
		if next := bytes.IndexByte(source[at.Stop:], '\n'); next >= 0 {
			end = at.Stop + next + 1
		}
		found = append(found, heading{node: h, start: start, end: end})
	}
	return found
}

// plain is the text of a node without its markup.
func plain(node ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch t := n.(type) {
			case *ast.Text:
				b.Write(t.Segment.Value(source))
				if t.SoftLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(t.Value)
			}
		} else if n.Type() == ast.TypeBlock {
			b.WriteByte('\n')
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// Plain is Markdown's text alone, for search.
func Plain(markdown string) string {
	source := []byte(markdown)
	return plain(renderer.Parser().Parse(text.NewReader(source)), source)
}

// classes gives nodes the classes of the design system.
type classes struct{}

// Transform meets goldmark's interface for a pass over the parsed tree.
func (classes) Transform(document *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			if class := class(node); class != "" {
				node.SetAttributeString("class", []byte(class))
			}
		}
		return ast.WalkContinue, nil
	})
}

func class(node ast.Node) string {
	switch n := node.(type) {
	case *ast.Heading:
		return map[int]string{2: "nhsuk-heading-m", 3: "nhsuk-heading-s"}[n.Level]
	case *ast.List:
		if n.IsOrdered() {
			return "nhsuk-list nhsuk-list--number"
		}
		return "nhsuk-list nhsuk-list--bullet"
	case *extast.Table:
		return "nhsuk-table"
	case *extast.TableCell:
		if n.Parent().Kind() == extast.KindTableHeader {
			n.SetAttributeString("scope", []byte("col"))
			return "nhsuk-table__header"
		}
		return "nhsuk-table__cell"
	}
	return ""
}

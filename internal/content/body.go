package content

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/updating"
)

// checkBody reports what a body may not have, and gives the titles of its
// sections.
func (d *document) checkBody(body string) []string {
	source := []byte(body)
	if len(bytes.TrimSpace(source)) == 0 {
		d.faults.add(d.file, d.bodyLine, "has no text after its front matter")
	}
	for _, p := range updating.Placeholders(body) {
		if !p.Known() && !retention.IsPlaceholder(p.Name) {
			d.bodyFault(p.Offset, source, fmt.Sprintf("there is no placeholder {%s}", p.Name))
		}
	}
	var titles []string
	_ = ast.Walk(renderer.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := n.(type) {
		case *ast.Heading:
			d.checkHeading(node, source)
			if node.Level == 2 {
				titles = append(titles, plain(node, source))
			}
		case *ast.HTMLBlock:
			d.bodyFault(node.Lines().At(0).Start, source, "raw HTML is not allowed")
		case *ast.RawHTML:
			d.bodyFault(node.Segments.At(0).Start, source, "raw HTML is not allowed")
		case *ast.Image:
			d.bodyFault(start(node.Parent()), source, "images are not allowed")
		}
		return ast.WalkContinue, nil
	})
	return titles
}

func (d *document) checkHeading(h *ast.Heading, source []byte) {
	if h.Level != 1 && h.Level <= 4 {
		return
	}
	d.bodyFault(start(h), source, "headings start with ##, ### or ####")
}

// start is where a block's first line begins.
func start(n ast.Node) int {
	if n != nil && n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return 0
}

func (d *document) bodyFault(offset int, source []byte, message string) {
	d.faults.add(d.file, d.bodyLine+bytes.Count(source[:offset], []byte("\n")), "%s", message)
}

package siteview

import (
	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
)

// prose prints Markdown that content.Render has cleaned. It is the one place
// where text reaches a page without being escaped: its type is made nowhere but
// in that function.
func prose(html content.HTML) templ.Component {
	return templ.Raw(string(html))
}

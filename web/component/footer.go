package component

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Footer is the end of every page.
type Footer struct {
	Navigation       []FooterNavigation
	Columns          int // of the navigation: 1 to 4; 4 when 0
	Meta             FooterMeta
	HTML             templ.Component // below the meta links; or children
	Copyright        Content         // "© NHS England" when empty
	NoCopyright      bool
	ContainerClasses string
	ID               string
	Classes          string
	Attributes       Attributes
}

// FooterNavigation is a group of links of the footer.
type FooterNavigation struct {
	Heading Heading
	Text    string
	HTML    templ.Component
	Items   []Link
	Width   string // one-quarter, one-half, …; by Columns when empty
}

// FooterMeta holds the links that every site needs, and text.
type FooterMeta struct {
	Items              []Link
	Text               string
	HTML               templ.Component
	VisuallyHiddenText string // heading of the links; "Support links" when empty
}

// Render writes the footer.
func (f Footer) Render(ctx context.Context, w io.Writer) error {
	ctx, f.HTML = body(ctx, f.HTML)
	return footer(f).Render(ctx, w)
}

func (f Footer) attrs() attrs {
	return class("nhsuk-footer", f.Classes).maybe("id", f.ID).with("role", "contentinfo").and(f.Attributes)
}

func (f Footer) columns() int {
	if f.Columns < 1 || f.Columns > 4 {
		return 4
	}
	return f.Columns
}

// column is the class of a group of links.
func (f Footer) column(n FooterNavigation) string {
	return "nhsuk-grid-column-" + or(n.Width, []string{"full", "one-half", "one-third", "one-quarter"}[f.columns()-1])
}

// rows are the groups of links, a row of columns each.
func (f Footer) rows() [][]FooterNavigation {
	rows := [][]FooterNavigation{}
	for from := 0; from < len(f.Navigation); from += f.columns() {
		rows = append(rows, f.Navigation[from:min(from+f.columns(), len(f.Navigation))])
	}
	return rows
}

// heading is the heading of a group of links.
func (n FooterNavigation) heading() headingParts {
	h := n.Heading
	h.Level, h.Size = 2, "s"
	return headingParts{Heading: h, className: "nhsuk-footer__heading", prefix: "nhsuk-heading-"}
}

func (f Footer) meta() templ.Component {
	switch {
	case f.HTML != nil:
		return f.HTML
	case f.Meta.HTML != nil:
		return f.Meta.HTML
	case f.Meta.Text != "":
		return smallText(f.Meta.Text)
	}
	return templ.NopComponent
}

func (f Footer) copyright() templ.Component {
	switch {
	case f.NoCopyright:
		return templ.NopComponent
	case f.Copyright.HTML != nil:
		return f.Copyright.HTML
	}
	return smallText(or(f.Copyright.Text, "© NHS England"))
}

// Hero is the top of a home page: what the site is for.
type Hero struct {
	Heading          Heading // size xl when not said
	Text             string
	HTML             templ.Component // instead of Text; or children
	Width            string          // two-thirds when empty
	Content          []HeroContent   // further parts, two a row
	Border           Switch
	ContainerClasses string
	ID               string
	Classes          string
	Attributes       Attributes
}

// HeroContent is a part of a hero.
type HeroContent struct {
	Heading Heading
	Text    string
	HTML    templ.Component
	Image   Image
	Width   string // one-half when empty
	Classes string
}

// Render writes the hero.
func (h Hero) Render(ctx context.Context, w io.Writer) error {
	ctx, h.HTML = body(ctx, h.HTML)
	return hero(h).Render(ctx, w)
}

func (h Hero) attrs() attrs {
	return class("nhsuk-hero", when(h.Border != Off, "nhsuk-hero--border"), h.Classes).maybe("id", h.ID).and(h.Attributes)
}

// rows are the parts of the hero, two a row.
func (h Hero) rows() [][]HeroContent {
	parts := h.Content
	if !h.Heading.isEmpty() || h.Text != "" || h.HTML != nil {
		first := HeroContent{Heading: h.Heading, Text: h.Text, HTML: h.HTML, Width: or(h.Width, "two-thirds")}
		parts = append([]HeroContent{first}, parts...)
	}
	rows := [][]HeroContent{}
	for from := 0; from < len(parts); from += 2 {
		rows = append(rows, parts[from:min(from+2, len(parts))])
	}
	return rows
}

func (c HeroContent) heading() headingParts {
	h := c.Heading
	h.Size = or(h.Size, "xl")
	h.Classes = join("nhsuk-hero__heading", h.Classes)
	return headingParts{Heading: h}
}

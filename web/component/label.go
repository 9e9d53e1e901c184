package component

import (
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"
)

// Label names a form control. With IsPageHeading, or with a Heading that says
// something, it is also a heading of the page.
type Label struct {
	Text               string
	HTML               templ.Component
	VisuallyHiddenText string
	Caption            Caption
	For                string // id of the control; set by the component that the label is in
	Size               string // s, m, l, xl
	Heading            Heading
	IsPageHeading      bool
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the label; nothing when it says nothing.
func (l Label) Render(ctx context.Context, w io.Writer) error {
	ctx, l.HTML = body(ctx, l.HTML)
	return label(l).Render(ctx, w)
}

// forID names the control that the label is for where the view did not.
func (l Label) forID(id string) Label {
	l.For = or(l.For, id)
	return l
}

// hasHeading reports whether the label stands in a heading.
func (l Label) hasHeading() bool { return l.IsPageHeading || !isZero(l.Heading) }

// titled is what a label and a legend have in common: words of their own or of
// their heading, whose options go first.
type titled struct {
	text, hiddenText, size string
	html                   templ.Component
	caption                Caption
}

func (l Label) titled() titled {
	t := titled{text: l.Text, html: l.HTML, hiddenText: l.VisuallyHiddenText, size: l.Size, caption: l.Caption}
	return t.over(l.Heading)
}

// over lets the options of a heading go first.
func (t titled) over(h Heading) titled {
	if !h.isEmpty() {
		t.text, t.html = h.Text, h.HTML
	}
	t.hiddenText = or(h.VisuallyHiddenText, t.hiddenText)
	t.size = or(h.Size, t.size)
	if !isZero(h.Caption) {
		t.caption = h.Caption
	}
	t.caption = t.caption.size(t.size)
	return t
}

// inside is the caption when it stands inside the heading.
func (t titled) inside() Caption {
	if slices.Contains([]string{"", "start", "end"}, t.caption.Placement) {
		return t.caption
	}
	return Caption{}
}

// outside is the caption when it stands in that place beside the heading.
func (t titled) outside(place string) Caption {
	if t.caption.Placement == place {
		return t.caption
	}
	return Caption{}
}

func (t titled) isEmpty() bool { return t.text == "" && t.html == nil }

// element is the label itself.
func (l Label) element() headingParts {
	t := l.titled()
	return headingParts{
		Heading: Heading{
			ID: l.ID, Text: t.text, HTML: t.html, VisuallyHiddenText: t.hiddenText, Caption: t.inside(),
			Size: t.size, Classes: l.Classes, Attributes: l.Attributes, Element: "label",
		},
		className: "nhsuk-label", prefix: "nhsuk-label--", sizes: []string{"s", "m", "l", "xl"},
		extra: attrs{}.maybe("for", l.For),
	}
}

// Legend names a group of form controls. With IsPageHeading, or with a Heading
// that says something, it holds a heading of the page.
type Legend struct {
	Text               string
	HTML               templ.Component
	VisuallyHiddenText string
	Caption            Caption
	Size               string // s, m, l, xl
	Heading            Heading
	IsPageHeading      bool
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the legend; nothing when it says nothing.
func (l Legend) Render(ctx context.Context, w io.Writer) error {
	ctx, l.HTML = body(ctx, l.HTML)
	return legend(l).Render(ctx, w)
}

func (l Legend) hasHeading() bool { return l.IsPageHeading || !isZero(l.Heading) }

func (l Legend) titled() titled {
	t := titled{text: l.Text, html: l.HTML, hiddenText: l.VisuallyHiddenText, size: l.Size, caption: l.Caption}.over(l.Heading)
	// A legend has nothing before it.
	if t.caption.Placement == "before" {
		t.caption.Placement = "start"
	}
	return t
}

func (l Legend) attrs() attrs {
	size := modifier("nhsuk-fieldset__legend--", l.titled().size, l.Classes, "s", "m", "l", "xl")
	return class("nhsuk-fieldset__legend", size, l.Classes).maybe("id", l.ID).and(l.Attributes)
}

// text is what stands in a legend without a heading.
func (l Legend) text() templ.Component {
	h := l.content()
	return templ.Join(h.caption("", "start"), inner(h.HTML, h.Text), after(h.VisuallyHiddenText), h.caption("end"))
}

// content is what stands in the legend with a heading.
func (l Legend) content() headingParts {
	t := l.titled()
	parts := headingParts{
		Heading: Heading{
			ID: l.Heading.ID, Text: t.text, HTML: t.html, VisuallyHiddenText: t.hiddenText, Caption: t.inside(),
			Level: l.Heading.Level, Attributes: l.Heading.Attributes,
		},
		className: "nhsuk-fieldset__heading",
	}
	return parts
}

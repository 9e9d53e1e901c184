package component

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Heading is a heading of a page, or of a component.
type Heading struct {
	Text               string
	HTML               templ.Component
	Level              int    // 1 to 6; where 0 leads depends on the component, 1 by itself
	Size               string // xxs, xs, s, m, l, xl
	Caption            Caption
	Href               string
	VisuallyHiddenText string
	Element            string // to overrule the level
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the heading.
func (h Heading) Render(ctx context.Context, w io.Writer) error {
	ctx, h.HTML = body(ctx, h.HTML)
	return headingParts{Heading: h}.Render(ctx, w)
}

// isEmpty reports whether there is nothing to show.
func (h Heading) isEmpty() bool { return h.Text == "" && h.HTML == nil }

// level gives the heading a level where it has none.
func (h Heading) level(level int) Heading {
	if h.Level == 0 {
		h.Level = level
	}
	return h
}

// headingParts is a heading with the class names of the component it is in.
type headingParts struct {
	Heading
	className string   // "nhsuk-heading" when empty
	noClass   bool     // no class of its own
	prefix    string   // of the size's class; className- when empty
	sizes     []string // that the component allows
	extra     attrs
}

// Render writes the heading.
func (h headingParts) Render(ctx context.Context, w io.Writer) error {
	if h.isEmpty() {
		return nil
	}
	return heading(h).Render(ctx, w)
}

// size is the heading's size when the component allows it.
func (h headingParts) size() string {
	sizes := h.sizes
	if sizes == nil {
		sizes = []string{"xxs", "xs", "s", "m", "l", "xl"}
	}
	if !slices.Contains(sizes, h.Size) {
		return ""
	}
	for _, size := range []string{"xxs", "xs", "s", "m", "l", "xl"} {
		if strings.Contains(h.Classes, h.classPrefix()+size) {
			return ""
		}
	}
	return h.Size
}

func (h headingParts) classPrefix() string { return or(h.prefix, h.base()+"-") }

func (h headingParts) base() string {
	if h.noClass {
		return ""
	}
	return or(h.className, "nhsuk-heading")
}

func (h headingParts) classes() string {
	size := h.size()
	switch {
	case size == "":
		return join(h.base(), h.Classes)
	case h.classPrefix() == h.base()+"-":
		return join(h.classPrefix()+size, h.Classes)
	}
	return join(h.base(), h.classPrefix()+size, h.Classes)
}

func (h headingParts) attrs() attrs {
	a := class(h.classes()).maybe("id", h.ID)
	return append(a, h.extra...).and(h.Attributes)
}

func (h headingParts) name() string {
	return or(strings.ToLower(h.Element), "h"+strconv.Itoa(max(1, h.Level)))
}

// caption is the heading's caption in the heading's size, when it stands in one
// of the places.
func (h headingParts) caption(places ...string) Caption {
	if !slices.Contains(places, h.Caption.Placement) {
		return Caption{}
	}
	return h.Caption.size(h.size())
}

// Caption stands above or below a heading and says what it belongs to.
type Caption struct {
	Text       string
	HTML       templ.Component
	Size       string // m, l, xl, xxl
	Placement  string // start or end inside the heading, before or after it; start when empty
	Element    string // span when empty
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the caption.
func (c Caption) Render(ctx context.Context, w io.Writer) error {
	ctx, c.HTML = body(ctx, c.HTML)
	if c.Text == "" && c.HTML == nil {
		return nil
	}
	return caption(c).Render(ctx, w)
}

// size gives the caption a size where it has none.
func (c Caption) size(size string) Caption {
	c.Size = or(c.Size, size)
	return c
}

func (c Caption) attrs() attrs {
	name := or(modifier("nhsuk-caption-", c.Size, c.Classes, "m", "l", "xl", "xxl"), "nhsuk-caption")
	below := c.Placement == "after" || c.Placement == "end"
	return class(name, when(below, "nhsuk-caption--bottom"), c.Classes).maybe("id", c.ID).and(c.Attributes)
}

package component

import (
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/a-h/templ"
)

// RefusedHref stands where a link was refused by Href.
const RefusedHref = "about:invalid#refused-link"

// Href checks where a link leads: an absolute http or https address, mail, a
// phone number, a path of this site, a fragment, or a query of the same page.
// Anything else becomes RefusedHref. Every component passes its links through it.
func Href(href string) string {
	if href == "" || strings.ContainsAny(href, "\\\t\r\n\x00") {
		return RefusedHref
	}
	switch href[0] {
	case '#', '?':
		return href
	case '/':
		if strings.HasPrefix(href, "//") {
			return RefusedHref
		}
		return href
	}
	parsed, err := url.Parse(href)
	if err != nil {
		return RefusedHref
	}
	switch strings.ToLower(parsed.Scheme) {
	case "http", "https":
		if parsed.Host == "" {
			return RefusedHref
		}
		return href
	case "mailto", "tel":
		return href
	}
	return RefusedHref
}

// link adds a checked href.
func (a attrs) link(href string) attrs { return a.with("href", Href(href)) }

// Link is a link in text, or an item of a list of links: breadcrumbs, footer
// links, actions of a card.
type Link struct {
	Text               string
	HTML               templ.Component
	Href               string
	VisuallyHiddenText string // follows the text, for screen readers
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the link.
func (l Link) Render(ctx context.Context, w io.Writer) error {
	ctx, l.HTML = body(ctx, l.HTML)
	return textLink(l).Render(ctx, w)
}

// BackLink leads to the page before, at the top of a page. Without Href, or with
// Type, it is a button.
type BackLink struct {
	Text               string // "Back" when empty
	HTML               templ.Component
	Href               string
	Type               string // of the button: submit, button
	Element            string // a or button, to overrule
	Variant            string // reverse, on a dark background
	VisuallyHiddenText string // stands before the text
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the back link.
func (b BackLink) Render(ctx context.Context, w io.Writer) error {
	ctx, b.HTML = body(ctx, b.HTML)
	return backLink(b).Render(ctx, w)
}

func (b BackLink) attrs() attrs {
	a := class("nhsuk-back-link", modifier("nhsuk-back-link--", b.Variant, b.Classes, "reverse"), b.Classes).maybe("id", b.ID)
	return a.target(linkElement(b.Element, b.Href, b.Type), b.Href, b.Type).and(b.Attributes)
}

// ActionLink leads to the next important thing to do. Without Href, or with
// Type, it is a button.
type ActionLink struct {
	Text            string
	HTML            templ.Component
	Href            string
	Type            string // of the button: submit, button
	Element         string // a or button, to overrule
	Variant         string // reverse, on a dark background
	OpenInNewWindow bool
	ID              string
	Classes         string
	Attributes      Attributes
}

// Render writes the action link.
func (l ActionLink) Render(ctx context.Context, w io.Writer) error {
	ctx, l.HTML = body(ctx, l.HTML)
	return actionLink(l).Render(ctx, w)
}

func (l ActionLink) attrs() attrs {
	name := linkElement(l.Element, l.Href, l.Type)
	a := class("nhsuk-action-link", modifier("nhsuk-action-link--", l.Variant, l.Classes, "reverse"), l.Classes).
		maybe("id", l.ID).target(name, l.Href, l.Type)
	if name == "a" && l.OpenInNewWindow {
		a = a.with("target", "_blank").with("rel", "noopener noreferrer")
	}
	return a.and(l.Attributes)
}

// linkElement is the element of something that is a link when it leads
// somewhere and a button otherwise.
func linkElement(element, href, kind string) string {
	switch {
	case element != "":
		return strings.ToLower(element)
	case href != "" && kind == "":
		return "a"
	}
	return "button"
}

// target adds where a link leads, or the type of a button.
func (a attrs) target(element, href, kind string) attrs {
	if element == "a" {
		return a.link(or(href, "#"))
	}
	return a.with("type", or(kind, "submit"))
}

// SkipLink takes people who use a keyboard past the header.
type SkipLink struct {
	Text       string // "Skip to main content" when empty
	HTML       templ.Component
	Href       string // "#maincontent" when empty
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the skip link.
func (l SkipLink) Render(ctx context.Context, w io.Writer) error {
	ctx, l.HTML = body(ctx, l.HTML)
	return skipLink(l).Render(ctx, w)
}

package component

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Details hides what only some people need behind a summary that opens it.
// With the class nhsuk-expander it is an expander.
type Details struct {
	Summary    Summary
	Text       string
	HTML       templ.Component // instead of Text; or children
	Open       bool
	Variant    string // reverse, on a dark background
	ID         string
	Classes    string
	Attributes Attributes
}

// Summary is what is always seen of details.
type Summary struct {
	Text       string
	HTML       templ.Component
	Classes    string
	Attributes Attributes
}

// Render writes the details.
func (d Details) Render(ctx context.Context, w io.Writer) error {
	ctx, d.HTML = body(ctx, d.HTML)
	return details(d).Render(ctx, w)
}

func (d Details) attrs() attrs {
	return class("nhsuk-details", modifier("nhsuk-details--", d.Variant, d.Classes, "reverse"), d.Classes).
		maybe("id", d.ID).and(d.Attributes).flag("open", d.Open)
}

// InsetText sets something apart from the text around it.
type InsetText struct {
	Text               string
	HTML               templ.Component // instead of Text; or children
	VisuallyHiddenText string          // "Information" when empty
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the inset text.
func (i InsetText) Render(ctx context.Context, w io.Writer) error {
	ctx, i.HTML = body(ctx, i.HTML)
	return insetText(i).Render(ctx, w)
}

// Panel says at the end of a form that it is done.
type Panel struct {
	Heading    Heading
	Text       string
	HTML       templ.Component // instead of Text; or children
	Variant    string          // interruption
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the panel.
func (p Panel) Render(ctx context.Context, w io.Writer) error {
	ctx, p.HTML = body(ctx, p.HTML)
	return panel(p).Render(ctx, w)
}

func (p Panel) attrs() attrs {
	return class("nhsuk-panel", modifier("nhsuk-panel--", p.Variant, p.Classes, "interruption"), p.Classes).maybe("id", p.ID).and(p.Attributes)
}

func (p Panel) heading() headingParts {
	return headingParts{Heading: p.Heading, className: "nhsuk-panel__heading", sizes: []string{"m", "l", "xl"}, prefix: "nhsuk-panel__heading--"}
}

// NotificationBanner tells people something that is not about the page's own
// content, such as that what they did has worked.
type NotificationBanner struct {
	Title            Heading // "Important", or "Success", when empty
	Heading          Heading // level 3 when not said
	Text             string
	HTML             templ.Component // instead of Text; or children
	Variant          string          // success
	Role             string          // region, or alert for a success, when empty
	DisableAutoFocus Switch
	ID               string
	Classes          string
	Attributes       Attributes
}

// Render writes the banner.
func (n NotificationBanner) Render(ctx context.Context, w io.Writer) error {
	ctx, n.HTML = body(ctx, n.HTML)
	return notificationBanner(n).Render(ctx, w)
}

func (n NotificationBanner) titleID() string {
	return or(n.Title.ID, "nhsuk-notification-banner-title")
}

func (n NotificationBanner) title() headingParts {
	t := n.Title.level(2)
	t.ID, t.Size, t.Caption = n.titleID(), "", Caption{}
	if t.isEmpty() {
		t.Text = or(when(n.Variant == "success", "Success"), "Important")
	}
	return headingParts{Heading: t, className: "nhsuk-notification-banner__title"}
}

func (n NotificationBanner) heading() headingParts {
	h := n.Heading.level(3)
	h.Size = ""
	return headingParts{Heading: h, className: "nhsuk-notification-banner__heading"}
}

func (n NotificationBanner) attrs() attrs {
	role := or(n.Role, when(n.Variant == "success", "alert"), "region")
	return class("nhsuk-notification-banner", n.Classes, modifier("nhsuk-notification-banner--", n.Variant, n.Classes, "success")).
		maybe("id", n.ID).with("data-module", "nhsuk-notification-banner").choice("data-disable-auto-focus", n.DisableAutoFocus).
		with("role", role).with("aria-labelledby", n.titleID()).and(n.Attributes)
}

// ErrorSummary lists at the top of a page what is wrong in its form, each with a
// link to the field.
type ErrorSummary struct {
	Heading          Heading // "There is a problem" when empty
	Description      Content // or children
	ErrorList        []ErrorItem
	DisableAutoFocus Switch
	ID               string
	Classes          string
	Attributes       Attributes
}

// ErrorItem is one error; Href leads to its field, "#name".
type ErrorItem struct {
	Text       string
	HTML       templ.Component
	Href       string
	Attributes Attributes
}

// Render writes the error summary.
func (e ErrorSummary) Render(ctx context.Context, w io.Writer) error {
	ctx, e.Description.HTML = body(ctx, e.Description.HTML)
	return errorSummary(e).Render(ctx, w)
}

func (e ErrorSummary) attrs() attrs {
	return class("nhsuk-error-summary", e.Classes).maybe("id", e.ID).with("data-module", "nhsuk-error-summary").
		choice("data-disable-auto-focus", e.DisableAutoFocus).and(e.Attributes)
}

func (e ErrorSummary) heading() headingParts {
	h := Heading{ID: e.Heading.ID, Text: e.Heading.Text, HTML: e.Heading.HTML, Level: 2, Attributes: e.Heading.Attributes}
	if h.isEmpty() {
		h.Text = "There is a problem"
	}
	return headingParts{Heading: h, className: "nhsuk-error-summary__heading"}
}

// Tag shows a status.
type Tag struct {
	Text       string
	HTML       templ.Component
	Colour     string // white, grey, green, aqua-green, blue, purple, pink, red, orange, yellow
	NoColour   bool
	Border     Switch
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the tag.
func (t Tag) Render(ctx context.Context, w io.Writer) error {
	ctx, t.HTML = body(ctx, t.HTML)
	return tag(t).Render(ctx, w)
}

var tagColours = []string{"white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"}

func (t Tag) attrs() attrs {
	return class("nhsuk-tag", modifier("nhsuk-tag--", t.Colour, t.Classes, tagColours...),
		when(t.NoColour, modifier("nhsuk-tag--", "no-colour", t.Classes, "no-colour")),
		when(t.Border == Off, modifier("nhsuk-tag--", "no-border", t.Classes, "no-border")), t.Classes).
		maybe("id", t.ID).and(t.Attributes)
}

// Image is a picture, with a caption if it needs one.
type Image struct {
	Src        string
	Alt        string
	HTML       templ.Component // instead of Src: an SVG for example; or children
	Caption    ImageCaption
	Sizes      string
	Srcset     string
	Width      string // one-half, two-thirds, …
	Border     Switch
	Background Switch
	ID         string
	Classes    string
	Attributes Attributes
}

// ImageCaption stands below a picture.
type ImageCaption struct {
	Text    string
	HTML    templ.Component
	Classes string
}

// Render writes the image.
func (i Image) Render(ctx context.Context, w io.Writer) error {
	ctx, i.HTML = body(ctx, i.HTML)
	return image(i).Render(ctx, w)
}

func (i Image) attrs() attrs {
	return class("nhsuk-image",
		when(i.Border == Off, modifier("nhsuk-image--", "no-border", i.Classes, "no-border")),
		when(i.Background == Off, modifier("nhsuk-image--", "no-background", i.Classes, "no-background")),
		width(i.Width, i.Classes), i.Classes).maybe("id", i.ID).and(i.Attributes)
}

// source is where the picture comes from.
func (i Image) source() attrs {
	return class("nhsuk-image__img").with("src", Href(i.Src)).with("alt", i.Alt).maybe("sizes", i.Sizes).maybe("srcset", i.Srcset)
}

// width is the class of a width, unless the classes have it.
func width(width, classes string) string {
	return when(width != "", modifier("nhsuk-u-width-", width, classes, width))
}

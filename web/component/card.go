package component

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Card puts something that stands for itself into a box: a heading, which may
// lead somewhere, and a description or children.
type Card struct {
	Heading     Heading // level 2 when not said; its HTML stands below its text
	Href        string  // where the heading leads
	Clickable   bool    // the whole card leads there
	Description CardDescription
	HTML        templ.Component // instead of Description; or children
	Image       CardImage
	Variant     string // feature, primary, secondary, warning
	Actions     Actions
	ID          string
	Classes     string
	Attributes  Attributes

	headingHidden string // before the heading, for screen readers
}

// CardDescription is the text of a card.
type CardDescription struct {
	Text       string
	HTML       templ.Component
	Classes    string
	Attributes Attributes
}

// CardImage is the picture of a card.
type CardImage struct {
	Src  string
	Alt  string
	HTML templ.Component
}

// Actions are the links of a card or of a row of a summary list.
type Actions struct {
	Items      []Action
	Width      string // of the column in a summary list, one-third for example
	ID         string
	Classes    string
	Attributes Attributes
}

// Action is a link of a card or of a row. Without Href, or with Type, it is a button.
type Action struct {
	Text               string
	HTML               templ.Component
	Href               string
	Type               string
	Name               string
	Value              string
	VisuallyHiddenText string // what the action is about: "Change" needs "name"
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the card.
func (c Card) Render(ctx context.Context, w io.Writer) error {
	ctx, c.HTML = body(ctx, c.HTML)
	return card(c).Render(ctx, w)
}

var cardVariants = []string{"feature", "primary", "secondary", "warning"}

func (c Card) attrs() attrs {
	return class(c.classes()).maybe("id", c.ID).and(c.Attributes)
}

func (c Card) classes() string {
	return join("nhsuk-card", when(c.Clickable, "nhsuk-card--clickable"), modifier("nhsuk-card--", c.Variant, c.Classes, cardVariants...), c.Classes)
}

// has reports whether the card is of a variant.
func (c Card) has(variant string) bool { return strings.Contains(c.classes(), "nhsuk-card--"+variant) }

// heading is the card's heading around its text, with the heading's HTML below.
func (c Card) heading() templ.Component {
	h := c.Heading.level(2)
	below := h.HTML
	if below == nil {
		below = templ.NopComponent
	}
	if h.Text == "" {
		return below
	}
	hidden := or(c.headingHidden, h.VisuallyHiddenText)
	h.VisuallyHiddenText = ""
	h.Href = ""
	h.HTML = cardHeading(c, hidden)
	return templ.Join(headingParts{Heading: h, className: "nhsuk-card__heading", prefix: "nhsuk-heading-"}, below)
}

func (c Card) content() templ.Component {
	switch {
	case c.HTML != nil:
		return c.HTML
	case c.Description.HTML != nil:
		return c.Description.HTML
	case c.Description.Text != "":
		return cardText(c.Description.Text)
	}
	return templ.NopComponent
}

func (a Action) element() string { return linkElement("", a.Href, a.Type) }

func (a Action) attrs() attrs {
	as := class("nhsuk-link", a.Classes).maybe("id", a.ID)
	if a.element() == "a" {
		return as.link(or(a.Href, "#")).and(a.Attributes)
	}
	return as.maybe("name", a.Name).with("type", or(a.Type, "submit")).maybe("value", a.Value).and(a.Attributes)
}

// subject says to screen readers what an action is about: its own words, and the
// heading of the card that it is in.
func (a Action) subject(about Heading) templ.Component {
	parts := []templ.Component{}
	if a.VisuallyHiddenText != "" {
		parts = append(parts, text(" "+a.VisuallyHiddenText))
	}
	if !about.isEmpty() {
		parts = append(parts, text(" ("), inner(about.HTML, about.Text), text(")"))
	}
	if len(parts) == 0 {
		return templ.NopComponent
	}
	return hiddenParts(parts...)
}

// WarningCallout warns of something that people must not miss. Its heading says
// "Important: " to screen readers unless it says so itself.
type WarningCallout struct {
	Heading            Heading // level 3 when not said
	Text               string
	HTML               templ.Component // instead of Text; or children
	VisuallyHiddenText string          // "Important" when empty
	Actions            Actions
	ID                 string
	Classes            string
	Attributes         Attributes
}

// Render writes the warning callout.
func (c WarningCallout) Render(ctx context.Context, w io.Writer) error {
	ctx, c.HTML = body(ctx, c.HTML)
	hidden := ""
	if h := c.Heading.Text; h != "" && !strings.Contains(h, "Important") && !strings.Contains(h, "important") {
		hidden = or(c.Heading.VisuallyHiddenText, c.VisuallyHiddenText, "Important")
	}
	h := c.Heading.level(3)
	h.Size, h.VisuallyHiddenText = "", ""
	return Card{
		ID: c.ID, Heading: h, headingHidden: hidden, Description: CardDescription{Text: c.Text}, HTML: c.HTML,
		Actions: c.Actions, Classes: c.Classes, Attributes: c.Attributes, Variant: "warning",
	}.Render(ctx, w)
}

// DoDontList says what to do, or with the cross icon what not to do.
type DoDontList struct {
	Heading    Heading // level 3 when not said
	Icon       string  // tick or cross; tick when empty
	Items      []Content
	PrefixText string // before each item; "do not" with a cross when empty
	HidePrefix bool
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the list.
func (d DoDontList) Render(ctx context.Context, w io.Writer) error {
	if d.Icon != "cross" {
		d.Icon = "tick"
	}
	h := d.Heading.level(3)
	h.Size, h.Caption = "", Caption{}
	return Card{
		ID: d.ID, Heading: h, HTML: doDontItems(d), Classes: d.Classes, Attributes: d.Attributes, Variant: "feature",
	}.Render(ctx, w)
}

func (d DoDontList) prefix() string {
	if d.HidePrefix {
		return ""
	}
	if prefix := or(d.PrefixText, when(d.Icon == "cross", "do not")); prefix != "" {
		return prefix + " "
	}
	return ""
}

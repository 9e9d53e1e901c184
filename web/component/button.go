package component

import (
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"
)

// Button does something. With Href, and without Type, it is a link that looks
// like a button, for the way into a form.
type Button struct {
	Text               string
	HTML               templ.Component
	Type               string // submit when empty
	Name               string
	Value              string
	Href               string
	Variant            string // brand, login, reverse, secondary, secondary-solid, warning
	Small              bool
	Icon               ButtonIcon
	Disabled           bool
	AriaLabel          string
	PreventDoubleClick Switch
	Element            string // a, button or input, to overrule
	ID                 string
	Classes            string
	Attributes         Attributes
}

// ButtonIcon stands beside the text of a button.
type ButtonIcon struct {
	Name      string
	Placement string // start or end; start when empty
	HTML      templ.Component
}

// Render writes the button.
func (b Button) Render(ctx context.Context, w io.Writer) error {
	ctx, b.HTML = body(ctx, b.HTML)
	return button(b).Render(ctx, w)
}

var buttonVariants = []string{"brand", "login", "reverse", "secondary", "secondary-solid", "warning"}

func (b Button) element() string { return linkElement(b.Element, b.Href, b.Type) }

func (b Button) attrs() attrs {
	icon := !isZero(b.Icon)
	a := class("nhsuk-button", modifier("nhsuk-button--", b.Variant, b.Classes, buttonVariants...),
		when(icon, modifier("nhsuk-button--", "icon", b.Classes, "icon")),
		when(b.Small, modifier("nhsuk-button--", "small", b.Classes, "small")), b.Classes).
		maybe("id", b.ID).maybe("name", when(b.element() != "a", b.Name)).with("data-module", "nhsuk-button").
		choice("data-prevent-double-click", b.PreventDoubleClick)
	if b.element() == "a" {
		return a.link(or(b.Href, "#")).with("role", "button").with("draggable", "false").maybe("aria-label", b.AriaLabel).and(b.Attributes)
	}
	value := b.Value
	if b.element() == "input" {
		value = b.Text
	}
	return a.with("type", or(b.Type, "submit")).maybe("value", value).flag("disabled", b.Disabled).
		maybe("aria-label", b.AriaLabel).maybe("aria-disabled", when(b.Disabled, "true")).and(b.Attributes)
}

// icon is the button's icon when it stands in one of the places.
func (b Button) icon(places ...string) templ.Component {
	switch {
	case !slices.Contains(places, b.Icon.Placement), isZero(b.Icon):
		return templ.NopComponent
	case b.Icon.HTML != nil:
		return b.Icon.HTML
	}
	return Icon{Name: b.Icon.Name}
}

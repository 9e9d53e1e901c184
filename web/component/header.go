package component

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Header is the top of every page: whose service it is, navigation, search and
// account.
type Header struct {
	Logo             Logo
	Service          Service
	Organisation     Organisation
	Search           HeaderSearch
	Navigation       HeaderNavigation
	Account          Account
	Colour           string // white
	Inline           bool
	ContainerClasses string
	ID               string
	Classes          string
	Attributes       Attributes
}

// Logo is what stands first in the header: the NHS logo, or a picture, or with
// None nothing, for a service that may not use the NHS logo.
type Logo struct {
	None      bool
	Href      string
	AriaLabel string
	Src       string
	Alt       string // "NHS" when empty
}

// Service names the service. With a link of its own and a logo without one, both
// are one link.
type Service struct {
	Text string
	Href string
}

// Organisation stands beside the logo.
type Organisation struct {
	Name       string
	Split      string // the second line of the name
	Descriptor string
}

// HeaderSearch is the search field of the header; Show makes it appear.
type HeaderSearch struct {
	Show               bool
	Action             string // the NHS website's search when empty
	Method             string // get when empty
	Name               string // q when empty
	Value              string
	Placeholder        string // "Search" when empty
	VisuallyHiddenText string // label; "Search the NHS website" when empty
	ButtonAriaLabel    string // "Search" when empty
	Classes            string
	Attributes         Attributes
}

// HeaderNavigation is the row of links below the header.
type HeaderNavigation struct {
	Items                        []HeaderItem
	AriaLabel                    string // "Menu" when empty
	Colour                       string // white
	Justified                    bool
	ToggleMenuText               string // "More" when empty
	ToggleMenuVisuallyHiddenText string // "Browse" when empty
	Classes                      string
	Attributes                   Attributes
}

// HeaderItem is one link of the navigation.
type HeaderItem struct {
	Text       string
	HTML       templ.Component
	Href       string
	Current    bool // the page itself
	Active     bool // a page below it
	Classes    string
	Attributes Attributes
}

// Account is who is signed in and what they may do about it.
type Account struct {
	Items      []AccountItem
	AriaLabel  string // "Account" when empty
	Classes    string
	Attributes Attributes
}

// AccountItem is text, a link or, with Action, a form with one button.
type AccountItem struct {
	Text    string
	HTML    templ.Component
	Href    string
	Action  string          // where the form is sent
	Method  string          // post when empty
	Fields  templ.Component // hidden fields of the form
	Icon    bool            // shows a person
	Classes string
}

// Render writes the header.
func (h Header) Render(ctx context.Context, w io.Writer) error { return header(h).Render(ctx, w) }

func (h Header) attrs() attrs {
	return class("nhsuk-header", modifier("nhsuk-header--", h.Colour, h.Classes, "white"),
		when(h.Inline, modifier("nhsuk-header--", "inline", h.Classes, "inline")),
		when(!isZero(h.Organisation), "nhsuk-header--organisation"), h.Classes).
		maybe("id", h.ID).with("data-module", "nhsuk-header").with("role", "banner").and(h.Attributes)
}

// component is the organisation's name in its parts.
func (o Organisation) component() templ.Component {
	if o.Name == "" {
		return templ.NopComponent
	}
	split, descriptor := templ.Component(templ.NopComponent), templ.Component(templ.NopComponent)
	if o.Split != "" {
		split = templ.Join(text(" "), organisationPart("nhsuk-header__organisation-name-split", o.Split))
	}
	if o.Descriptor != "" {
		descriptor = organisationPart("nhsuk-header__organisation-name-descriptor", o.Descriptor)
	}
	return templ.Join(organisationName(o.Name, split), descriptor)
}

// combined reports whether logo and service name are one link.
func (h Header) combined() bool {
	return h.Service.Href != "" && ((h.Service.Text != "" && h.Logo.Href == "") || h.Service.Href == h.Logo.Href)
}

func (h Header) logoHref() string {
	if h.combined() {
		return h.Service.Href
	}
	return h.Logo.Href
}

// logoLabel names the link around the logo.
func (h Header) logoLabel() string {
	logo := or(h.Logo.Alt, "NHS")
	if h.Logo.None {
		logo = ""
	}
	return or(h.Logo.AriaLabel, join(logo, h.Organisation.Name, h.Organisation.Split, when(h.combined(), h.Service.Text), "homepage"))
}

func (n HeaderNavigation) attrs() attrs {
	name := "nhsuk-header__navigation"
	return class(name, modifier(name+"--", n.Colour, n.Classes, "white"),
		when(n.Justified, modifier(name+"--", "justified", n.Classes, "justified")), n.Classes).
		with("aria-label", or(n.AriaLabel, "Menu")).and(n.Attributes)
}

func (i HeaderItem) isCurrent() bool { return i.Active || i.Current }

func (i HeaderItem) attrs() attrs {
	return class("nhsuk-header__navigation-item", when(i.isCurrent(), "nhsuk-header__navigation-item--current"), i.Classes).and(i.Attributes)
}

// inside are the attributes of the link, or of the text without a link.
func (i HeaderItem) inside() attrs {
	current := when(i.isCurrent(), "true")
	if i.Current {
		current = "page"
	}
	if i.Href == "" {
		return class("nhsuk-header__navigation-text").maybe("aria-current", current)
	}
	return class("nhsuk-header__navigation-link").link(i.Href).maybe("aria-current", current)
}

func (i HeaderItem) element() string {
	if i.Href == "" {
		return "span"
	}
	return "a"
}

func (s HeaderSearch) form() attrs {
	return class("nhsuk-header__search-form").with("id", "search").with("action", Href(or(s.Action, "https://www.nhs.uk/search/"))).
		with("method", or(s.Method, "get")).flag("novalidate", true)
}

// field is the search field with its button.
func (s HeaderSearch) field() Input {
	return Input{
		Label: Label{Text: or(s.VisuallyHiddenText, "Search the NHS website"), Classes: "nhsuk-u-visually-hidden"},
		ID:    "search-field", Name: or(s.Name, "q"), Type: "search", Autocomplete: "off", Value: s.Value,
		Placeholder: or(s.Placeholder, "Search"),
		FormGroup: FormGroup{AfterInput: Content{HTML: Button{
			AriaLabel: or(s.ButtonAriaLabel, "Search"), Icon: ButtonIcon{Name: "search"}, Small: true,
		}}},
	}
}

func (i AccountItem) form() attrs {
	return class("nhsuk-header__account-form").with("action", Href(i.Action)).with("method", or(i.Method, "post")).flag("novalidate", true)
}

// Package layout is the frame of every page: the document, header, navigation,
// footer, and the error pages.
package layout

import (
	"strings"

	"github.com/a-h/templ"

	"ahpfaculty/web/component"
)

// Frame is what stands around a page.
type Frame struct {
	Title       string             // of the page; the faculty's name follows it
	Description string             // one sentence for search engines
	Path        string             // of the request; marks where the navigation is
	FacultyName string             // whose portal it is
	Breadcrumbs []component.Link   // from the home page down, without the page itself
	Back        component.BackLink // instead of breadcrumbs, in a form; without Href none
	Errors      bool               // the page shows a form with mistakes
	Search      string             // what was searched for
	Staff       *Person            // who is signed in; nil for nobody
	Menu        []component.Link   // of the staff area, as far as the person may go
	FormKey     string             // of the sign-out form
	Assets      Assets
}

// Person is a member of staff who is signed in.
type Person struct {
	Name  string
	Role  string // as a word
	Email string
}

// Assets are the addresses of the built styles, scripts and icons.
type Assets struct {
	Stylesheet string
	Script     string
	Icon       string // SVG
	TouchIcon  string // PNG of 180 pixels
}

// SignOutURL is where the sign-out button of every staff page is sent.
const SignOutURL = "/admin/sign-out"

// title is the document's: "Error: " in front when a form has mistakes, the
// faculty at the end.
func (f Frame) title() string {
	title := f.FacultyName
	if f.Title != "" && f.Title != f.FacultyName {
		title = f.Title + " – " + f.FacultyName
	}
	if f.Errors {
		title = "Error: " + title
	}
	return title
}

// sections are the parts of the public portal.
var sections = []component.Link{
	{Text: "Professions", Href: "/professions"},
	{Text: "Careers", Href: "/careers"},
	{Text: "Return to practice", Href: "/return-to-practice"},
	{Text: "Groups", Href: "/groups"},
	{Text: "Strategy", Href: "/strategy"},
	{Text: "Faculty", Href: "/faculty"},
}

// legal are the links that every page's footer has.
var legal = []component.Link{
	{Text: "Accessibility", Href: "/accessibility"},
	{Text: "Contact", Href: "/contact"},
	{Text: "Cookies", Href: "/cookies"},
	{Text: "Privacy", Href: "/privacy"},
	{Text: "Staff sign in", Href: "/admin"},
}

func (f Frame) publicHeader() component.Header {
	return component.Header{
		Logo:    component.Logo{None: true},
		Service: component.Service{Text: f.FacultyName, Href: "/"},
		Search: component.HeaderSearch{
			Show: true, Action: "/search", Value: f.Search,
			Placeholder: "Search", VisuallyHiddenText: "Search this site",
		},
		Navigation: component.HeaderNavigation{Items: items(sections, f.Path)},
	}
}

func (f Frame) staffHeader() component.Header {
	header := component.Header{
		Logo:    component.Logo{None: true},
		Service: component.Service{Text: f.FacultyName + ": staff area", Href: "/admin"},
	}
	if f.Staff == nil {
		return header
	}
	header.Navigation = component.HeaderNavigation{Items: items(f.Menu, f.Path)}
	header.Account = component.Account{AriaLabel: "Account", Items: []component.AccountItem{
		{Text: f.Staff.Name + " (" + f.Staff.Role + ")", Href: "/admin/account", Icon: true},
		{Text: "Sign out", Action: SignOutURL, Fields: formKey(f.FormKey)},
	}}
	return header
}

// items are links of the navigation, with the one that leads here or above marked.
func items(links []component.Link, path string) []component.HeaderItem {
	made := make([]component.HeaderItem, 0, len(links))
	for _, link := range links {
		made = append(made, component.HeaderItem{
			Text: link.Text, Href: link.Href,
			Current: link.Href == path,
			Active:  link.Href != "/admin" && strings.HasPrefix(path, link.Href+"/"),
		})
	}
	return made
}

func (f Frame) footer() component.Footer {
	return component.Footer{
		Meta:      component.FooterMeta{Items: legal},
		Copyright: component.Content{Text: "© " + f.FacultyName},
	}
}

// above is what stands over main: breadcrumbs, a back link, or nothing.
func (f Frame) above() templ.Component {
	switch {
	case f.Back.Href != "":
		return f.Back
	case len(f.Breadcrumbs) > 0:
		return component.Breadcrumb{Items: f.Breadcrumbs}
	default:
		return templ.NopComponent
	}
}

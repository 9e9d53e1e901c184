// Package layout is the frame around every page: the document, the header and
// navigation, the way back, and the footer, for the public and for the staff area.
package layout

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// Assets are the addresses of the files that every page needs.
type Assets struct {
	Stylesheet string
	Script     string
	Icon       string // left out when empty
}

// Person is who is signed in to the staff area.
type Person struct {
	Name  string
	Role  string // the staff.Role that decides which navigation shows
	Email string
}

// Frame is what the frame around a page says. The zero value of each field but
// FacultyName and Assets leaves its part out.
type Frame struct {
	Title       string // of the page; the faculty's name follows it
	Description string // one sentence for search engines
	Path        string // of the page, to show where it is in the navigation
	FacultyName string
	Reach       Reach
	Assets      Assets
	Breadcrumbs []component.Link   // from the home page down to the page above
	Back        component.BackLink // instead of breadcrumbs, within a form; without Href none
	Hero        templ.Component    // instead of a way back: across the whole page, above the content
	Errors      bool               // the page shows errors: its title says so first
	Search      string             // what was searched for
	NoIndex     bool               // asks search engines to leave the page out; the staff area always does
	Staff       *Person            // nil when nobody is signed in
	FormKey     string             // of the sign-out form
	Idle        time.Duration      // how long the session lives on, on a page that loaded itself; 0 where it begins anew
}

// Reach is how to reach the faculty without the web; empty is what the faculty
// has still to set.
type Reach struct {
	Phone string
	Hours string // when the phone is answered
	Post  string // an address, on lines
}

// ReachOf is how to reach a faculty.
func ReachOf(f faculty.Details) Reach {
	return Reach{Phone: f.ContactPhone, Hours: f.ContactHours, Post: f.ContactPost}
}

// ways are the ways of a reach in words; none where the faculty has set none.
func (r Reach) ways() []string {
	var ways []string
	if r.Phone != "" {
		phone := "Phone: " + r.Phone
		if r.Hours != "" {
			phone += " (" + r.Hours + ")"
		}
		ways = append(ways, phone)
	}
	if r.Post != "" {
		ways = append(ways, "Post: "+strings.Join(strings.Fields(r.Post), " "))
	}
	return ways
}

// title is the document's title.
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

// idleLeft is for how many seconds more somebody stays signed in, on a page that
// loaded itself; "" on one that somebody asked for.
func (f Frame) idleLeft() string {
	if f.Idle == 0 {
		return ""
	}
	return strconv.Itoa(int(f.Idle.Seconds()))
}

// section is a part of the portal in the navigation.
type section struct{ text, path string }

// publicSections are the parts that everyone sees.
var publicSections = []section{
	{"Professions", "/professions"},
	{"Careers", "/careers"},
	{"Return to practice", "/return-to-practice"},
	{"Groups", "/groups"},
	{"Strategy", "/strategy"},
	{"Faculty", "/faculty"},
}

// staffSections are the parts of the staff area that a role may open.
func staffSections(role staff.Role) []section {
	sections := []section{{"Overview", "/admin"}}
	if role.May(staff.SeeCases) {
		sections = append(sections, section{"Expressions of interest", "/admin/expressions"}, section{"Enquiries", "/admin/enquiries"}, section{"Offers", "/admin/offers"})
	}
	if role.May(staff.EditContent) {
		sections = append(sections, section{"Rules", "/admin/rules"})
	}
	if role.May(staff.ManageStaff) {
		sections = append(sections, section{"Staff", "/admin/staff"})
	}
	if role.May(staff.ReadAudit) {
		sections = append(sections, section{"Audit", "/admin/audit"})
	}
	return sections
}

// navigation marks the part that the page is in.
func (f Frame) navigation(sections []section) []component.HeaderItem {
	items := make([]component.HeaderItem, len(sections))
	for i, one := range sections {
		items[i] = component.HeaderItem{
			Text: one.text, Href: one.path, Current: f.Path == one.path, Active: one.path != "/admin" && f.isIn(one.path),
		}
	}
	return items
}

// isIn reports whether the page is the path or below it; the form and following
// it belong to return to practice.
func (f Frame) isIn(path string) bool {
	if path == "/return-to-practice" && (f.isIn("/apply") || f.isIn("/track")) {
		return true
	}
	return f.Path == path || strings.HasPrefix(f.Path, path+"/")
}

// publicHeader is the header of the public pages. The faculty's name stands in
// the place of the NHS logo, which is not the faculty's to use.
func (f Frame) publicHeader() component.Header {
	return component.Header{
		Logo:    component.Logo{None: true},
		Service: component.Service{Text: f.FacultyName, Href: "/"},
		Search: component.HeaderSearch{
			Show: true, Action: "/search", VisuallyHiddenText: "Search this site", Value: f.Search,
		},
		Navigation: component.HeaderNavigation{Items: f.navigation(publicSections)},
		Classes:    "app-header",
	}
}

// staffHeader is the header of the staff area: who is signed in, and the parts
// that they may open.
func (f Frame) staffHeader() component.Header {
	header := component.Header{
		Logo:    component.Logo{None: true},
		Service: component.Service{Text: f.FacultyName + " staff", Href: "/admin"},
		Classes: "app-header",
	}
	if f.Staff == nil {
		return header
	}
	role := staff.Role(f.Staff.Role)
	header.Navigation.Items = f.navigation(staffSections(role))
	header.Account.Items = []component.AccountItem{
		{Text: f.Staff.Name + ", " + role.Name(), Href: "/admin/account", Icon: true},
		{Text: "Sign out", Action: "/admin/sign-out", Fields: FormKey(f.FormKey)},
	}
	return header
}

// footer is the same on every page but for the way in, which those who are
// signed in do not need.
func (f Frame) footer() component.Footer {
	links := []component.Link{
		{Text: "Accessibility", Href: "/accessibility"},
		{Text: "Contact", Href: "/contact"},
		{Text: "Cookies", Href: "/cookies"},
		{Text: "Privacy", Href: "/privacy"},
	}
	if f.Staff == nil {
		links = append(links, component.Link{Text: "Staff sign in", Href: "/admin/sign-in"})
	}
	return component.Footer{
		Meta:      component.FooterMeta{Items: links, HTML: f.reach()},
		Copyright: component.Content{Text: "© " + f.FacultyName},
	}
}

// bodyClass tells the styles which frame it is.
func bodyClass(staffArea bool) string {
	if staffArea {
		return "app-staff"
	}
	return "app-public"
}

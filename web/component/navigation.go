package component

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"
)

// Breadcrumb shows where a page is: links from the home page down to the page
// above. On a phone only the last of them shows, as a back link.
type Breadcrumb struct {
	Items      []Link
	BackLink   BackLink // to overrule the last item
	AriaLabel  string   // "Breadcrumb" when empty
	Variant    string   // reverse, on a dark background
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the breadcrumb.
func (b Breadcrumb) Render(ctx context.Context, w io.Writer) error {
	return breadcrumb(b).Render(ctx, w)
}

func (b Breadcrumb) attrs() attrs {
	return class("nhsuk-breadcrumb", modifier("nhsuk-breadcrumb--", b.Variant, b.Classes, "reverse"), b.Classes).
		maybe("id", b.ID).with("aria-label", or(b.AriaLabel, "Breadcrumb")).and(b.Attributes)
}

// back is the link that phones show.
func (b Breadcrumb) back() BackLink {
	last := Link{}
	if n := len(b.Items); n > 0 {
		last = b.Items[n-1]
	}
	back := b.BackLink
	back.VisuallyHiddenText = or(back.VisuallyHiddenText, "Back to")
	if back.Text == "" && back.HTML == nil {
		back.Text, back.HTML = last.Text, last.HTML
	}
	back.Href = or(back.Href, last.Href)
	if back.Attributes == nil {
		back.Attributes = last.Attributes
	}
	back.Variant = or(back.Variant, b.Variant)
	return back
}

// ContentsList lists the pages of a guide, or the parts of a page.
type ContentsList struct {
	Items              []ContentsItem
	AriaLabel          string // "Pages in this guide" when empty
	VisuallyHiddenText string // "Contents" when empty
	ID                 string
	Classes            string
	Attributes         Attributes
}

// ContentsItem is one page of a guide, with the pages under it.
type ContentsItem struct {
	Text       string
	HTML       templ.Component
	Href       string
	Current    bool // the page that the list stands on
	Items      []ContentsItem
	Classes    string
	Attributes Attributes
}

// Render writes the contents list.
func (c ContentsList) Render(ctx context.Context, w io.Writer) error {
	return contentsList(c).Render(ctx, w)
}

func (c ContentsList) attrs() attrs {
	return class("nhsuk-contents-list", c.Classes).maybe("id", c.ID).with("role", "navigation").
		with("aria-label", or(c.AriaLabel, "Pages in this guide")).and(c.Attributes)
}

// Pagination leads to the page before and the page after; with Items, to pages
// by number.
type Pagination struct {
	Previous   PaginationLink
	Next       PaginationLink
	Items      []PaginationItem
	AriaLabel  string // "Pagination" when empty
	ID         string
	Classes    string
	Attributes Attributes
}

// PaginationLink leads to the page before or after.
type PaginationLink struct {
	Href       string
	Text       string // "Previous page" or "Next page" when empty
	HTML       templ.Component
	Label      Content // the title of that page
	Attributes Attributes
}

// PaginationItem is the number of a page, or an ellipsis.
type PaginationItem struct {
	Number     int
	Href       string
	Current    bool
	Ellipsis   bool
	AriaLabel  string // "Page" and the number when empty
	Classes    string
	Attributes Attributes
}

// Render writes the pagination.
func (p Pagination) Render(ctx context.Context, w io.Writer) error {
	return pagination(p).Render(ctx, w)
}

func (p Pagination) attrs() attrs {
	return class("nhsuk-pagination", when(len(p.Items) > 0, "nhsuk-pagination--numbered"), p.Classes).maybe("id", p.ID).
		with("role", "navigation").with("aria-label", or(p.AriaLabel, "Pagination")).and(p.Attributes)
}

func (i PaginationItem) attrs() attrs {
	return class("nhsuk-pagination__item", when(i.Current, "nhsuk-pagination__item--current"),
		when(i.Ellipsis, "nhsuk-pagination__item--ellipsis"), i.Classes)
}

func (i PaginationItem) link() attrs {
	return class("nhsuk-pagination__link").link(i.Href).with("aria-label", or(i.AriaLabel, "Page "+strconv.Itoa(i.Number))).
		maybe("aria-current", when(i.Current, "page")).and(i.Attributes)
}

// TaskList lists the tasks of a form with the status of each.
type TaskList struct {
	Items      []TaskItem
	IDPrefix   string // "task-list" when empty
	ID         string
	Classes    string
	Attributes Attributes
}

// TaskItem is a task; without Href it cannot be started yet.
type TaskItem struct {
	Heading Heading
	Href    string
	Hint    Hint
	Status  TaskStatus
	Classes string
}

// TaskStatus is a tag or, for a task that is done, text.
type TaskStatus struct {
	Text    string
	HTML    templ.Component
	Tag     Tag
	Classes string
}

// Render writes the task list.
func (t TaskList) Render(ctx context.Context, w io.Writer) error { return taskList(t).Render(ctx, w) }

// taskIDs are the ids of a task's hint and status.
func (t TaskList) taskIDs(index int) (string, string) {
	id := or(t.IDPrefix, "task-list") + "-" + strconv.Itoa(index+1)
	return id + "-hint", id + "-status"
}

func (t TaskList) heading(index int) headingParts {
	item := t.Items[index]
	h := item.Heading
	h.Size, h.Caption, h.Href = "", Caption{}, ""
	if item.Href == "" {
		h.Element = "div"
		return headingParts{Heading: h, noClass: true}
	}
	hintID, statusID := t.taskIDs(index)
	h.Element, h.Classes = "a", join("nhsuk-link", h.Classes)
	return headingParts{Heading: h, className: "nhsuk-task-list__link", extra: attrs{}.link(item.Href).
		with("aria-describedby", join(when(!item.Hint.isEmpty(), hintID), statusID))}
}

// Tabs show one of several parts at a time; without scripts, all of them.
type Tabs struct {
	Items              []TabItem
	VisuallyHiddenText string // "Contents" when empty
	IDPrefix           string // ID when empty
	ID                 string
	Classes            string
	Attributes         Attributes
}

// TabItem is a tab and what it shows.
type TabItem struct {
	Label      string
	Panel      TabPanel
	ID         string // the prefix and the tab's number when empty
	Attributes Attributes
}

// TabPanel is what a tab shows.
type TabPanel struct {
	Text       string
	HTML       templ.Component
	Attributes Attributes
}

// Render writes the tabs.
func (t Tabs) Render(ctx context.Context, w io.Writer) error { return tabs(t).Render(ctx, w) }

func (t Tabs) attrs() attrs {
	return class("nhsuk-tabs", t.Classes).maybe("id", t.ID).with("data-module", "nhsuk-tabs").and(t.Attributes)
}

func (t Tabs) panelID(index int) string {
	return or(t.Items[index].ID, or(t.IDPrefix, t.ID)+"-"+strconv.Itoa(index+1))
}

package component

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Table shows figures or facts in rows and columns.
type Table struct {
	Caption           TableCaption
	Head              []TableCell
	Rows              [][]TableCell
	FirstCellIsHeader bool
	Responsive        bool // a list of rows on a phone
	Scroll            bool // scrolls sideways where it does not fit; without scripts a keyboard does not reach it, so that Responsive is better
	Compact           bool
	Striped           bool
	Border            Switch
	LastRowBorder     Switch
	Variant           string // reverse, on a dark background
	Card              *Card  // the card that the table is in, if any
	ID                string
	Classes           string
	Attributes        Attributes

	SortAnnouncementText string
	AscendingText        string
	DescendingText       string
}

// TableCaption names a table.
type TableCaption struct {
	Text               string
	HTML               templ.Component
	Size               string // s, m, l, xl
	Caption            Caption
	VisuallyHiddenText string
	ID                 string
	Classes            string
	Attributes         Attributes
}

// TableCell is a cell; in Head it is a column's header, whose Format holds for
// the column.
type TableCell struct {
	Text               string
	HTML               templ.Component
	Header             string // of a responsive table's cell, where the table has no head
	Href               string
	Format             string // numeric, string
	Align              string // left, centre, right
	Width              string // one-half, two-thirds, …
	VisuallyHiddenText string
	Colspan            int
	Rowspan            int
	Sort               string // makes a column sortable: none, ascending, descending
	SortNext           string // ascending, descending: what the first press does
	SortValue          string // to sort by instead of the text
	Classes            string
	Attributes         Attributes
}

// Render writes the table.
func (t Table) Render(ctx context.Context, w io.Writer) error {
	var whole templ.Component = table(t)
	if t.Scroll {
		whole = scroll(t)
	}
	if t.Card == nil {
		return whole.Render(ctx, w)
	}
	c := *t.Card
	c.Clickable, c.Description, c.Image = false, CardDescription{}, CardImage{}
	c.HTML = whole
	return c.Render(ctx, w)
}

// isSortable reports whether people may sort the table, and whether by links
// that the server answers.
func (t Table) isSortable() (sortable, onServer bool) {
	for _, cell := range t.Head {
		sortable = sortable || cell.Sort != ""
		onServer = onServer || (sortable && cell.Href != "")
	}
	return sortable, onServer
}

func (t Table) marked() bool {
	sortable, _ := t.isSortable()
	return sortable || strings.Contains(t.Classes, "nhsuk-table--sortable")
}

func (t Table) attrs() attrs {
	borders := ""
	switch {
	case t.Border == Off:
		borders = modifier("nhsuk-table--", "no-border", t.Classes, "no-border")
	case t.LastRowBorder == Off:
		borders = modifier("nhsuk-table--", "no-last-row-border", t.Classes, "no-last-row-border")
	}
	sortable, onServer := t.isSortable()
	flag := func(on bool, name string) string { return when(on, modifier("nhsuk-table--", name, t.Classes, name)) }
	return class("nhsuk-table", modifier("nhsuk-table--", t.Variant, t.Classes, "reverse"), flag(t.Compact, "compact"),
		flag(t.Responsive, "responsive"), borders, flag(sortable, "sortable"), flag(t.Striped, "striped"), t.Classes).
		maybe("id", t.ID).maybe("data-module", when(t.marked() && !onServer, "nhsuk-table")).
		maybe("data-i18n.sort-announcement", t.SortAnnouncementText).maybe("data-i18n.ascending", t.AscendingText).
		maybe("data-i18n.descending", t.DescendingText).maybe("role", when(t.Responsive, "table")).and(t.Attributes)
}

// captionID is the id of the caption, which names the region that scrolls.
func (t Table) captionID() string {
	switch {
	case t.Caption.ID != "":
		return t.Caption.ID
	case t.Scroll && t.ID != "":
		return t.ID + "-caption"
	case t.Scroll && t.Caption.Text != "":
		name := []rune(strings.ToLower(strings.ReplaceAll(t.Caption.Text, " ", "-")))
		return "table-" + string(name[:min(40, len(name))]) + "-caption"
	}
	return ""
}

func (t Table) caption() headingParts {
	c := t.Caption
	hidden := or(c.VisuallyHiddenText, when(t.marked(), "Column headers are sortable"))
	return headingParts{
		Heading: Heading{
			ID: t.captionID(), Text: c.Text, HTML: c.HTML, VisuallyHiddenText: when(hidden != "", "("+hidden+")"),
			Caption: c.Caption, Size: c.Size, Classes: c.Classes, Attributes: c.Attributes, Element: "caption",
		},
		className: "nhsuk-table__caption", prefix: "nhsuk-table__caption--", sizes: []string{"s", "m", "l", "xl"},
	}
}

func (t Table) rowAttrs() attrs {
	return class("nhsuk-table__row").maybe("role", when(t.Responsive, "row"))
}

// cell gives a cell's classes, and its attributes that do not depend on where it stands.
func (c TableCell) cell(t Table, name string) attrs {
	a := class(name, when(c.Format == "numeric", modifier(name+"--", "numeric", c.Classes, "numeric")),
		modifier("nhsuk-u-text-align-", c.Align, c.Classes, "left", "centre", "right"), width(c.Width, c.Classes), c.Classes)
	if !t.Responsive {
		a = a.maybe("colspan", number(c.Colspan))
	}
	return a.maybe("rowspan", number(c.Rowspan))
}

// content is what stands in a cell of the table's body.
func (t Table) content(c TableCell, column int) templ.Component {
	if label := t.label(c, column); !isZero(label) {
		return templ.Join(cellLabel(label), besideLabel(c))
	}
	return cellContent(c)
}

// words are the text of a cell.
func (c TableCell) words() templ.Component {
	if c.HTML == nil && c.Text == "" && c.VisuallyHiddenText != "" {
		return hidden(c.VisuallyHiddenText)
	}
	return templ.Join(inner(c.HTML, c.Text), after(c.VisuallyHiddenText))
}

// header are the attributes of a column's header.
func (t Table) header(c TableCell) attrs {
	sortable, onServer := t.isSortable()
	current := when(c.Sort == "ascending" || c.Sort == "descending", c.Sort)
	return c.cell(t, "nhsuk-table__header").with("scope", "col").maybe("role", when(t.Responsive, "columnheader")).
		flag("data-sort", sortable && c.Sort != "").maybe("data-sort-next", when(sortable && !onServer, c.SortNext)).
		maybe("aria-sort", when(sortable, current)).and(c.Attributes)
}

// isHeader reports whether the cell of a column is its row's header.
func (t Table) isHeader(column int) bool { return column == 0 && t.FirstCellIsHeader }

// data are the attributes of a cell in the table's body.
func (t Table) data(c TableCell, column int) attrs {
	head := t.head(column)
	if c.Align == "" {
		c.Align = or(when(c.Format == "string" && head.Format == "numeric", "right"), head.Align)
	}
	c.Format = or(c.Format, head.Format)
	name, role := "nhsuk-table__cell", "cell"
	if t.isHeader(column) {
		name, role = "nhsuk-table__header", "rowheader"
	}
	return c.cell(t, name).maybe("scope", when(t.isHeader(column), "row")).maybe("role", when(t.Responsive, role)).
		maybe("data-sort-value", c.SortValue).and(c.Attributes)
}

// head is a column's header, or one that says nothing.
func (t Table) head(column int) TableCell {
	if column < len(t.Head) {
		return t.Head[column]
	}
	return TableCell{}
}

func (t Table) dataElement(column int) string {
	if t.isHeader(column) {
		return "th"
	}
	return "td"
}

// label is what a responsive table shows before a cell on a phone.
func (t Table) label(c TableCell, column int) TableCell {
	if !t.Responsive {
		return TableCell{}
	}
	head := t.head(column)
	return TableCell{Text: or(head.Text, c.Header), HTML: head.HTML, VisuallyHiddenText: head.VisuallyHiddenText}
}

package component

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// SummaryList shows what is known as pairs of key and value, with actions.
type SummaryList struct {
	Rows          []SummaryRow
	HTML          templ.Component // instead of Rows; or children
	Border        Switch
	LastRowBorder Switch
	Card          *Card // the card that the list is in, if any
	ID            string
	Classes       string
	Attributes    Attributes
}

// SummaryRow is one pair of key and value.
type SummaryRow struct {
	Key        SummaryCell
	Value      SummaryCell
	Actions    Actions
	Border     Switch
	ID         string
	Classes    string
	Attributes Attributes
}

// SummaryCell is the key or the value of a row.
type SummaryCell struct {
	Text       string
	HTML       templ.Component
	Width      string // one-half, two-thirds, …
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the summary list.
func (s SummaryList) Render(ctx context.Context, w io.Writer) error {
	ctx, s.HTML = body(ctx, s.HTML)
	list := summaryList(s)
	if s.Card == nil {
		return list.Render(ctx, w)
	}
	card := *s.Card
	card.HTML = list
	return card.Render(ctx, w)
}

func (s SummaryList) attrs() attrs {
	borders := ""
	switch {
	case s.Border == Off:
		borders = modifier("nhsuk-summary-list--", "no-border", s.Classes, "no-border")
	case s.LastRowBorder == Off:
		borders = modifier("nhsuk-summary-list--", "no-last-row-border", s.Classes, "no-last-row-border")
	}
	return class("nhsuk-summary-list", borders, s.Classes).maybe("id", s.ID).and(s.Attributes)
}

func (s SummaryList) hasActions() bool {
	for _, row := range s.Rows {
		if len(row.Actions.Items) > 0 {
			return true
		}
	}
	return false
}

func (s SummaryList) row(index int) attrs {
	row := s.Rows[index]
	bare := row.Border == Off && !strings.Contains(s.Classes, "nhsuk-summary-list--no-border") &&
		!strings.Contains(s.Classes, "nhsuk-summary-list--no-last-row-border") &&
		!(s.LastRowBorder == Off && index == len(s.Rows)-1)
	return class("nhsuk-summary-list__row",
		when(s.hasActions() && len(row.Actions.Items) == 0, "nhsuk-summary-list__row--no-actions"),
		when(bare, modifier("nhsuk-summary-list__row--", "no-border", row.Classes, "no-border")), row.Classes).
		maybe("id", row.ID).and(row.Attributes)
}

func (c SummaryCell) attrs(name string) attrs {
	return class(name, width(c.Width, c.Classes), c.Classes).maybe("id", c.ID).and(c.Attributes)
}

func (a Actions) attrs(name string) attrs {
	return class(name, width(a.Width, a.Classes), a.Classes).maybe("id", a.ID).and(a.Attributes)
}

// about is the heading of the card that the list is in.
func (s SummaryList) about() Heading {
	if s.Card == nil {
		return Heading{}
	}
	return s.Card.Heading
}

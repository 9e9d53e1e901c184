package siteview

import (
	"github.com/a-h/templ"

	"ahpfaculty/web/component"
)

// card is a card that leads nowhere; without a title it has no heading.
func card(title string, level int) component.Card {
	return component.Card{Heading: component.Heading{Text: title, Level: level, Size: "s"}}
}

// featureCard is a card beside the text that stands out.
func featureCard(title string) component.Card {
	return component.Card{Variant: "feature", Heading: component.Heading{Text: title, Level: 2, Size: "s"}}
}

// leadingCard is a card that leads to another page as a whole.
func leadingCard(title, href, size string) component.Card {
	return component.Card{Clickable: true, Href: href, Heading: component.Heading{Text: title, Level: 3, Size: size}}
}

// primaryCard is a card for what most people come for.
func primaryCard(title, href, text string) component.Card {
	return component.Card{
		Clickable: true, Variant: "primary", Href: href,
		Heading:     component.Heading{Text: title, Level: 2, Size: "m"},
		Description: component.CardDescription{Text: text},
	}
}

func inset() component.InsetText { return component.InsetText{} }

func details(summary string) component.Details {
	return component.Details{Summary: component.Summary{Text: summary}}
}

func tag(text, colour string) component.Tag { return component.Tag{Text: text, Colour: colour} }

// textRow is a row of a summary list whose value is text.
func textRow(name, value string) component.SummaryRow {
	return component.SummaryRow{Key: component.SummaryCell{Text: name}, Value: component.SummaryCell{Text: value}}
}

// viewRow is a row of a summary list whose value is more than text.
func viewRow(name string, value templ.Component) component.SummaryRow {
	return component.SummaryRow{Key: component.SummaryCell{Text: name}, Value: component.SummaryCell{HTML: value}}
}

// row is a row of a summary list that the faculty sets.
func row(name, value string) component.SummaryRow { return viewRow(name, set(value)) }

// nothingMore stands where a page has nothing to add.
func nothingMore() templ.Component { return templ.NopComponent }

package galleryview

import "ahpfaculty/web/component"

// blocks are parts of a page.
var blocks = []state{
	{"A card", component.Card{
		Heading: component.Heading{Text: "Careers", Level: 3}, Href: "/careers", Clickable: true, Description: component.CardDescription{Text: "Join, learn, move up or lead."},
	}, false},
	{"A card for what most come for", component.Card{
		Heading: component.Heading{Text: "Return to practice", Level: 3}, Href: "/return-to-practice", Clickable: true, Variant: "primary",
		Description: component.CardDescription{Text: "Find out what coming back takes."},
	}, false},
	{"A second card", component.Card{
		Heading: component.Heading{Text: "Groups", Level: 3}, Href: "/groups", Clickable: true, Variant: "secondary", Description: component.CardDescription{Text: "What our groups work on."},
	}, false},
	{"A card with a heading that stands out", component.Card{
		Heading: component.Heading{Text: "Before you start", Level: 3}, Variant: "feature", Description: component.CardDescription{Text: "It takes about 10 minutes."},
	}, false},
	{"A card with actions", component.Card{
		Heading: component.Heading{Text: "Your days", Level: 3}, Description: component.CardDescription{Text: "At least 30 days of updating."},
		Actions: component.Actions{Items: []component.Action{{Text: "Change", VisuallyHiddenText: "your days", Href: "/apply"}}},
	}, false},

	{"Details", component.Details{Summary: component.Summary{Text: "Where do I find my number?"}, Text: "On your registration card, or in a letter from your regulator."}, false},
	{"Details, open", component.Details{Open: true, Summary: component.Summary{Text: "What counts as practising?"}, Text: "Teaching, managing and research count too."}, false},
	{"Details, on dark", component.Details{Variant: "reverse", Summary: component.Summary{Text: "Who reads what I send?"}, Text: "Members of the faculty’s team."}, true},

	{"Do", component.DoDontList{Heading: component.Heading{Text: "Do", Level: 3}, Items: []component.Content{{Text: "keep a record of every day"}, {Text: "ask your supervisor to sign it"}}}, false},
	{"Do not", component.DoDontList{
		Heading: component.Heading{Text: "Don’t", Level: 3}, Icon: "cross", Items: []component.Content{{Text: "count days before the last 12 months"}},
	}, false},

	{"Across the page", component.Hero{Heading: component.Heading{Text: "Come back to practice", Level: 3}, Text: "Find out what it takes."}, false},

	{"Tabs", component.Tabs{ID: "stages", Items: []component.TabItem{
		{Label: "Open", ID: "stages-open", Panel: component.TabPanel{HTML: plain("2 cases are open.")}},
		{Label: "Ended", ID: "stages-ended", Panel: component.TabPanel{HTML: plain("No case has ended.")}},
	}}, false},
}

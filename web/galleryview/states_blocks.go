package galleryview

import "ahpfaculty/web/component"

// blocks are parts of a page.
var blocks = []state{
	{"A card", component.Card{
		Heading: component.Heading{Text: "Careers", Level: 3}, Href: "/careers", Clickable: true, Description: component.CardDescription{Text: "Join, learn, move up or lead."},
	}},
	{"A card for what most come for", component.Card{
		Heading: component.Heading{Text: "Return to practice", Level: 3}, Href: "/return-to-practice", Clickable: true, Variant: "primary",
		Description: component.CardDescription{Text: "Find out what coming back takes."},
	}},
	{"A second card", component.Card{
		Heading: component.Heading{Text: "Groups", Level: 3}, Href: "/groups", Clickable: true, Variant: "secondary", Description: component.CardDescription{Text: "What our groups work on."},
	}},
	{"A card with a heading that stands out", component.Card{
		Heading: component.Heading{Text: "Before you start", Level: 3}, Variant: "feature", Description: component.CardDescription{Text: "It takes about 10 minutes."},
	}},
	{"A card that warns", component.Card{
		Heading: component.Heading{Text: "Check with your regulator", Level: 3}, Variant: "warning", Description: component.CardDescription{Text: "Rules change. The regulator decides."},
	}},
	{"A card with many words", component.Card{
		Heading: component.Heading{Text: "Prosthetists and orthotists who return to practice", Level: 3}, Href: "/professions", Clickable: true,
		Description: component.CardDescription{Text: "Who regulates the profession, how many days of updating it takes, where these days can be done and who may sign them."},
	}},
	{"A card with actions", component.Card{
		Heading: component.Heading{Text: "Your days", Level: 3}, Description: component.CardDescription{Text: "At least 30 days of updating."},
		Actions: component.Actions{Items: []component.Action{{Text: "Change", VisuallyHiddenText: "your days", Href: "/apply"}}},
	}},

	{"Details", component.Details{Summary: component.Summary{Text: "Where do I find my number?"}, Text: "On your registration card, or in a letter from your regulator."}},
	{"Details, open", component.Details{Open: true, Summary: component.Summary{Text: "What counts as practising?"}, Text: "Teaching, managing and research count too."}},
	{"Details that stand out", component.Details{Classes: "nhsuk-expander", Summary: component.Summary{Text: "What if I trained in another country?"}, Text: "Write to your regulator first."}},
	{"Details, on dark", component.Details{Variant: "reverse", Summary: component.Summary{Text: "Who reads what I send?"}, Text: "Members of the faculty’s team."}},

	{"Do", component.DoDontList{Heading: component.Heading{Text: "Do", Level: 3}, Items: []component.Content{{Text: "keep a record of every day"}, {Text: "ask your supervisor to sign it"}}}},
	{"What helps", component.DoDontList{Heading: component.Heading{Text: "What helps", Level: 3}, Items: []component.Content{{Text: "A short note about each day, written on the same day, that says what you did and what you learnt"}}}},
	{"Do not", component.DoDontList{
		Heading: component.Heading{Text: "Don’t", Level: 3}, Icon: "cross", Items: []component.Content{{Text: "count days before the last 12 months"}},
	}},
	{"Do not, without the words before each", component.DoDontList{
		Heading: component.Heading{Text: "What does not count", Level: 3}, Icon: "cross", HidePrefix: true, Items: []component.Content{{Text: "Days before the last 12 months"}},
	}},

	{"Across the page", component.Hero{Heading: component.Heading{Text: "Come back to practice", Level: 3}, Text: "Find out what it takes."}},
	{"In two parts", component.Hero{Content: []component.HeroContent{
		{Heading: component.Heading{Text: "Return", Level: 3, Size: "l"}, Text: "Find out what it takes."},
		{Heading: component.Heading{Text: "Careers", Level: 3, Size: "l"}, Text: "Join, learn, move up or lead."},
	}}},

	{"Tabs", component.Tabs{ID: "stages", Items: []component.TabItem{
		{Label: "Open", ID: "stages-open", Panel: component.TabPanel{HTML: plain("2 cases are open.")}},
		{Label: "Ended", ID: "stages-ended", Panel: component.TabPanel{HTML: plain("No case has ended.")}},
	}}},
	{"Several tabs with more words", component.Tabs{ID: "terms", Items: []component.TabItem{
		{Label: "Less than two years", ID: "terms-two", Panel: component.TabPanel{Text: "You need no days of updating."}},
		{Label: "Two to five years", ID: "terms-five", Panel: component.TabPanel{Text: "You need 30 days of updating."}},
		{Label: "Five years or more", ID: "terms-more", Panel: component.TabPanel{Text: "You need 60 days of updating."}},
	}}},
}

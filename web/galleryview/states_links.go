package galleryview

import "ahpfaculty/web/component"

// links are the ways from one page to another, and buttons.
var links = []state{
	{"A button", component.Button{Text: "Save and continue"}},
	{"A second button", component.Button{Text: "Find an address", Variant: "secondary"}},
	{"A filled second button", component.Button{Text: "Find an address", Variant: "secondary-solid"}},
	{"A button with consequences", component.Button{Text: "Delete the draft", Variant: "warning"}},
	{"A button to sign in", component.Button{Text: "Sign in", Variant: "login"}},
	{"A button in the brand's colour", component.Button{Text: "Continue", Variant: "brand"}},
	{"A button on dark", component.Button{Text: "Continue", Variant: "reverse"}},
	{"A small button", component.Button{Text: "Search", Small: true}},
	{"A button with an icon", component.Button{Text: "Search", Icon: component.ButtonIcon{Name: "search"}}},
	{"A link as a button", component.Button{Text: "Start now", Href: "/apply"}},
	{"A button that cannot be pressed", component.Button{Text: "Send", Disabled: true}},
	{"A button that guards against a double click", component.Button{Text: "Send", PreventDoubleClick: component.On}},
	{"A button with many words", component.Button{Text: "Save what you have written so far and go on to the next question"}},
	{"A small second button that cannot be pressed", component.Button{Text: "Search", Variant: "secondary", Small: true, Disabled: true}},

	{"A link", component.Link{Text: "Return to practice", Href: "/return-to-practice"}},
	{"A link with hidden text", component.Link{Text: "Change", VisuallyHiddenText: "name", Href: "/apply/name"}},
	{"A link with many words", component.Link{Text: "Standards of proficiency for returning to the register after a break from practice", Href: "/return-to-practice"}},

	{"Back", component.BackLink{Href: "/apply/tasks"}},
	{"Back, with words of its own", component.BackLink{Text: "Back to the list", Href: "/admin/expressions"}},
	{"Back, as a button", component.BackLink{Text: "Back to your answers", Type: "submit"}},
	{"Back, on dark", component.BackLink{Href: "/", Variant: "reverse"}},

	{"An action", component.ActionLink{Text: "Work out your days", Href: "/return-to-practice"}},
	{"An action in a new window", component.ActionLink{Text: "Read the standards", Href: "https://www.hcpc-uk.org/", OpenInNewWindow: true}},
	{"An action as a button", component.ActionLink{Text: "Start again", Type: "submit"}},
	{"An action on dark", component.ActionLink{Text: "Contact the faculty", Href: "/contact", Variant: "reverse"}},

	{"The way down to here", component.Breadcrumb{AriaLabel: "An example", Items: []component.Link{
		{Text: "Home", Href: "/"}, {Text: "Professions", Href: "/professions"},
	}}},
	{"The way down, on dark", component.Breadcrumb{AriaLabel: "An example on dark", Variant: "reverse", Items: []component.Link{
		{Text: "Home", Href: "/"}, {Text: "Careers", Href: "/careers"},
	}}},

	{"Pages of a guide", component.ContentsList{AriaLabel: "An example guide", Items: []component.ContentsItem{
		{Text: "What it takes", Current: true}, {Text: "How to apply", Href: "/apply"},
	}}},
	{"Pages of a guide, with pages under one", component.ContentsList{AriaLabel: "A longer guide", Items: []component.ContentsItem{
		{Text: "What it takes", Href: "/return-to-practice", Items: []component.ContentsItem{{Text: "Your days of updating", Current: true}, {Text: "Who signs them", Href: "/contact"}}},
		{Text: "How to apply", Href: "/apply"},
	}}},

	{"From page to page", component.Pagination{
		AriaLabel: "An example", Previous: component.PaginationLink{Href: "/careers", Label: component.Content{Text: "Careers"}},
		Next: component.PaginationLink{Href: "/groups", Label: component.Content{Text: "Groups"}},
	}},
	{"To the next page alone", component.Pagination{
		AriaLabel: "An example of a first page", Next: component.PaginationLink{Href: "/careers", Label: component.Content{Text: "Careers for allied health professionals who return to practice"}},
	}},
	{"Pages by number", component.Pagination{
		AriaLabel: "An example with numbers", Previous: component.PaginationLink{Href: "#page-1"}, Next: component.PaginationLink{Href: "#page-3"},
		Items: []component.PaginationItem{{Number: 1, Href: "#page-1"}, {Number: 2, Href: "#page-2", Current: true}, {Ellipsis: true}, {Number: 10, Href: "#page-10"}},
	}},
}

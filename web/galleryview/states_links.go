package galleryview

import "ahpfaculty/web/component"

// links are the ways from one page to another, and buttons.
var links = []state{
	{"A button", component.Button{Text: "Save and continue"}, false},
	{"A second button", component.Button{Text: "Find an address", Variant: "secondary"}, false},
	{"A filled second button", component.Button{Text: "Find an address", Variant: "secondary-solid"}, false},
	{"A button with consequences", component.Button{Text: "Delete the draft", Variant: "warning"}, false},
	{"A button to sign in", component.Button{Text: "Sign in", Variant: "login"}, false},
	{"A button in the brand's colour", component.Button{Text: "Continue", Variant: "brand"}, false},
	{"A button on dark", component.Button{Text: "Continue", Variant: "reverse"}, true},
	{"A small button", component.Button{Text: "Search", Small: true}, false},
	{"A button with an icon", component.Button{Text: "Search", Icon: component.ButtonIcon{Name: "search"}}, false},
	{"A link as a button", component.Button{Text: "Start now", Href: "/apply"}, false},
	{"A button that cannot be pressed", component.Button{Text: "Send", Disabled: true}, false},
	{"A button that guards against a double click", component.Button{Text: "Send", PreventDoubleClick: component.On}, false},

	{"A link", component.Link{Text: "Return to practice", Href: "/return-to-practice"}, false},
	{"A link with hidden text", component.Link{Text: "Change", VisuallyHiddenText: "name", Href: "/apply/name"}, false},

	{"Back", component.BackLink{Href: "/apply/tasks"}, false},
	{"Back, with words of its own", component.BackLink{Text: "Back to the list", Href: "/admin/expressions"}, false},
	{"Back, on dark", component.BackLink{Href: "/", Variant: "reverse"}, true},

	{"An action", component.ActionLink{Text: "Work out your days", Href: "/return-to-practice"}, false},
	{"An action on dark", component.ActionLink{Text: "Contact the faculty", Href: "/contact", Variant: "reverse"}, true},

	{"The way down to here", component.Breadcrumb{AriaLabel: "An example", Items: []component.Link{
		{Text: "Home", Href: "/"}, {Text: "Professions", Href: "/professions"},
	}}, false},
	{"The way down, on dark", component.Breadcrumb{AriaLabel: "An example on dark", Variant: "reverse", Items: []component.Link{
		{Text: "Home", Href: "/"}, {Text: "Careers", Href: "/careers"},
	}}, true},

	{"Pages of a guide", component.ContentsList{AriaLabel: "An example guide", Items: []component.ContentsItem{
		{Text: "What it takes", Current: true}, {Text: "How to apply", Href: "/apply"},
	}}, false},

	{"From page to page", component.Pagination{
		AriaLabel: "An example", Previous: component.PaginationLink{Href: "/careers", Label: component.Content{Text: "Careers"}},
		Next: component.PaginationLink{Href: "/groups", Label: component.Content{Text: "Groups"}},
	}, false},
	{"Pages by number", component.Pagination{
		AriaLabel: "An example with numbers", Previous: component.PaginationLink{Href: "#page-1"}, Next: component.PaginationLink{Href: "#page-3"},
		Items: []component.PaginationItem{{Number: 1, Href: "#page-1"}, {Number: 2, Href: "#page-2", Current: true}, {Ellipsis: true}, {Number: 10, Href: "#page-10"}},
	}, false},
}

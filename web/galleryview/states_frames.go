package galleryview

import "ahpfaculty/web/component"

// frames are what stands around a page: each on a page of its own.
var frames = []state{
	{"A link past the header", component.SkipLink{}},
	{"With navigation and search", component.Header{
		Logo: component.Logo{None: true}, Service: component.Service{Text: "AHP Faculty", Href: "/"}, Search: component.HeaderSearch{Show: true, Action: "/search"},
		Navigation: component.HeaderNavigation{Items: []component.HeaderItem{{Text: "Professions", Href: "/professions", Active: true}, {Text: "Careers", Href: "/careers"}}},
	}},
	{"With an account", component.Header{
		Logo: component.Logo{None: true}, Service: component.Service{Text: "AHP Faculty staff", Href: "/admin"},
		Account: component.Account{Items: []component.AccountItem{{Text: "Lena Lead", Href: "/admin/account", Icon: true}, {Text: "Sign out", Action: "/admin/sign-out"}}},
	}},
	{"In white", component.Header{Logo: component.Logo{None: true}, Service: component.Service{Text: "AHP Faculty", Href: "/"}, Colour: "white"}},
	{"With an organisation and a white menu", component.Header{
		Logo: component.Logo{None: true}, Organisation: component.Organisation{Name: "AHP Faculty", Descriptor: "For returners"},
		Navigation: component.HeaderNavigation{Colour: "white", Items: []component.HeaderItem{{Text: "Professions", Href: "/professions", Current: true}, {Text: "Groups", Href: "/groups"}}},
	}},
	{"With links", component.Footer{
		Meta: component.FooterMeta{Items: []component.Link{{Text: "Accessibility", Href: "/accessibility"}, {Text: "Privacy", Href: "/privacy"}}}, Copyright: component.Content{Text: "© AHP Faculty"},
	}},
	{"With columns", component.Footer{
		Navigation: []component.FooterNavigation{
			{Heading: component.Heading{Text: "For returners"}, Items: []component.Link{{Text: "Return to practice", Href: "/return-to-practice"}}},
			{Heading: component.Heading{Text: "For staff"}, Items: []component.Link{{Text: "Sign in", Href: "/admin/sign-in"}}},
		}, NoCopyright: true,
	}},
}

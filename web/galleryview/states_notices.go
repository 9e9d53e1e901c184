package galleryview

import "ahpfaculty/web/component"

// notices say something that must not be missed.
var notices = []state{
	{"What is wrong in a form", component.ErrorSummary{DisableAutoFocus: component.On, ErrorList: []component.ErrorItem{
		{Text: "Enter your full name", Href: "#name"}, {Text: "Enter a year"},
	}}, false},
	{"An important notice", component.NotificationBanner{
		Title: component.Heading{ID: "notice-title"}, Text: "Your answers are kept until 19 December 2026.",
	}, false},
	{"A success", component.NotificationBanner{
		Title: component.Heading{ID: "success-title"}, Variant: "success", DisableAutoFocus: component.On,
		Heading: component.Heading{Text: "The case is moved", Level: 3},
	}, false},
	{"Sent", component.Panel{Heading: component.Heading{Text: "Your form is sent", Level: 3}, Text: "Your reference is BF6-XD93"}, false},
	{"A question before going on", component.Panel{
		Heading: component.Heading{Text: "Do you want to go on?", Level: 3}, Text: "You have a form that is not sent.", Variant: "interruption",
	}, false},
	{"A warning", component.WarningCallout{Heading: component.Heading{Text: "Check with your regulator"}, Text: "Rules change. The regulator decides."}, false},
	{"An aside", component.InsetText{Text: "The HCPC does not find placements. This is what a faculty is for."}, false},
}

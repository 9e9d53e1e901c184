package galleryview

import "ahpfaculty/web/component"

// notices say something that must not be missed.
var notices = []state{
	{"What is wrong in a form", component.ErrorSummary{DisableAutoFocus: component.On, ErrorList: []component.ErrorItem{
		{Text: "Enter your full name", Href: "#name"}, {Text: "Enter a year"},
	}}},
	{"What is wrong, with a description", component.ErrorSummary{
		Heading: component.Heading{Text: "The form is not sent", Level: 3}, Description: component.Content{Text: "Your answers are kept."}, DisableAutoFocus: component.On,
		ErrorList: []component.ErrorItem{{Text: "Choose the day that you last practised, or tell us that you do not know it any more"}},
	}},
	{"An important notice", component.NotificationBanner{
		Title: component.Heading{ID: "notice-title"}, Text: "Your answers are kept until 19 December 2026.",
	}},
	{"A notice with a heading and many words", component.NotificationBanner{
		Title: component.Heading{ID: "change-title", Text: "Change of rules"}, Heading: component.Heading{Text: "The rules change on 1 April 2027", Level: 3},
		Text: "What you have done before that day counts as it did. What you do afterwards counts by the new rules, and your supervisor signs each day on the new form.",
	}},
	{"A success", component.NotificationBanner{
		Title: component.Heading{ID: "success-title"}, Variant: "success", DisableAutoFocus: component.On,
		Heading: component.Heading{Text: "The case is moved", Level: 3},
	}},
	{"Sent", component.Panel{Heading: component.Heading{Text: "Your form is sent", Level: 3}, Text: "Your reference is BF6-XD93"}},
	{"A question before going on", component.Panel{
		Heading: component.Heading{Text: "Do you want to go on?", Level: 3}, Text: "You have a form that is not sent.", Variant: "interruption",
	}},
	{"A warning", component.WarningCallout{Heading: component.Heading{Text: "Check with your regulator"}, Text: "Rules change. The regulator decides."}},
	{"A warning with actions", component.WarningCallout{
		Heading: component.Heading{Text: "Your answers end soon"}, Text: "We delete what is not sent after 28 days.",
		Actions: component.Actions{Items: []component.Action{{Text: "Go on", Href: "/apply/tasks"}, {Text: "Start again", Href: "/apply"}}},
	}},
	{"An aside", component.InsetText{Text: "The HCPC does not find placements. This is what a faculty is for."}},
	{"An aside with hidden words of its own", component.InsetText{Text: "Only the faculty’s team reads this.", VisuallyHiddenText: "Private"}},
}

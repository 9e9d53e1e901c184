package galleryview

import "ahpfaculty/web/component"

// choices are what somebody chooses from.
var choices = []state{
	{"One of a few", component.Radios{Name: "by", Fieldset: component.Fieldset{Legend: component.Legend{Text: "How can we reach you?"}}, Items: []component.Choice{
		{Value: "email", Text: "By email"}, {Value: "phone", Text: "By phone", Hint: component.Hint{Text: "In working hours"}},
	}}},
	{"One of two in a line, with an error", component.Radios{
		Name: "abroad", Inline: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Did you practise abroad?"}},
		ErrorMessage: component.ErrorMessage{Text: "Select yes if you practised abroad"}, Items: []component.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}},
	}},
	{"One that asks for more", component.Radios{Name: "other", Value: "yes", Fieldset: component.Fieldset{Legend: component.Legend{Text: "Was your name different?"}}, Items: []component.Choice{
		{Value: "yes", Text: "Yes", Conditional: component.Input{Name: "other-name", Label: component.Label{Text: "Which name?"}}}, {Divider: "or"}, {Value: "no", Text: "No"},
	}}},
	{"Small ones", component.Radios{Name: "stage", Small: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Next stage"}}, Items: []component.Choice{
		{Value: "contacted", Text: "Contacted"}, {Value: "declined", Text: "Declined", Disabled: component.On},
	}}},
	{"One of a few, with a hint and an error", component.Radios{
		Name: "when", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When did you last practise?"}}, Hint: component.Hint{Text: "Teaching, managing and research count too"},
		ErrorMessage: component.ErrorMessage{Text: "Select when you last practised"},
		Items:        []component.Choice{{Value: "under-2", Text: "Less than 2 years ago"}, {Value: "2-to-5", Text: "2 to 5 years ago, or you do not know the day exactly but it is not longer than that"}},
	}},
	{"None can be chosen", component.Radios{Name: "closed", Disabled: true, Value: "no", Fieldset: component.Fieldset{Legend: component.Legend{Text: "Is the case open?"}}, Items: []component.Choice{
		{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"},
	}}},

	{"Any of them", component.Checkboxes{Name: "help", Values: []string{"placement"}, Fieldset: component.Fieldset{Legend: component.Legend{Text: "What help do you want?"}}, Items: []component.Choice{
		{Value: "placement", Text: "Finding a placement"}, {Value: "advice", Text: "Advice on study"},
	}}},
	{"Any of them or none, with an error", component.Checkboxes{
		Name: "settings", Fieldset: component.Fieldset{Legend: component.Legend{Text: "Where would you like to work?"}}, ErrorMessage: component.ErrorMessage{Text: "Select at least one"},
		Items: []component.Choice{{Value: "hospital", Text: "Hospital"}, {Divider: "or"}, {Value: "none", Text: "I do not mind", Behaviour: "exclusive"}},
	}},
	{"Small ones, with hints", component.Checkboxes{Name: "filter", Small: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Show"}}, Items: []component.Choice{
		{Value: "new", Text: "New", Hint: component.Hint{Text: "Nobody works on it yet"}}, {Value: "late", Text: "Late", Hint: component.Hint{Text: "Nobody answered within five working days"}},
	}}},
	{"Any that ask for more", component.Checkboxes{Name: "reach", Values: []string{"phone"}, Fieldset: component.Fieldset{Legend: component.Legend{Text: "How may we write to you?"}}, Hint: component.Hint{Text: "Select all that apply"}, Items: []component.Choice{
		{Value: "email", Text: "By email"}, {Value: "phone", Text: "By text message", Conditional: component.Input{Name: "phone-number", Type: "tel", Label: component.Label{Text: "Mobile number"}}},
	}}},
	{"None can be ticked", component.Checkboxes{Name: "done", Disabled: true, Values: []string{"checked"}, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Done"}}, Items: []component.Choice{
		{Value: "checked", Text: "The register is checked"}, {Value: "written", Text: "The returner is written to"},
	}}},

	{"One of many", component.Select{Name: "profession", Label: component.Label{Text: "Profession"}, Items: []component.SelectItem{{Value: "", Text: "Choose"}, {Value: "dietitians", Text: "Dietitian"}}}},
	{"One of many, with a hint and a choice", component.Select{
		Name: "region", Label: component.Label{Text: "Region"}, Hint: component.Hint{Text: "Where you would like to work"}, Value: "east",
		Items: []component.SelectItem{{Value: "any", Text: "Any"}, {Divider: true}, {Value: "east", Text: "East of England"}, {Value: "north", Text: "North East and Yorkshire", Disabled: true}},
	}},
	{"One of many, not to be changed", component.Select{
		Name: "set", Label: component.Label{Text: "Stage"}, Disabled: true, Items: []component.SelectItem{{Value: "closed", Text: "Closed"}},
	}},
	{"One of many, with an error", component.Select{
		Name: "theme", Label: component.Label{Text: "Theme"}, ErrorMessage: component.ErrorMessage{Text: "Choose a theme"}, Items: []component.SelectItem{{Value: "", Text: "Choose"}, {Value: "research", Text: "Research"}},
	}},
}

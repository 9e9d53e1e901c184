package galleryview

import "ahpfaculty/web/component"

// choices are what somebody chooses from.
var choices = []state{
	{"One of a few", component.Radios{Name: "by", Fieldset: component.Fieldset{Legend: component.Legend{Text: "How can we reach you?"}}, Items: []component.Choice{
		{Value: "email", Text: "By email"}, {Value: "phone", Text: "By phone", Hint: component.Hint{Text: "In working hours"}},
	}}, false},
	{"One of two in a line, with an error", component.Radios{
		Name: "abroad", Inline: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Did you practise abroad?"}},
		ErrorMessage: component.ErrorMessage{Text: "Select yes if you practised abroad"}, Items: []component.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}},
	}, false},
	{"One that asks for more", component.Radios{Name: "other", Value: "yes", Fieldset: component.Fieldset{Legend: component.Legend{Text: "Was your name different?"}}, Items: []component.Choice{
		{Value: "yes", Text: "Yes", Conditional: component.Input{Name: "other-name", Label: component.Label{Text: "Which name?"}}}, {Divider: "or"}, {Value: "no", Text: "No"},
	}}, false},
	{"Small ones", component.Radios{Name: "stage", Small: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Next stage"}}, Items: []component.Choice{
		{Value: "contacted", Text: "Contacted"}, {Value: "declined", Text: "Declined", Disabled: component.On},
	}}, false},

	{"Any of them", component.Checkboxes{Name: "help", Values: []string{"placement"}, Fieldset: component.Fieldset{Legend: component.Legend{Text: "What help do you want?"}}, Items: []component.Choice{
		{Value: "placement", Text: "Finding a placement"}, {Value: "advice", Text: "Advice on study"},
	}}, false},
	{"Any of them or none, with an error", component.Checkboxes{
		Name: "settings", Fieldset: component.Fieldset{Legend: component.Legend{Text: "Where would you like to work?"}}, ErrorMessage: component.ErrorMessage{Text: "Select at least one"},
		Items: []component.Choice{{Value: "hospital", Text: "Hospital"}, {Divider: "or"}, {Value: "none", Text: "I do not mind", Behaviour: "exclusive"}},
	}, false},

	{"One of many", component.Select{Name: "profession", Label: component.Label{Text: "Profession"}, Items: []component.SelectItem{{Value: "", Text: "Choose"}, {Value: "dietitians", Text: "Dietitian"}}}, false},
	{"One of many, with an error", component.Select{
		Name: "theme", Label: component.Label{Text: "Theme"}, ErrorMessage: component.ErrorMessage{Text: "Choose a theme"}, Items: []component.SelectItem{{Value: "", Text: "Choose"}, {Value: "research", Text: "Research"}},
	}, false},
}

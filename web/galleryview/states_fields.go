package galleryview

import "ahpfaculty/web/component"

// fields are what somebody types into.
var fields = []state{
	{"A line of text", component.Input{Name: "name", Label: component.Label{Text: "Full name"}, Autocomplete: "name"}, false},
	{"A line with a hint and an error", component.Input{
		Name: "email", Type: "email", Label: component.Label{Text: "Email address"}, Hint: component.Hint{Text: "We only write about this form"},
		ErrorMessage: component.ErrorMessage{Text: "Enter an email address like name@example.org"}, Value: "name at example",
	}, false},
	{"A short line with a unit", component.Input{Name: "years", Width: 3, Inputmode: "numeric", Label: component.Label{Text: "How long?"}, Suffix: component.Affix{Text: "years"}}, false},
	{"A line that cannot be filled in", component.Input{Name: "closed", Label: component.Label{Text: "Reference"}, Value: "BF6-XD93", Disabled: true}, false},

	{"Several lines", component.Textarea{Name: "note", Label: component.Label{Text: "Note"}, Hint: component.Hint{Text: "Everybody who works on the case can read it"}}, false},
	{"Several lines with an error", component.Textarea{Name: "message", Rows: 3, Label: component.Label{Text: "Message"}, ErrorMessage: component.ErrorMessage{Text: "Enter your message"}}, false},

	{"Lines that are counted", component.CharacterCount{Name: "reason", MaxLength: 200, Label: component.Label{Text: "Reason"}}, false},
	{"Words that are counted, with an error", component.CharacterCount{
		Name: "story", MaxWords: 5, Label: component.Label{Text: "In a few words"}, Value: "one two three four five six", ErrorMessage: component.ErrorMessage{Text: "Use 5 words or fewer"},
	}, false},

	{"A date", component.DateInput{ID: "date", NamePrefix: "date", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When did you last practise?"}}, Hint: component.Hint{Text: "For example, 20 11 2021"}}, false},
	{"A month with an error in the year", component.DateInput{
		ID: "month", NamePrefix: "month", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When could you start?"}},
		ErrorMessage: component.ErrorMessage{Text: "Enter a year"}, Day: component.DatePart{Omit: true}, Month: component.DatePart{Value: "3"}, Year: component.DatePart{Error: component.On},
	}, false},

	{"A password", component.PasswordInput{Name: "password", Label: component.Label{Text: "Password"}}, false},
	{"A new password with an error", component.PasswordInput{
		Name: "new-password", Autocomplete: "new-password", Label: component.Label{Text: "New password"}, ErrorMessage: component.ErrorMessage{Text: "Use 12 characters or more"},
	}, false},

	{"A search", component.SearchInput{Name: "q", Label: component.Label{Text: "Search professions"}}, false},
	{"A search with words for its button", component.SearchInput{Name: "find", Label: component.Label{Text: "Find a case"}, Button: component.SearchButton{Text: "Search", NoIcon: true}}, false},

	{"A file", component.FileUpload{Name: "file", Label: component.Label{Text: "Spreadsheet"}}, false},
	{"A file with an error", component.FileUpload{Name: "wrong-file", Label: component.Label{Text: "Another spreadsheet"}, ErrorMessage: component.ErrorMessage{Text: "Choose a file"}}, false},
}

package galleryview

import "ahpfaculty/web/component"

// fields are what somebody types into.
var fields = []state{
	{"A line of text", component.Input{Name: "name", Label: component.Label{Text: "Full name"}, Autocomplete: "name"}},
	{"A line with a hint and an error", component.Input{
		Name: "email", Type: "email", Label: component.Label{Text: "Email address"}, Hint: component.Hint{Text: "We only write about this form"},
		ErrorMessage: component.ErrorMessage{Text: "Enter an email address like name@example.org"}, Value: "name at example",
	}},
	{"A short line with a unit", component.Input{Name: "years", Width: 3, Inputmode: "numeric", Label: component.Label{Text: "How long?"}, Suffix: component.Affix{Text: "years"}}},
	{"A line that cannot be filled in", component.Input{Name: "closed", Label: component.Label{Text: "Reference"}, Value: "BF6-XD93", Disabled: true}},
	{"A short code, in large", component.Input{Name: "code", Width: 10, Large: true, Code: true, Inputmode: "numeric", Autocomplete: "one-time-code", Label: component.Label{Text: "Code", Size: "m"}, Hint: component.Hint{Text: "6 digits from your app"}}},
	{"A line with a sign before it", component.Input{Name: "cost", Width: 5, Inputmode: "decimal", Label: component.Label{Text: "What did it cost?"}, Prefix: component.Affix{Text: "£"}}},
	{"A line with many words", component.Input{
		Name: "qualification", Label: component.Label{Text: "What is the name that stands on the certificate of your first qualification?"},
		Hint: component.Hint{Text: "Write it as it stands there. If it is in another language, add what it means in English in brackets"}, Value: "BSc (Hons) Diagnostic Radiography and Medical Imaging",
	}},

	{"Several lines", component.Textarea{Name: "note", Label: component.Label{Text: "Note"}, Hint: component.Hint{Text: "Everybody who works on the case can read it"}}},
	{"Several lines with an error", component.Textarea{Name: "message", Rows: 3, Label: component.Label{Text: "Message"}, ErrorMessage: component.ErrorMessage{Text: "Enter your message"}}},
	{"Several lines, filled in", component.Textarea{Name: "answer", Rows: 3, Label: component.Label{Text: "Answer"}, Value: "Thank you for writing to us.\nWe have passed your question on."}},
	{"Several lines that cannot be changed", component.Textarea{Name: "sent", Rows: 2, Label: component.Label{Text: "What was sent"}, Value: "Where can I do my days?", Disabled: true}},

	{"Lines that are counted", component.CharacterCount{Name: "reason", MaxLength: 200, Label: component.Label{Text: "Reason"}}},
	{"Lines that are counted near their end", component.CharacterCount{Name: "summary", MaxLength: 100, Threshold: 75, Label: component.Label{Text: "Summary"}, Hint: component.Hint{Text: "The count shows once you have used three quarters"}}},
	{"Counted lines that cannot be changed", component.CharacterCount{Name: "kept", MaxLength: 100, Rows: 2, Label: component.Label{Text: "Reason given"}, Value: "A placement was found.", Disabled: true}},
	{"Words that are counted, with an error", component.CharacterCount{
		Name: "story", MaxWords: 5, Label: component.Label{Text: "In a few words"}, Value: "one two three four five six", ErrorMessage: component.ErrorMessage{Text: "Use 5 words or fewer"},
	}},

	{"A date", component.DateInput{ID: "date", NamePrefix: "date", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When did you last practise?"}}, Hint: component.Hint{Text: "For example, 20 11 2021"}}},
	{"A date with an error", component.DateInput{
		ID: "end", NamePrefix: "end", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When did it end?"}}, Hint: component.Hint{Text: "For example, 20 11 2021"},
		ErrorMessage: component.ErrorMessage{Text: "Enter a day that is in the calendar"}, Values: map[string]string{"day": "31", "month": "2", "year": "2024"},
	}},
	{"A date that cannot be changed", component.DateInput{
		ID: "fixed", NamePrefix: "fixed", Disabled: true, Fieldset: component.Fieldset{Legend: component.Legend{Text: "Received"}}, Values: map[string]string{"day": "20", "month": "11", "year": "2026"},
	}},
	{"A month with an error in the year", component.DateInput{
		ID: "month", NamePrefix: "month", Fieldset: component.Fieldset{Legend: component.Legend{Text: "When could you start?"}},
		ErrorMessage: component.ErrorMessage{Text: "Enter a year"}, Day: component.DatePart{Omit: true}, Month: component.DatePart{Value: "3"}, Year: component.DatePart{Error: component.On},
	}},

	{"A password", component.PasswordInput{Name: "password", Label: component.Label{Text: "Password"}}},
	{"A password with a hint", component.PasswordInput{Name: "chosen-password", Autocomplete: "new-password", Label: component.Label{Text: "Choose a password"}, Hint: component.Hint{Text: "12 characters or more"}}},
	{"A password that cannot be typed", component.PasswordInput{Name: "closed-password", Label: component.Label{Text: "Password"}, Disabled: true}},
	{"A new password with an error", component.PasswordInput{
		Name: "new-password", Autocomplete: "new-password", Label: component.Label{Text: "New password"}, ErrorMessage: component.ErrorMessage{Text: "Use 12 characters or more"},
	}},

	{"A search", component.SearchInput{Name: "q", Label: component.Label{Text: "Search professions"}}},
	{"A search with words for its button", component.SearchInput{Name: "find", Label: component.Label{Text: "Find a case"}, Button: component.SearchButton{Text: "Search", NoIcon: true}}},
	{"A search with a hint and an error", component.SearchInput{
		Name: "reference", Label: component.Label{Text: "Find a reference"}, Hint: component.Hint{Text: "For example, BF6-XD93"}, ErrorMessage: component.ErrorMessage{Text: "Enter a reference"},
	}},
	{"A large search", component.SearchInput{Name: "all", Large: true, Label: component.Label{Text: "Search everything", Size: "m"}}},
	{"A search that cannot be used", component.SearchInput{Name: "off", Label: component.Label{Text: "Search"}, Disabled: true}},

	{"A file", component.FileUpload{Name: "file", Label: component.Label{Text: "Spreadsheet"}}},
	{"Several files, with a hint", component.FileUpload{Name: "files", Multiple: true, Label: component.Label{Text: "Certificates"}, Hint: component.Hint{Text: "PDF files of 5 MB or less"}}},
	{"A file that cannot be chosen", component.FileUpload{Name: "no-file", Label: component.Label{Text: "Spreadsheet"}, Disabled: true}},
	{"A file with an error", component.FileUpload{Name: "wrong-file", Label: component.Label{Text: "Another spreadsheet"}, ErrorMessage: component.ErrorMessage{Text: "Choose a file"}}},
}

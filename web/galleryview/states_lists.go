package galleryview

import "ahpfaculty/web/component"

// lists are answers, tasks and tables.
var lists = []state{
	{"Answers", component.SummaryList{Rows: []component.SummaryRow{
		{Key: component.SummaryCell{Text: "Name"}, Value: component.SummaryCell{Text: "Zoë van der Wal"},
			Actions: component.Actions{Items: []component.Action{{Text: "Change", VisuallyHiddenText: "name", Href: "/apply/name"}}}},
		{Key: component.SummaryCell{Text: "Phone"}, Value: component.SummaryCell{Text: "Not given"}},
	}}},
	{"Answers without lines", component.SummaryList{Border: component.Off, Rows: []component.SummaryRow{
		{Key: component.SummaryCell{Text: "Stage"}, Value: component.SummaryCell{Text: "In review"}},
	}}},
	{"Answers with several actions and many words", component.SummaryList{Rows: []component.SummaryRow{
		{Key: component.SummaryCell{Text: "What you would like us to know"}, Value: component.SummaryCell{Text: "I worked in a children’s hospital for eleven years, then looked after my parents, and would like to come back two days a week."},
			Actions: component.Actions{Items: []component.Action{{Text: "Change", VisuallyHiddenText: "what we should know", Href: "/apply"}, {Text: "Remove", VisuallyHiddenText: "what we should know", Href: "/apply/tasks"}}}},
	}}},
	{"Answers in a card", component.SummaryList{
		Card: &component.Card{Heading: component.Heading{Text: "About you", Level: 3}},
		Rows: []component.SummaryRow{{Key: component.SummaryCell{Text: "Email"}, Value: component.SummaryCell{Text: "zoe@example.org"}}},
	}},

	{"Tasks", component.TaskList{IDPrefix: "tasks", Items: []component.TaskItem{
		{Heading: component.Heading{Text: "Your situation"}, Href: "/apply/profession", Status: component.TaskStatus{Text: "Completed"}},
		{Heading: component.Heading{Text: "About you"}, Href: "/apply/name", Hint: component.Hint{Text: "Name, email and phone"}, Status: component.TaskStatus{Tag: component.Tag{Text: "Incomplete", Colour: "blue"}}},
		{Heading: component.Heading{Text: "Check and send"}, Status: component.TaskStatus{Text: "Cannot start yet"}},
	}}},
	{"One task with many words", component.TaskList{IDPrefix: "long-task", Items: []component.TaskItem{
		{Heading: component.Heading{Text: "Where you would like to work and how many days a week you have for it"}, Href: "/apply/tasks", Status: component.TaskStatus{Tag: component.Tag{Text: "There is a problem", Colour: "red"}}},
	}}},

	{"A table", component.Table{
		Caption: component.TableCaption{Text: "Days of updating"}, Head: []component.TableCell{{Text: "Out of practice"}, {Text: "Days", Format: "numeric"}},
		Rows: [][]component.TableCell{{{Text: "2 to 5 years"}, {Text: "30", Format: "numeric"}}, {{Text: "5 years or more"}, {Text: "60", Format: "numeric"}}},
	}},
	{"A table that becomes a list on a phone", component.Table{
		Caption: component.TableCaption{Text: "Targets", Size: "s"}, Responsive: true, FirstCellIsHeader: true,
		Head: []component.TableCell{{Text: "Measure"}, {Text: "Year 1"}, {Text: "Year 2"}},
		Rows: [][]component.TableCell{{{Text: "Vacancies"}, {Text: "5% fewer"}, {Text: "A further 5% fewer"}}},
	}},
	{"A dense, striped table", component.Table{
		Caption: component.TableCaption{Text: "Cases"}, Compact: true, Striped: true, Head: []component.TableCell{{Text: "Reference"}, {Text: "Stage"}},
		Rows: [][]component.TableCell{{{Text: "BF6-XD93"}, {Text: "Received"}}, {{Text: "RKK-56H6"}, {Text: "Contacted"}}},
	}},
	{"A table that can be sorted", component.Table{
		Caption: component.TableCaption{Text: "Received"}, Head: []component.TableCell{{Text: "Reference", Sort: "none"}, {Text: "Days ago", Sort: "ascending", Format: "numeric"}},
		Rows: [][]component.TableCell{{{Text: "BF6-XD93"}, {Text: "1", Format: "numeric"}}, {{Text: "RKK-56H6"}, {Text: "12", Format: "numeric"}}},
	}},
	{"A table in a card", component.Table{
		Caption: component.TableCaption{Text: "This week", Size: "m"}, Card: &component.Card{Heading: component.Heading{Text: "Enquiries", Level: 3}, Variant: "feature"},
		Head: []component.TableCell{{Text: "Day"}, {Text: "Sent"}}, Rows: [][]component.TableCell{{{Text: "Monday"}, {Text: "3"}}, {{Text: "Tuesday"}, {Text: "5"}}},
	}},
	{"A table on dark", component.Table{
		Caption: component.TableCaption{Text: "Days by year"}, Variant: "reverse", Head: []component.TableCell{{Text: "Year"}, {Text: "Days"}}, Rows: [][]component.TableCell{{{Text: "2026"}, {Text: "30"}}},
	}},
}

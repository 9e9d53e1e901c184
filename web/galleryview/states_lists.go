package galleryview

import "ahpfaculty/web/component"

// lists are answers, tasks and tables.
var lists = []state{
	{"Answers", component.SummaryList{Rows: []component.SummaryRow{
		{Key: component.SummaryCell{Text: "Name"}, Value: component.SummaryCell{Text: "Zoë van der Wal"},
			Actions: component.Actions{Items: []component.Action{{Text: "Change", VisuallyHiddenText: "name", Href: "/apply/name"}}}},
		{Key: component.SummaryCell{Text: "Phone"}, Value: component.SummaryCell{Text: "Not given"}},
	}}, false},
	{"Answers without lines", component.SummaryList{Border: component.Off, Rows: []component.SummaryRow{
		{Key: component.SummaryCell{Text: "Stage"}, Value: component.SummaryCell{Text: "In review"}},
	}}, false},
	{"Answers in a card", component.SummaryList{
		Card: &component.Card{Heading: component.Heading{Text: "About you", Level: 3}},
		Rows: []component.SummaryRow{{Key: component.SummaryCell{Text: "Email"}, Value: component.SummaryCell{Text: "zoe@example.org"}}},
	}, false},

	{"Tasks", component.TaskList{IDPrefix: "tasks", Items: []component.TaskItem{
		{Heading: component.Heading{Text: "Your situation"}, Href: "/apply/profession", Status: component.TaskStatus{Text: "Completed"}},
		{Heading: component.Heading{Text: "About you"}, Href: "/apply/name", Hint: component.Hint{Text: "Name, email and phone"}, Status: component.TaskStatus{Tag: component.Tag{Text: "Incomplete", Colour: "blue"}}},
		{Heading: component.Heading{Text: "Check and send"}, Status: component.TaskStatus{Text: "Cannot start yet"}},
	}}, false},

	{"A table", component.Table{
		Caption: component.TableCaption{Text: "Days of updating"}, Head: []component.TableCell{{Text: "Out of practice"}, {Text: "Days", Format: "numeric"}},
		Rows: [][]component.TableCell{{{Text: "2 to 5 years"}, {Text: "30", Format: "numeric"}}, {{Text: "5 years or more"}, {Text: "60", Format: "numeric"}}},
	}, false},
	{"A table that becomes a list on a phone", component.Table{
		Caption: component.TableCaption{Text: "Targets", Size: "s"}, Responsive: true, FirstCellIsHeader: true,
		Head: []component.TableCell{{Text: "Measure"}, {Text: "Year 1"}, {Text: "Year 2"}},
		Rows: [][]component.TableCell{{{Text: "Vacancies"}, {Text: "5% fewer"}, {Text: "A further 5% fewer"}}},
	}, false},
	{"A dense, striped table", component.Table{
		Caption: component.TableCaption{Text: "Cases"}, Compact: true, Striped: true, Head: []component.TableCell{{Text: "Reference"}, {Text: "Stage"}},
		Rows: [][]component.TableCell{{{Text: "BF6-XD93"}, {Text: "Received"}}, {{Text: "RKK-56H6"}, {Text: "Contacted"}}},
	}, false},
	{"A table that can be sorted", component.Table{
		Caption: component.TableCaption{Text: "Received"}, Head: []component.TableCell{{Text: "Reference", Sort: "none"}, {Text: "Days ago", Sort: "ascending", Format: "numeric"}},
		Rows: [][]component.TableCell{{{Text: "BF6-XD93"}, {Text: "1", Format: "numeric"}}, {{Text: "RKK-56H6"}, {Text: "12", Format: "numeric"}}},
	}, false},
}

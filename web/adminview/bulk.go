package adminview

import (
	"strings"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// BulkURL is where many cases are changed; a POST plans the change.
func BulkURL() string { return ExpressionsURL() + "/bulk" }

// BulkOf is where the cases of a list are changed together.
func BulkOf(f Filter) string {
	if query := f.Query(); len(query) > 0 {
		return BulkURL() + "?" + query.Encode()
	}
	return BulkURL()
}

// BulkChangeURL is one change of many cases.
func BulkChangeURL(id string) string { return BulkURL() + "/" + id }

// BulkStartURL makes it, by POST.
func BulkStartURL(id string) string { return BulkChangeURL(id) + "/start" }

// bulkIDs are the ids of the fields of the choice whose names are others.
var bulkIDs = map[string]string{"case": "which"}

// mayAll reports whether somebody may change everybody's cases.
func (v BulkChoice) mayAll() bool { return v.Viewer.Role.May(staff.ExportAll) }

func (v BulkChoice) whose() string {
	if v.mayAll() {
		return "You can change everybody’s cases."
	}
	return "You can change your own cases and those that nobody has. Cases of colleagues are left alone."
}

func (v BulkChoice) which() string {
	if v.All {
		return "all"
	}
	return "ticked"
}

func (v BulkChoice) whichItems() []component.Choice {
	all := "All that the list has: " + count(v.List.Found, "case")
	if v.List.More {
		all = "All that the list has: at least " + count(v.List.Found, "case")
	}
	return []component.Choice{
		{Value: "ticked", Text: "Those that I choose on this page", Conditional: v.tick()},
		{Value: "all", Text: all, Hint: component.Hint{Text: "At most 5,000 at once."}},
	}
}

func (v BulkChoice) caseItems() []component.Choice {
	var items []component.Choice
	for _, e := range v.List.Rows {
		items = append(items, component.Choice{Value: e.ID, Text: e.Reference + ", " + e.Name, Hint: component.Hint{Text: e.Stage.Name()}})
	}
	return items
}

func (v BulkChoice) kindItems() []component.Choice {
	return []component.Choice{
		{Value: string(bulk.Assign), Text: "Assign them", Conditional: v.assign()},
		{Value: string(bulk.Move), Text: "Move them to another stage", Conditional: v.move()},
		{Value: string(bulk.Tell), Text: "Send the people a message", Conditional: v.tell()},
	}
}

func (v BulkChoice) assigneeItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Nobody"}}
	for _, account := range v.Staff {
		if interest.MayHaveCases(account) {
			items = append(items, component.SelectItem{Value: account.ID, Text: account.Name})
		}
	}
	return items
}

// assignee is the account that is chosen: whoever looks, at first.
func (v BulkChoice) assignee() string {
	if v.Change.Kind == bulk.Assign {
		return v.Change.To
	}
	return v.Viewer.ID
}

func (v BulkChoice) stageAndReason() string {
	if v.Change.Kind != bulk.Move {
		return ""
	}
	return strings.TrimSuffix(v.Change.To+"/"+v.Change.Reason, "/")
}

func (v BulkChoice) template() string {
	if v.Change.Kind == bulk.Tell {
		return v.Change.To
	}
	return ""
}

// stageAndReasonItems are the stages, and for those that need a reason the
// reasons, in one list.
func stageAndReasonItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Choose a stage"}}
	for _, info := range interest.Stages()[1:] {
		for _, reason := range info.Reasons {
			items = append(items, component.SelectItem{Value: string(info.Stage) + "/" + reason.Slug, Text: info.Name + ": " + reason.Label})
		}
		if len(info.Reasons) == 0 {
			items = append(items, component.SelectItem{Value: string(info.Stage), Text: info.Name})
		}
	}
	return items
}

func templateItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Choose a message"}}
	for _, t := range interest.Templates() {
		items = append(items, component.SelectItem{Value: t.Slug, Text: t.Label})
	}
	return items
}

// what says what the change does.
func (v BulkPage) what() string {
	switch v.Change.Kind {
	case bulk.Assign:
		return "Assign to " + v.to()
	case bulk.Tell:
		return "Send: " + interest.Label(interest.Templates(), v.Change.To)
	}
	to := interest.Stage(v.Change.To)
	text := "Move to " + to.Name()
	if v.Change.Reason != "" {
		text += ": " + interest.Label(to.Info().Reasons, v.Change.Reason)
	}
	return text
}

func (v BulkPage) to() string {
	for _, account := range v.Staff {
		if account.ID == v.Change.To {
			return account.Name
		}
	}
	return "nobody"
}

// summary says what the change does, and how many cases have which result.
func (v BulkPage) summary() []component.SummaryRow {
	rows := []component.SummaryRow{row("What", v.what())}
	if v.Change.Note != "" {
		rows = append(rows, htmlRow("Note", lines(v.Change.Note)))
	}
	if v.Change.StartedAt != nil {
		if _, has := v.Change.Message(); has && !v.Change.Tells {
			rows = append(rows, row("Email", "None"))
		}
	}
	for _, result := range bulk.Results() {
		if n := v.Counts[result]; n > 0 {
			rows = append(rows, row(v.resultName(result), component.Number(n)))
		}
	}
	return rows
}

func (v BulkPage) resultName(r bulk.Result) string {
	if r == bulk.Waiting && v.Change.StartedAt == nil {
		return "Will be changed"
	}
	return r.Words()
}

// mostRows is how many cases the page lists.
const mostRows = 500

// cameHeading stands above what came of each case, or will.
func (v BulkPage) cameHeading() string {
	if v.Change.StartedAt == nil {
		return "What will happen"
	}
	return "What came of it"
}

func (v BulkPage) caption() string {
	if len(v.Rows) > mostRows {
		return "The first " + component.Number(mostRows) + " cases"
	}
	return "The cases"
}

func (v BulkPage) caseRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, one := range v.Rows[:min(len(v.Rows), mostRows)] {
		rows = append(rows, []component.TableCell{{Text: one.Reference, Href: ExpressionURL(one.Reference)}, {Text: v.resultName(one.Result)}})
	}
	return rows
}

// words are those that were typed, or those of the message.
func (v BulkPage) words() interest.Words {
	if v.Typed != nil {
		return *v.Typed
	}
	message, _ := v.Change.Message()
	return message.Words()
}

// buttons make the change, with the email or without where there is a choice.
func (v BulkPage) buttons() []component.Button {
	cases := count(v.Counts[bulk.Waiting], "case")
	_, has := v.Change.Message()
	switch {
	case v.Change.Kind == bulk.Tell:
		return []component.Button{{Text: "Send to " + cases, Name: MailField, Value: MailSend, PreventDoubleClick: component.On}}
	case has:
		return []component.Button{
			{Text: "Move " + cases + " and send", Name: MailField, Value: MailSend, PreventDoubleClick: component.On},
			{Text: "Move without emails", Variant: "secondary", Name: MailField, Value: MailNone, PreventDoubleClick: component.On},
		}
	case v.Change.Kind == bulk.Move:
		return []component.Button{{Text: "Move " + cases, PreventDoubleClick: component.On}}
	}
	return []component.Button{{Text: "Assign " + cases, PreventDoubleClick: component.On}}
}

// listURL is the list that the cases come from.
func (v BulkPage) listURL() string {
	if v.Change.Filter == "" {
		return ExpressionsURL()
	}
	return ExpressionsURL() + "?" + v.Change.Filter
}

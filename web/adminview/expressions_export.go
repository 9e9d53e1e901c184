package adminview

import (
	"net/url"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
)

// ExportURL is where what a filter matches is exported; sent there by POST, it is.
func ExportURL(f Filter) string {
	query := f.At(interest.Cursor{}).Query()
	if len(query) == 0 {
		return ExpressionsURL() + "/export"
	}
	return ExpressionsURL() + "/export?" + query.Encode()
}

// ExportedURL is a file that somebody ordered.
func ExportedURL(id string) string { return ExpressionsURL() + "/export/" + url.PathEscape(id) }

// ExportFileURL hands the file over, by POST.
func ExportFileURL(id string) string { return ExportedURL(id) + "/file" }

// Moment is a time as pages write it.
func Moment(t time.Time) string { return moment(t) }

// found says how many cases the file gets.
func (v Export) found() string {
	if v.List.More {
		return "At least " + count(v.List.Found, "expression")
	}
	return count(v.List.Found, "expression")
}

// chosen says what the filter chooses, a row for each choice.
func (v Export) chosen() []component.SummaryRow {
	f := v.Filter
	tab := f.Tab
	if tab == "" {
		tab = interest.All
	}
	rows := []component.SummaryRow{row("Part of the queue", tab.Name())}
	known, _ := profession.BySlug(f.Profession)
	organisation := v.Words.Organisations[f.Organisation]
	if f.Organisation == interest.AnyOrganisation {
		organisation = "Any organisation"
	}
	assignee := v.Words.Staff[f.Assignee]
	if f.Assignee == interest.Nobody {
		assignee = "Nobody"
	}
	late := ""
	if f.Late {
		late = "Late ones alone"
	}
	for _, one := range []struct{ key, value string }{
		{"Stage", f.Stage.Name()}, {"Profession", known.Name}, {"Organisation", organisation}, {"Assigned to", assignee},
		{"Received", interest.Label(interest.Ages(), string(f.Age))}, {"Due", late}, {"Help wanted", interest.Label(interest.HelpOptions(), f.Help)},
		{"Received from", dayWords(f.ReceivedFrom)}, {"Received up to", dayWords(f.ReceivedTo)}, {"Search", f.Text},
	} {
		if one.value != "" {
			rows = append(rows, row(one.key, one.value))
		}
	}
	return rows
}

// columns are the headings of the file, with names and contact details.
func (v Export) columns(names bool) []string {
	var headings []string
	for _, column := range interest.ExportColumns(true, v.Leads) {
		if column.Names == names {
			headings = append(headings, column.Heading)
		}
	}
	return headings
}

func formatItems() []component.Choice {
	var items []component.Choice
	for _, o := range interest.ExportFormats() {
		items = append(items, component.Choice{Value: o.Slug, Text: o.Label, Hint: component.Hint{Text: o.Hint}})
	}
	return items
}

func namesItems() []component.Choice {
	return []component.Choice{
		{Value: interest.Yes, Text: "Yes"},
		{Value: interest.No, Text: "No, for counting alone", Hint: component.Hint{Text: "The file still has the reference of each case."}},
	}
}

func (v Export) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, e := range v.Exports {
		made := component.TableCell{Text: moment(e.AskedAt)}
		if e.Format == interest.XLSX {
			made.Href = ExportedURL(e.ID)
		}
		rows = append(rows, []component.TableCell{made, {Text: formatName(e)}, {Text: exportState(e)}})
	}
	return rows
}

func formatName(e interest.Export) string {
	return interest.Label(interest.ExportFormats(), string(e.Format))
}

// exportState says in words how far an export is.
func exportState(e interest.Export) string {
	switch e.State {
	case interest.ExportWaiting:
		return "Not begun yet"
	case interest.ExportRunning:
		return exportWritten(e) + " so far"
	case interest.ExportBroken:
		if e.Written == 0 {
			return "Ended early"
		}
		return "Ended early, after " + exportWritten(e)
	case interest.ExportFetched:
		return count(e.Written, "expression") + ", fetched or deleted"
	}
	if e.Format == interest.XLSX {
		return count(e.Written, "expression") + ", ready"
	}
	return count(e.Written, "expression")
}

func exportWritten(e interest.Export) string {
	return component.Number(e.Written) + " of " + count(e.Total, "expression")
}

func dayWords(day updating.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Words()
}

package adminview

import (
	"slices"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/component"
)

// ownNumber is a number that concerns the person, and where it leads.
type ownNumber struct {
	text   string
	number int
	href   string
}

func (v Home) ownNumbers() []ownNumber {
	return []ownNumber{
		{"Your open cases", v.Own.Open, FilteredURL(Filter{Filter: interest.Filter{Tab: interest.Mine}})},
		{"Of these, late", v.Own.Late, FilteredURL(Filter{Filter: interest.Filter{Tab: interest.Mine, Late: true}})},
		{"New since yesterday", v.Own.New, FilteredURL(Filter{Filter: interest.Filter{Tab: interest.All, ReceivedFrom: v.Own.Since}})},
	}
}

func (v Home) stageRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, one := range v.Figures.Shown.Stages {
		stage := component.TableCell{Text: one.Stage.Name()}
		if v.Exact {
			stage.Href = FilteredURL(Filter{Filter: interest.Filter{Tab: interest.All, Stage: one.Stage}})
		}
		rows = append(rows, []component.TableCell{stage, {Text: number(one.Number), Format: "numeric"}})
	}
	return rows
}

// enquiries says how many enquiries wait.
func (v Home) enquiries() string {
	text := "Enquiries: " + component.Number(v.Enquiries.Open) + " open"
	if v.Enquiries.Late > 0 {
		text += ", " + component.Number(v.Enquiries.Late) + " late"
	}
	return text
}

// offers says how many offers nobody has taken up yet.
func (v Home) offers() string {
	return "Offers of supervised practice: " + component.Number(v.Offers.Open) + " open"
}

func (v Home) waitingRows() []component.SummaryRow {
	copies := row("Asked for a copy of their data", component.Number(v.Copies.Count))
	if v.Copies.FirstAt != nil {
		copies = htmlRow("Asked for a copy of their data", v.firstCopy())
	}
	return []component.SummaryRow{
		v.inTab("Waiting for the returner", interest.WithReturner), v.inTab("On hold", interest.Held), copies,
	}
}

// inTab counts the cases in a tab of the queue, and leads to them.
func (v Home) inTab(key string, tab interest.Tab) component.SummaryRow {
	i := slices.IndexFunc(v.Tabs, func(t interest.TabCount) bool { return t.Tab == tab })
	text := counted(v.Tabs[i]) + " cases"
	if v.Tabs[i].Count == 1 {
		text = "1 case"
	}
	return htmlRow(key, component.Link{Text: text, Href: FilteredURL(Filter{}.In(tab)), VisuallyHiddenText: ": " + key})
}

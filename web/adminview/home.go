package adminview

import (
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
	copies := row("Asked for a copy of their data", component.Number(v.Waiting.Copies))
	if v.Waiting.FirstCopyAt != nil {
		copies = htmlRow("Asked for a copy of their data", v.firstCopy())
	}
	return []component.SummaryRow{
		inTab("Waiting for the returner", v.Waiting.Returner, interest.WithReturner), inTab("On hold", v.Waiting.OnHold, interest.Held), copies,
	}
}

// inTab counts the cases in a tab of the queue, and leads to them.
func inTab(key string, n int, tab interest.Tab) component.SummaryRow {
	return htmlRow(key, component.Link{Text: count(n, "case"), Href: FilteredURL(Filter{}.In(tab)), VisuallyHiddenText: ": " + key})
}

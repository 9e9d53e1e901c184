package adminview

import (
	"strconv"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/component"
)

// hiddenUnder is the least number that people who may not see cases are shown:
// a smaller one could point at a person. There is no total beside the numbers,
// from which a hidden one could be worked out.
const hiddenUnder = 5

// Number is a stage's count as this person may see it.
func (v Home) Number(c interest.StageCount) string {
	if !v.Exact && c.Count < hiddenUnder {
		return "Fewer than " + strconv.Itoa(hiddenUnder)
	}
	return strconv.Itoa(c.Count)
}

func (v Home) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, c := range v.Counts {
		stage := component.TableCell{Text: c.Stage.Name()}
		if v.Exact {
			stage.Href = FilteredURL(Filter{Filter: interest.Filter{Tab: interest.All, Stage: c.Stage}})
		}
		rows = append(rows, []component.TableCell{stage, {Text: v.Number(c), Format: "numeric"}})
	}
	return rows
}

// enquiries says how many enquiries wait.
func (v Home) enquiries() string {
	text := "Enquiries: " + strconv.Itoa(v.Enquiries.Open) + " open"
	if v.Enquiries.Late > 0 {
		text += ", " + strconv.Itoa(v.Enquiries.Late) + " late"
	}
	return text
}

// offers says how many offers nobody has taken up yet.
func (v Home) offers() string {
	return "Offers of supervised practice: " + strconv.Itoa(v.Offers.Open) + " open"
}

func (v Home) waitingRows() []component.SummaryRow {
	copies := row("Asked for a copy of their data", strconv.Itoa(v.Waiting.Copies))
	if v.Waiting.FirstCopyAt != nil {
		copies = htmlRow("Asked for a copy of their data", v.firstCopy())
	}
	return []component.SummaryRow{
		inTab("Waiting for the returner", v.Waiting.Returner, interest.WithReturner), inTab("On hold", v.Waiting.OnHold, interest.Held), copies,
	}
}

// inTab counts the cases in a tab of the queue, and leads to them.
func inTab(key string, n int, tab interest.Tab) component.SummaryRow {
	return htmlRow(key, component.Link{Text: strconv.Itoa(n), Href: FilteredURL(Filter{}.In(tab)), VisuallyHiddenText: " cases: " + key})
}

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
			stage.Href = FilteredURL(Filter{Stage: c.Stage})
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
		row("Waiting for the returner", strconv.Itoa(v.Waiting.Returner)), row("On hold", strconv.Itoa(v.Waiting.OnHold)), copies,
	}
}

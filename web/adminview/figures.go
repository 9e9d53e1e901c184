package adminview

import (
	"fmt"
	"net/url"
	"strconv"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/chartview"
	"ahpfaculty/web/component"
)

// Period says which quarters count, by when an expression was received.
type Period string

// The periods.
const (
	Ever        Period = ""
	LastYear    Period = "four-quarters" // this quarter and the three before
	ThisQuarter Period = "this-quarter"
)

var periods = []component.SelectItem{
	{Value: string(Ever), Text: "At any time"}, {Value: string(LastYear), Text: "In the last 4 quarters"}, {Value: string(ThisQuarter), Text: "In this quarter"},
}

// Known reports whether p is one of the periods.
func (p Period) Known() bool { return p == Ever || p == LastYear || p == ThisQuarter }

// From is the first day that counts; no date for Ever.
func (p Period) From(today updating.Date) updating.Date {
	switch p {
	case LastYear:
		return report.QuarterOf(today).AddMonths(-9)
	case ThisQuarter:
		return report.QuarterOf(today)
	}
	return updating.Date{}
}

// FigureTable is a table of figures that can be had as a file.
type FigureTable string

// The tables, as addresses name them. Those of the work are for leads.
const (
	FiguresBySteps      FigureTable = "steps"
	FiguresByProfession FigureTable = "professions"
	FiguresByQuarter    FigureTable = "quarters"
	FiguresByStage      FigureTable = "stages"
	WorkLate            FigureTable = "late"
	WorkTimes           FigureTable = "times"
	WorkLoad            FigureTable = "load"
)

// Figures is what is shown of how far cases come.
type Figures struct {
	Shown      report.Shown
	All        report.Figures
	Profession string // slug, or ""
	Period     Period
	Name       func(staffID string) string // of a member of staff
}

// url is a table of figures as a file, of the same choice as the page.
func (v Figures) url(table FigureTable) string {
	query := url.Values{}
	if v.Profession != "" {
		query.Set("profession", v.Profession)
	}
	if v.Period != Ever {
		query.Set("period", string(v.Period))
	}
	address := HomeURL() + "/figures/" + string(table)
	if table == WorkLate || table == WorkTimes || table == WorkLoad {
		return HomeURL() + "/figures/cases/" + string(table)
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// Cells is a table as rows of text, the first of which names the columns; false
// for one that does not exist.
func (v Figures) Cells(table FigureTable) ([][]string, bool) {
	switch table {
	case FiguresBySteps:
		return v.stepCells(), true
	case FiguresByProfession:
		return v.partCells("Profession", v.Shown.Professions, partName), true
	case FiguresByQuarter:
		return v.partCells("Received", v.Shown.Quarters, quarterName), true
	case FiguresByStage:
		return v.stageCells(), true
	case WorkLate:
		return v.lateCells(), true
	case WorkTimes:
		return v.timeCells(), true
	case WorkLoad:
		return v.loadCells(), true
	}
	return nil, false
}

func (v Figures) stepCells() [][]string {
	cells := [][]string{{"Step", "Expressions", "Share of those received"}}
	for _, s := range report.Steps() {
		cells = append(cells, []string{s.Name(), v.Shown.Total[s].String(), v.share(s)})
	}
	return cells
}

// share is how many of those received came to a step, in percent; "" where a
// number is hidden or there are none.
func (v Figures) share(s report.Step) string {
	of, n := v.Shown.Total[report.Received], v.Shown.Total[s]
	if of.Hidden || n.Hidden || of.N == 0 {
		return ""
	}
	return chartview.Percent(float64((100*n.N + of.N/2) / of.N))
}

func (v Figures) partCells(what string, rows []report.Row, name func(key string) string) [][]string {
	head := []string{what}
	for _, s := range report.Steps() {
		head = append(head, s.Name())
	}
	cells := [][]string{head}
	for _, row := range append(rows[:len(rows):len(rows)], report.Row{Numbers: v.Shown.Total}) {
		line := []string{name(row.Key)}
		for _, n := range row.Numbers {
			line = append(line, n.String())
		}
		cells = append(cells, line)
	}
	return cells
}

func partName(slug string) string {
	if slug == "" {
		return "Together"
	}
	if p, ok := profession.BySlug(slug); ok {
		return p.Name
	}
	return slug
}

func quarterName(key string) string {
	var first updating.Date
	switch {
	case key == "":
		return "Together"
	case key == report.Earlier:
		return "Earlier"
	case first.UnmarshalText([]byte(key)) != nil:
		return key
	}
	return report.QuarterName(first)
}

func (v Figures) stageCells() [][]string {
	cells := [][]string{{"Stage", "Expressions"}}
	for _, one := range v.Shown.Stages {
		cells = append(cells, []string{one.Stage.Name(), one.Number.String()})
	}
	return cells
}

func (v Figures) lateCells() [][]string {
	cells := [][]string{{"Stage", "Late cases"}}
	for _, one := range v.All.Late {
		cells = append(cells, []string{one.Stage.Name(), strconv.Itoa(one.Count)})
	}
	return cells
}

func (v Figures) timeCells() [][]string {
	cells := [][]string{{"Stage", "Median working days", "Cases that left it"}}
	for _, one := range v.All.Times {
		cells = append(cells, []string{one.Stage.Name(), strconv.Itoa(one.Median), strconv.Itoa(one.Stays)})
	}
	return cells
}

func (v Figures) loadCells() [][]string {
	cells := [][]string{{"Assigned to", "Open cases", "Late"}}
	for _, one := range v.All.Loads {
		cells = append(cells, []string{v.person(one.StaffID), strconv.Itoa(one.Open), strconv.Itoa(one.Late)})
	}
	return cells
}

func (v Figures) person(staffID string) string {
	if staffID == "" {
		return "Nobody"
	}
	return v.Name(staffID)
}

// late is how many cases are late, whatever their stage.
func (v Figures) late() int {
	sum := 0
	for _, one := range v.All.Late {
		sum += one.Count
	}
	return sum
}

// anything reports whether something was ever received.
func (v Figures) anything() bool { return len(v.All.Cohorts) > 0 }

// number is a count as somebody may see it.
func number(n report.Number) string {
	if n.Hidden {
		return n.String()
	}
	return component.Number(n.N)
}

// table shows cells with a caption. A file has the same cells, with plain digits.
func table(caption string, cells [][]string) component.Table {
	t := component.Table{
		Caption: component.TableCaption{Text: caption, Size: "s"}, Responsive: true, FirstCellIsHeader: true,
	}
	for i, text := range cells[0] {
		cell := component.TableCell{Text: text}
		if i > 0 {
			cell.Format = "numeric"
		}
		t.Head = append(t.Head, cell)
	}
	for _, line := range cells[1:] {
		var row []component.TableCell
		for i, text := range line {
			cell := component.TableCell{Text: text}
			if i > 0 {
				cell.Format = "numeric"
				if n, err := strconv.Atoi(text); err == nil {
					cell.Text = component.Number(n)
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// funnel draws how far the expressions came.
func (v Figures) funnel() chartview.Plot {
	p := chartview.Plot{ID: "steps", Title: "How far expressions of interest came"}
	top := v.Shown.Total[report.Received].N
	for _, s := range report.Steps() {
		n := v.Shown.Total[s]
		bar := chartview.Bar{Label: s.Name() + ": " + number(n)}
		if !n.Hidden && top > 0 {
			bar.To = 100 * float64(n.N) / float64(top)
		}
		p.Bars = append(p.Bars, bar)
	}
	return p.Told()
}

// bars draws numbers beside each other, the largest as wide as the picture.
func bars(id, title string, labels []string, numbers []int) chartview.Plot {
	top := 0
	for _, n := range numbers {
		top = max(top, n)
	}
	p := chartview.Plot{ID: id, Title: title}
	for i, n := range numbers {
		bar := chartview.Bar{Label: labels[i] + ": " + component.Number(n)}
		if top > 0 {
			bar.To = 100 * float64(n) / float64(top)
		}
		p.Bars = append(p.Bars, bar)
	}
	return p.Told()
}

func (v Figures) timesPlot() chartview.Plot {
	var labels []string
	var days []int
	for _, one := range v.All.Times {
		labels, days = append(labels, one.Stage.Name()), append(days, one.Median)
	}
	return bars("times", "Median working days in each stage", labels, days)
}

func (v Figures) loadPlot() chartview.Plot {
	var labels []string
	var open []int
	for _, one := range v.All.Loads {
		labels, open = append(labels, v.person(one.StaffID)), append(open, one.Open)
	}
	return bars("load", "Open cases by who works on them", labels, open)
}

// chosen says which expressions the figures are of.
func (v Figures) chosen() string {
	text := "Of all expressions"
	if v.Profession != "" {
		text = "Of the expressions of " + partName(v.Profession)
	}
	for _, p := range periods[1:] {
		if p.Value == string(v.Period) {
			return text + " received " + lowerFirst(p.Text) + "."
		}
	}
	return text + " that were ever received."
}

func lowerFirst(s string) string { return fmt.Sprintf("%c%s", s[0]|0x20, s[1:]) }

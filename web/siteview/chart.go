package siteview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/component"
)

// plot is a picture of figures: a bar for each, all on one scale from 0.
type plot struct {
	id    string // prefix of the ids in it, one of its own on a page
	title string
	text  string // the figures in a sentence, for those who do not see the bars
	bars  []plotBar
	low   string // what stands at the ends of the scale, "" for nothing
	high  string
}

// plotBar is one bar, from one share of the scale to another, in percent. One
// without a length is a figure in words.
type plotBar struct {
	label    string
	from, to float64
}

// The height of a bar with its label, and of what stands below the last one, in
// the size of the text: a picture grows with the text that somebody chose.
const (
	barHeight  = 3.25
	axisHeight = 1.5
)

func (p plot) height() string {
	height := barHeight * float64(len(p.bars))
	if p.low != "" {
		height += axisHeight
	}
	return em(height)
}

// labelY is where a bar's label stands.
func (p plot) labelY(bar int) string { return em(barHeight*float64(bar) + 1.1) }

// barY is where a bar begins.
func (p plot) barY(bar int) string { return em(barHeight*float64(bar) + 1.5) }

// axisY is where the ends of the scale stand.
func (p plot) axisY() string { return em(barHeight*float64(len(p.bars)) + 0.9) }

func (b plotBar) x() string     { return percent(b.from) }
func (b plotBar) width() string { return percent(b.to - b.from) }
func (b plotBar) drawn() bool   { return b.to > b.from }

func em(n float64) string      { return decimal(n) + "em" }
func percent(n float64) string { return decimal(n) + "%" }
func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// profilePlot draws shares of a workforce, in percent of all of it.
func profilePlot(p strategy.Profile, index int) plot {
	c := p.Charts[index]
	drawn := plot{id: "profile-" + strconv.Itoa(index+1), title: c.Title + ", " + p.Date}
	for _, b := range c.Bars {
		drawn.bars = append(drawn.bars, plotBar{label: b.Label + ": " + b.Text(), to: b.Percent})
	}
	return drawn.told()
}

// told says the bars in a sentence.
func (p plot) told() plot {
	labels := make([]string, len(p.bars))
	for i, b := range p.bars {
		labels[i] = b.label
	}
	p.text = strings.Join(labels, "; ") + "."
	return p
}

// inNumbers reports whether a metric has a year with a number: only those are drawn.
func inNumbers(m strategy.Metric) bool {
	for _, t := range m.Targets {
		if t.Low != nil && t.High != nil {
			return true
		}
	}
	return false
}

// metricPlot draws a metric's targets, a bar for each year: from 0 to the
// number, or the band between two. Each year stands for itself, so that changes
// on the year before are not added up.
func metricPlot(m strategy.Metric) plot {
	highest := 0.0
	for _, t := range m.Targets {
		if t.High != nil {
			highest = max(highest, *t.High)
		}
	}
	top := topOf(m.Unit, highest)
	drawn := plot{id: "metric-" + m.Slug, title: "Targets for years 1 to " + strconv.Itoa(len(m.Targets)), low: inUnit(m, 0), high: inUnit(m, top)}
	for _, t := range m.Targets {
		bar := plotBar{label: "Year " + strconv.Itoa(t.Year) + ": " + t.Text}
		if t.Low != nil && t.High != nil {
			bar.to = 100 * *t.High / top
			if *t.Low < *t.High {
				bar.from = 100 * *t.Low / top
			}
		}
		drawn.bars = append(drawn.bars, bar)
	}
	return drawn.told()
}

// topOf is where a scale ends: at the most that there can be where that is
// known, otherwise at the next round number.
func topOf(unit string, highest float64) float64 {
	if most, ok := strings.CutPrefix(unit, "out of "); ok {
		if n, err := strconv.ParseFloat(most, 64); err == nil && n > 0 && n >= highest {
			return n
		}
	}
	top := 1.0
	for step := 0; top <= highest; step++ {
		top *= []float64{2, 2.5, 2}[step%3] // 1, 2, 5, 10, 20, 50, 100
	}
	if unit == "percent" && highest <= 100 {
		top = min(top, 100)
	}
	return top
}

// inUnit says a number of a metric's scale in the metric's unit.
func inUnit(m strategy.Metric, n float64) string {
	switch {
	case m.Unit == "percent":
		return percent(n)
	case m.Unit == "percent change" && n == 0:
		return "no change"
	case m.Unit == "percent change" && m.Direction == "reduce":
		return percent(n) + " fewer"
	case m.Unit == "percent change":
		return percent(n) + " more"
	}
	return decimal(n)
}

// aim says which way a metric should go; "" where nothing is said.
func aim(m strategy.Metric) string {
	switch m.Direction {
	case "reduce":
		return "The aim is to reduce this."
	case "increase":
		return "The aim is to increase this."
	case "maintain":
		return "The aim is to keep this steady."
	}
	return ""
}

// shareRows are a chart's figures for its table.
func shareRows(c strategy.Chart) [][]component.TableCell {
	var rows [][]component.TableCell
	for _, b := range c.Bars {
		rows = append(rows, []component.TableCell{{Text: b.Label}, {Text: b.Text()}})
	}
	return rows
}

func targetHead(s strategy.Strategy) []component.TableCell {
	head := []component.TableCell{{Text: "Measure"}}
	for year := range s.TargetYears() {
		head = append(head, component.TableCell{Text: "Year " + strconv.Itoa(year+1)})
	}
	return head
}

func targetRows(s strategy.Strategy) [][]component.TableCell {
	var rows [][]component.TableCell
	for _, m := range s.Metrics {
		row := []component.TableCell{{HTML: measure(m)}}
		for year := range s.TargetYears() {
			row = append(row, component.TableCell{Text: m.Target(year + 1)})
		}
		rows = append(rows, row)
	}
	return rows
}

package siteview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/chartview"
	"ahpfaculty/web/component"
)

// profilePlot draws shares of a workforce, in percent of all of it.
func profilePlot(p strategy.Profile, index int) chartview.Plot {
	c := p.Charts[index]
	drawn := chartview.Plot{ID: "profile-" + strconv.Itoa(index+1), Title: c.Title + ", " + p.Date}
	for _, b := range c.Bars {
		drawn.Bars = append(drawn.Bars, chartview.Bar{Label: b.Label + ": " + b.Text(), To: b.Percent})
	}
	return drawn.Told()
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
func metricPlot(m strategy.Metric) chartview.Plot {
	highest := 0.0
	for _, t := range m.Targets {
		if t.High != nil {
			highest = max(highest, *t.High)
		}
	}
	top := topOf(m.Unit, highest)
	drawn := chartview.Plot{ID: "metric-" + m.Slug, Title: "Targets for years 1 to " + strconv.Itoa(len(m.Targets)), Low: inUnit(m, 0), High: inUnit(m, top)}
	for _, t := range m.Targets {
		bar := chartview.Bar{Label: "Year " + strconv.Itoa(t.Year) + ": " + t.Text}
		if t.Low != nil && t.High != nil {
			bar.To = 100 * *t.High / top
			if *t.Low < *t.High {
				bar.From = 100 * *t.Low / top
			}
		}
		drawn.Bars = append(drawn.Bars, bar)
	}
	return drawn.Told()
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
		return chartview.Percent(n)
	case m.Unit == "percent change" && n == 0:
		return "no change"
	case m.Unit == "percent change" && m.Direction == "reduce":
		return chartview.Percent(n) + " fewer"
	case m.Unit == "percent change":
		return chartview.Percent(n) + " more"
	}
	return chartview.Decimal(n)
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

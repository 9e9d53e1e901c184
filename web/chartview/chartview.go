// Package chartview draws figures as bars, in SVG that the server makes.
package chartview

import (
	"strconv"
	"strings"
)

// Plot is a picture of figures: a bar for each, all on one scale from 0.
type Plot struct {
	ID    string // prefix of the ids in it, one of its own on a page
	Title string
	Text  string // the figures in a sentence, for those who do not see the bars
	Bars  []Bar
	Low   string // what stands at the ends of the scale, "" for nothing
	High  string
}

// Bar is one bar, from one share of the scale to another, in percent. One
// without a length is a figure in words.
type Bar struct {
	Label    string
	From, To float64
}

// The height of a bar with its label, and of what stands below the last one, in
// the size of the text: a picture grows with the text that somebody chose.
const (
	barHeight  = 3.25
	axisHeight = 1.5
)

func (p Plot) height() string {
	height := barHeight * float64(len(p.Bars))
	if p.Low != "" {
		height += axisHeight
	}
	return em(height)
}

// labelY is where a bar's label stands.
func (p Plot) labelY(bar int) string { return em(barHeight*float64(bar) + 1.1) }

// barY is where a bar begins.
func (p Plot) barY(bar int) string { return em(barHeight*float64(bar) + 1.5) }

// axisY is where the ends of the scale stand.
func (p Plot) axisY() string { return em(barHeight*float64(len(p.Bars)) + 0.9) }

func (b Bar) x() string     { return Percent(b.From) }
func (b Bar) width() string { return Percent(b.To - b.From) }
func (b Bar) drawn() bool   { return b.To > b.From }

func em(n float64) string { return Decimal(n) + "em" }

// Percent is a number of hundredths: "62.5%".
func Percent(n float64) string { return Decimal(n) + "%" }

// Decimal is a number with no more digits than it needs: "2.5".
func Decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Told says the bars in a sentence.
func (p Plot) Told() Plot {
	labels := make([]string, len(p.Bars))
	for i, b := range p.Bars {
		labels[i] = b.Label
	}
	p.Text = strings.Join(labels, "; ") + "."
	return p
}

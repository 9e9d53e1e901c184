// Package strategy holds workforce strategies: what they commit to, their
// themes and objectives, and what they measure themselves by.
package strategy

import (
	"slices"
	"strconv"
)

// The states of a strategy.
const (
	Past    = "past"
	Current = "current"
	Unknown = "unknown"
)

// Strategy is one strategy, or one set of goals, with all that it holds.
type Strategy struct {
	Slug        string       `yaml:"slug"`
	Title       string       `yaml:"title"`
	Owner       string       `yaml:"owner"` // whose strategy it is
	Period      string       `yaml:"period"`
	State       string       `yaml:"state"` // Past, Current or Unknown
	Position    int          `yaml:"order"`
	Summary     string       `yaml:"summary"`
	Notes       []string     `yaml:"notes,omitempty"` // what a reader must know about the source
	Commitments []Commitment `yaml:"commitments,omitempty"`
	Themes      []Theme      `yaml:"themes,omitempty"`
	Metrics     []Metric     `yaml:"metrics,omitempty"`
	Profile     *Profile     `yaml:"profile,omitempty"` // nil where the strategy has none
}

// Commitment is something that a strategy promises.
type Commitment struct {
	Slug    string   `yaml:"slug"`
	Number  int      `yaml:"number"`
	Name    string   `yaml:"name"`
	Summary []string `yaml:"summary,omitempty"`
}

// Theme is a subject of a strategy, with its objectives.
type Theme struct {
	Slug        string      `yaml:"slug"`
	Number      int         `yaml:"number"`
	Name        string      `yaml:"name"`
	Summary     string      `yaml:"summary"`
	Commitments []string    `yaml:"commitments,omitempty"` // slugs of those that it serves
	Objectives  []Objective `yaml:"objectives,omitempty"`
}

// Objective is something that a strategy sets out to do. It has no year and no
// state, because the sources give none.
type Objective struct {
	Slug   string `yaml:"slug"`
	Number int    `yaml:"number"`
	Title  string `yaml:"title"`
	Text   string `yaml:"text"`
}

// Metric is something that a strategy measures, with a target for each year.
type Metric struct {
	Slug      string   `yaml:"slug"`
	Name      string   `yaml:"name"`
	Measure   string   `yaml:"measure"`
	Unit      string   `yaml:"unit"`
	Direction string   `yaml:"direction"`
	Note      string   `yaml:"note"`
	Targets   []Target `yaml:"targets,omitempty"`
}

// Target is what a metric should reach in one year of its strategy.
type Target struct {
	Year int      `yaml:"year"` // 1 is the strategy's first year
	Text string   `yaml:"text"`
	Low  *float64 `yaml:"low,omitempty"`  // nil where the target is in words
	High *float64 `yaml:"high,omitempty"` // nil where the target is in words
}

// Profile is a dated picture of a workforce.
type Profile struct {
	Date     string   `yaml:"date"`
	Source   string   `yaml:"source"`
	Note     string   `yaml:"note"`
	Headline []Figure `yaml:"headline,omitempty"`
	Charts   []Chart  `yaml:"charts,omitempty"`
}

// Figure is a number that stands by itself, such as "over 560".
type Figure struct {
	Label string `yaml:"label"`
	Value string `yaml:"value"`
}

// Chart is a set of shares of one workforce.
type Chart struct {
	Title string `yaml:"title"`
	Note  string `yaml:"note"`
	Bars  []Bar  `yaml:"bars,omitempty"`
}

// Bar is one share of a chart.
type Bar struct {
	Label   string  `yaml:"label"`
	Percent float64 `yaml:"percent"`
}

// Text says a bar's share the way people write it: "4%", "7.5%".
func (b Bar) Text() string {
	return strconv.FormatFloat(b.Percent, 'f', -1, 64) + "%"
}

// StateName says a strategy's state in a word; "" where it is unknown.
func (s Strategy) StateName() string {
	switch s.State {
	case Past:
		return "Past"
	case Current:
		return "Current"
	}
	return ""
}

// Objectives counts the objectives of all themes.
func (s Strategy) Objectives() int {
	return CountObjectives(s.Themes)
}

// CountObjectives counts the objectives of some themes.
func CountObjectives(themes []Theme) int {
	n := 0
	for _, t := range themes {
		n += len(t.Objectives)
	}
	return n
}

// Theme finds one of the strategy's themes; false when it has none of that slug.
func (s Strategy) Theme(slug string) (Theme, bool) {
	for _, t := range s.Themes {
		if t.Slug == slug {
			return t, true
		}
	}
	return Theme{}, false
}

// Commitment finds one of the strategy's commitments; false when it has none
// of that slug.
func (s Strategy) Commitment(slug string) (Commitment, bool) {
	for _, c := range s.Commitments {
		if c.Slug == slug {
			return c, true
		}
	}
	return Commitment{}, false
}

// Serving gives the themes that are the theme (or any, for "") and serve the
// commitment (or any, for "").
func (s Strategy) Serving(theme, commitment string) []Theme {
	var themes []Theme
	for _, t := range s.Themes {
		if theme != "" && t.Slug != theme {
			continue
		}
		if commitment != "" && !slices.Contains(t.Commitments, commitment) {
			continue
		}
		themes = append(themes, t)
	}
	return themes
}

// CommitmentsOf gives the commitments that a theme serves, in their order.
func (s Strategy) CommitmentsOf(t Theme) []Commitment {
	var served []Commitment
	for _, c := range s.Commitments {
		if slices.Contains(t.Commitments, c.Slug) {
			served = append(served, c)
		}
	}
	return served
}

// TargetYears gives the highest year that any metric has a target for.
func (s Strategy) TargetYears() int {
	years := 0
	for _, m := range s.Metrics {
		for _, t := range m.Targets {
			years = max(years, t.Year)
		}
	}
	return years
}

// Target gives a metric's target for a year, in words; "" when it has none.
func (m Metric) Target(year int) string {
	for _, t := range m.Targets {
		if t.Year == year {
			return t.Text
		}
	}
	return ""
}

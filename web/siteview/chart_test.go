package siteview

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
)

// mustDraw renders a view.
func mustDraw(t *testing.T, view templ.Component) *goquery.Document {
	t.Helper()
	var out strings.Builder
	if err := view.Render(t.Context(), &out); err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(out.String()))
	if err != nil {
		t.Fatalf("parsing the view: %v", err)
	}
	return document
}

// attributes gives one attribute of each element found.
func attributes(found *goquery.Selection, name string) []string {
	return found.Map(func(_ int, s *goquery.Selection) string { return s.AttrOr(name, "none") })
}

func texts(found *goquery.Selection) []string {
	return found.Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

func want(t *testing.T, what string, got []string, wanted ...string) {
	t.Helper()
	if !slices.Equal(got, wanted) {
		t.Errorf("%s = %q, want %q", what, got, wanted)
	}
}

func number(n float64) *float64 { return &n }

func newMetric(unit string, targets ...strategy.Target) strategy.Metric {
	for i := range targets {
		targets[i].Year = i + 1
	}
	return strategy.Metric{Slug: "m", Name: "Metric", Measure: "What is counted", Unit: unit, Targets: targets}
}

func TestAWorkforceIsDrawnAndGivenAsATable(t *testing.T) {
	t.Parallel()
	page := mustDraw(t, workforce(&strategy.Profile{Date: "2022", Charts: []strategy.Chart{
		{Title: "Age", Bars: []strategy.Bar{{Label: "Under 35", Percent: 41}, {Label: "50 and over", Percent: 22.5}}},
		{Title: "Gender", Bars: []strategy.Bar{{Label: "Female", Percent: 80}}},
	}}))
	want(t, "widths of the bars", attributes(page.Find(".app-chart__bar"), "width"), "41%", "22.5%", "80%")
	want(t, "labels", texts(page.Find(".app-chart__label")), "Under 35: 41%", "50 and over: 22.5%", "Female: 80%")
	want(t, "captions of the tables", texts(page.Find("caption")), "Age, 2022", "Gender, 2022")
	want(t, "cells of the tables", texts(page.Find("tbody td")), "41%", "22.5%", "80%")
	want(t, "pictures without a role", attributes(page.Find("svg.app-chart__picture"), "role"), "img", "img")
}

func TestEveryPictureIsNamedByElementsOfItsOwn(t *testing.T) {
	t.Parallel()
	s := strategy.Strategy{
		Profile: &strategy.Profile{Charts: []strategy.Chart{{Title: "Age"}, {Title: "Age"}}},
		Metrics: []strategy.Metric{newMetric("percent", strategy.Target{Text: "4%", Low: number(4), High: number(4)})},
	}
	page := mustDraw(t, templ.Join(metrics(s), workforce(s.Profile), pathway([]Contribution{{Name: "Dietitian", Slug: "dietitians", Text: "Advise."}})))
	seen := map[string]bool{}
	for _, id := range attributes(page.Find("[id]"), "id") {
		if seen[id] {
			t.Errorf("id %q stands twice", id)
		}
		seen[id] = true
	}
	page.Find("svg[role=img]").Each(func(_ int, svg *goquery.Selection) {
		for _, id := range strings.Fields(svg.AttrOr("aria-labelledby", "")) {
			if svg.Find("#"+id).Length() != 1 {
				t.Errorf("a picture is named by %q, want an element in it", id)
			}
		}
	})
	if got := page.Find("svg[role=img]").Length(); got != 4 {
		t.Errorf("pictures = %d, want 4", got)
	}
}

func TestTargetsAreBarsBandsOrWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		metric        strategy.Metric
		x, width, end []string
	}{
		{"a number is a bar from 0", newMetric("percent", strategy.Target{Text: "4%", Low: number(4), High: number(4)}), []string{"0%"}, []string{"80%"}, []string{"0%", "5%"}},
		{"a range is a band", newMetric("percent", strategy.Target{Text: "8% to 11%", Low: number(8), High: number(11)}), []string{"40%"}, []string{"15%"}, []string{"0%", "20%"}},
		{"out of 10 ends at 10", newMetric("out of 10", strategy.Target{Text: "7", Low: number(7), High: number(7)}), []string{"0%"}, []string{"70%"}, []string{"0", "10"}},
		{"all is 100%", newMetric("percent", strategy.Target{Text: "100%", Low: number(100), High: number(100)}), []string{"0%"}, []string{"100%"}, []string{"0%", "100%"}},
		{"words of one year have no bar", newMetric("days", strategy.Target{Text: "2", Low: number(2), High: number(2)}, strategy.Target{Text: "fewer"}), []string{"0%"}, []string{"40%"}, []string{"0", "5"}},
		{"words alone are no picture", newMetric("words", strategy.Target{Text: "more"}), []string{}, []string{}, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			page := mustDraw(t, metric(test.metric))
			want(t, "starts", attributes(page.Find(".app-chart__bar"), "x"), test.x...)
			want(t, "widths", attributes(page.Find(".app-chart__bar"), "width"), test.width...)
			want(t, "ends of the scale", texts(page.Find(".app-chart__end")), test.end...)
			for _, target := range test.metric.Targets {
				if !strings.Contains(page.Text(), target.Text) {
					t.Errorf("page = %q, want it to say %q", page.Text(), target.Text)
				}
			}
		})
	}
}

func TestThePathwayIsDrawnAndSaidInFull(t *testing.T) {
	t.Parallel()
	all := Contributions([]profession.Page{
		{Slug: "radiographers", Profiles: []profession.Profile{
			{Name: "Diagnostic radiographer", CancerPathway: "Take X-rays and scans and report on them: to diagnose and to plan treatment."},
			{Name: "Therapeutic radiographer", CancerPathway: "Plan and give radiotherapy."},
		}},
		{Slug: "osteopaths"},
		{Slug: "podiatrists", Profiles: []profession.Profile{{Name: "Podiatrist"}}},
		{Slug: "dietitians", Profiles: []profession.Profile{{Name: "Dietitian", CancerPathway: "Advise."}}},
	})
	page := mustDraw(t, pathway(all))
	want(t, "list", texts(page.Find("dt")), "Diagnostic radiographer", "Therapeutic radiographer", "Dietitian")
	want(t, "links", attributes(page.Find("dt a"), "href"), "/professions/radiographers", "/professions/radiographers", "/professions/dietitians")
	said := strings.Join(texts(page.Find("svg text")), " ")
	for _, c := range all {
		if !strings.Contains(said, c.Name) || !strings.Contains(said, c.Text) {
			t.Errorf("picture says %q, want %q and %q", said, c.Name, c.Text)
		}
	}
	if got := page.Find(".app-pathway__spoke").Length(); got != len(all) {
		t.Errorf("spokes = %d, want %d", got, len(all))
	}
	if got := mustDraw(t, pathway(nil)).Find("section").Length(); got != 0 {
		t.Error("pathway(none) shows a section, want nothing")
	}
}

func TestBoxesOfThePathwayDoNotMeet(t *testing.T) {
	t.Parallel()
	var all []Contribution
	for range 11 {
		all = append(all, Contribution{Name: "Operating department practitioner", Text: strings.Repeat("word ", 5+len(all))})
	}
	w := newWheel(all)
	below := map[int]int{}
	for _, b := range w.boxes {
		if b.y < below[b.x] || b.y+b.height > w.height {
			t.Errorf("a box stands from %d to %d, want it between %d and %d", b.y, b.y+b.height, below[b.x], w.height)
		}
		below[b.x] = b.y + b.height + boxGap
	}
}

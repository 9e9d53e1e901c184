package site

import (
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
)

func TestThePathwayStandsWithTheStrategyOfThoseWhoDescribedIt(t *testing.T) {
	t.Parallel()
	router := newRouter(newHandler(t, postgrestest.Tx(t)))
	page := mustParse(t, router, "/strategy/lth-ahp-workforce-strategy")
	if got := page.Find("section[aria-labelledby=pathway] dt").Length(); got != 10 {
		t.Errorf("professions on the pathway = %d, want 10", got)
	}
	if got := page.Find("svg.app-chart__picture").Length(); got != 9 {
		t.Errorf("charts = %d, want 4 of the workforce and 5 of targets in numbers", got)
	}
	other := mustParse(t, router, "/strategy/ahps-deliver")
	if got := other.Find("section[aria-labelledby=pathway]").Length(); got != 0 {
		t.Errorf("pathways with another strategy = %d, want none", got)
	}
}

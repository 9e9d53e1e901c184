package content

import (
	"testing"

	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
)

func mustParseDefault(t *testing.T) Pack {
	t.Helper()
	p, err := Parse(pack.Files)
	if err != nil {
		t.Fatalf("Parse = %v, want no fault", err)
	}
	return p
}

func TestDefaultContentHasEveryProfession(t *testing.T) {
	t.Parallel()
	p := mustParseDefault(t)
	want := profession.All()
	if len(p.Professions) != len(want) {
		t.Fatalf("got %d professions, want %d", len(p.Professions), len(want))
	}
	for i, got := range p.Professions {
		if got.Slug != want[i].Slug || got.Name != want[i].Name || got.Singular != want[i].Singular || len(got.Branches) != len(want[i].Branches) {
			t.Errorf("profession %d = %s (%d branches), want %s (%d)", i+1, got.Name, len(got.Branches), want[i].Name, len(want[i].Branches))
		}
	}
}

func TestDefaultContentHasEveryPage(t *testing.T) {
	t.Parallel()
	found := make(map[string]bool)
	for _, page := range mustParseDefault(t).Pages {
		found[page.Section+"/"+page.Slug] = true
	}
	want := map[string][]string{
		General: {"home", "return-to-practice", "privacy", "cookies", "accessibility", "contact"},
		Careers: {"becoming-an-ahp", "apprenticeships", "support-workforce", "work-experience", "clinical-placements",
			"newly-registered", "development-and-cpd", "advanced-practice", "leadership", "research-and-innovation",
			"international-recruitment", "equality-and-diversity", "greener-ahps", "job-planning"},
		Faculty: {"about", "council", "members", "story", "programme"},
	}
	for section, slugs := range want {
		for _, slug := range slugs {
			if !found[section+"/"+slug] {
				t.Errorf("page %s/%s is missing", section, slug)
			}
		}
	}
}

func TestDefaultStrategyIsWhole(t *testing.T) {
	t.Parallel()
	p := mustParseDefault(t)
	bySlug := make(map[string]strategy.Strategy)
	for _, s := range p.Strategies {
		bySlug[s.Slug] = s
	}
	s := bySlug["lth-ahp-workforce-strategy"]
	links, targets := 0, 0
	for _, theme := range s.Themes {
		links += len(theme.Commitments)
	}
	for _, metric := range s.Metrics {
		targets += len(metric.Targets)
	}
	counts := []struct {
		what      string
		got, want int
	}{
		{"commitments", len(s.Commitments), 6}, {"themes", len(s.Themes), 10}, {"objectives", s.Objectives(), 88},
		{"links", links, 35}, {"metrics", len(s.Metrics), 6}, {"targets", targets, 18},
		{"goals of the council", bySlug["lincolnshire-ahp-council-goals"].Objectives(), 10},
		{"areas of AHPs Deliver", len(bySlug["ahps-deliver"].Themes), 5},
		{"groups", len(p.Groups), 6},
	}
	for _, c := range counts {
		if c.got != c.want {
			t.Errorf("got %d %s, want %d", c.got, c.what, c.want)
		}
	}
}

func TestDefaultContentComesBackFromTheDatabase(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	if err := Import(t.Context(), tx, pack.Files); err != nil {
		t.Fatalf("Import = %v, want no error", err)
	}
	loaded, err := Load(t.Context(), tx)
	if err != nil {
		t.Fatalf("Load = %v, want no error", err)
	}
	want, err := mustParseDefault(t).Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	got, err := loaded.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	compareFiles(t, want, got)
}

package strategy

// table is the rows of one table, ready to be copied in.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

func (t *table) add(values ...any) {
	t.rows = append(t.rows, values)
}

// tables spreads strategies over their tables, those that others refer to first.
func tables(strategies []Strategy) []*table {
	top := &table{name: "strategy", columns: []string{
		"slug", "title", "owner", "period", "state", "position", "summary", "notes", "profile"}}
	commitments := &table{name: "commitment", columns: []string{"strategy_slug", "slug", "number", "name", "summary"}}
	for _, s := range strategies {
		top.add(s.Slug, s.Title, s.Owner, s.Period, s.State, s.Position, s.Summary, s.Notes, s.Profile)
		for _, c := range s.Commitments {
			commitments.add(s.Slug, c.Slug, c.Number, c.Name, c.Summary)
		}
	}
	all := []*table{top, commitments}
	all = append(all, themeTables(strategies)...)
	return append(all, metricTables(strategies)...)
}

func themeTables(strategies []Strategy) []*table {
	themes := &table{name: "theme", columns: []string{"strategy_slug", "slug", "number", "name", "summary"}}
	links := &table{name: "theme_commitment", columns: []string{"strategy_slug", "theme_slug", "commitment_slug"}}
	objectives := &table{name: "objective", columns: []string{
		"strategy_slug", "theme_slug", "slug", "number", "title", "text"}}
	for _, s := range strategies {
		for _, t := range s.Themes {
			themes.add(s.Slug, t.Slug, t.Number, t.Name, t.Summary)
			for _, c := range t.Commitments {
				links.add(s.Slug, t.Slug, c)
			}
			for _, o := range t.Objectives {
				objectives.add(s.Slug, t.Slug, o.Slug, o.Number, o.Title, o.Text)
			}
		}
	}
	return []*table{themes, links, objectives}
}

func metricTables(strategies []Strategy) []*table {
	metrics := &table{name: "metric", columns: []string{
		"strategy_slug", "slug", "position", "name", "measure", "unit", "direction", "note"}}
	targets := &table{name: "metric_target", columns: []string{
		"strategy_slug", "metric_slug", "year", "text", "low", "high"}}
	for _, s := range strategies {
		for i, m := range s.Metrics {
			metrics.add(s.Slug, m.Slug, i+1, m.Name, m.Measure, m.Unit, m.Direction, m.Note)
			for _, t := range m.Targets {
				targets.add(s.Slug, m.Slug, t.Year, t.Text, t.Low, t.High)
			}
		}
	}
	return []*table{metrics, targets}
}

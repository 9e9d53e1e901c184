package content

import (
	"slices"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

// rulesFile is where a pack keeps the regulators' rules and figures.
const rulesFile = "rules.yaml"

func (d *document) checkRules(b updating.Book) {
	sources := make(map[string]bool)
	for i, s := range b.Sources {
		at := index("sources", i)
		d.need(at, map[string]string{"slug": s.Slug, "publisher": s.Publisher, "title": s.Title})
		d.isSlug(join(at, "slug"), s.Slug)
		d.unique(sources, join(at, "slug"), s.Slug)
	}
	d.checkRegulators(b.Regulators)
	d.checkFigures(b, sources)
	d.checkSentences(b.Rules, sources)
}

func (d *document) checkRegulators(regulators []updating.Regulator) {
	known := []string{profession.HCPC.Slug, profession.GOsC.Slug}
	seen := make(map[string]bool)
	for i, r := range regulators {
		at := index("regulators", i)
		d.need(at, map[string]string{"slug": r.Slug, "page": r.Page})
		d.oneOf(join(at, "slug"), r.Slug, known...)
		d.unique(seen, join(at, "slug"), r.Slug)
	}
	d.noneMissing("regulators", known, seen)
}

func (d *document) checkFigures(b updating.Book, sources map[string]bool) {
	before := len(*d.faults)
	seen := make(map[string]bool)
	for i, f := range b.Figures {
		at := index("figures", i)
		d.need(at, map[string]string{"slug": f.Slug, "name": f.Name})
		if f.Slug != "" && !slices.Contains(updating.FigureSlugs(), f.Slug) {
			d.fault(join(at, "slug"), "%q is not a figure that the rules have", f.Slug)
		}
		d.unique(seen, join(at, "slug"), f.Slug)
		d.checkValues(join(at, "values"), f, sources)
	}
	d.noneMissing("figures", updating.FigureSlugs(), seen)
	if len(*d.faults) > before {
		return
	}
	for _, disorder := range b.Disorders() {
		at := slices.IndexFunc(b.Figures, func(f updating.Figure) bool { return f.Slug == disorder.Figure })
		d.fault(join(index("figures", at), "slug"), "%s", disorder.Why)
	}
}

func (d *document) checkValues(path string, f updating.Figure, sources map[string]bool) {
	if len(f.Values) == 0 {
		d.fault(path, "figure %q has no value", f.Slug)
	}
	least, most := f.Limits()
	for i, v := range f.Values {
		at := index(path, i)
		if v.From.IsZero() {
			d.fault(join(at, "from"), "%q is missing", "from")
		}
		if i > 0 && !v.From.After(f.Values[i-1].From) {
			d.fault(join(at, "from"), "from is not after that of the value before it, %s", f.Values[i-1].From)
		}
		if v.Value < least || v.Value > most {
			d.fault(join(at, "value"), "value must be from %d to %d", least, most)
		}
		d.checkRead(at, v.Source, v.Checked, sources)
	}
}

func (d *document) checkSentences(rules []updating.Sentence, sources map[string]bool) {
	seen := make(map[string]bool)
	for i, r := range rules {
		at := index("rules", i)
		d.need(at, map[string]string{"slug": r.Slug, "text": r.Text})
		if r.Slug != "" && !slices.Contains(updating.RuleSlugs(), r.Slug) {
			d.fault(join(at, "slug"), "%q is not a rule that the portal knows", r.Slug)
		}
		d.unique(seen, join(at, "slug"), r.Slug)
		for _, p := range updating.Placeholders(r.Text) {
			if !p.Known() {
				d.fault(join(at, "text"), "there is no placeholder {%s}", p.Name)
			}
		}
		d.checkRead(at, r.Source, r.Checked, sources)
	}
	d.noneMissing("rules", updating.RuleSlugs(), seen)
}

// checkRead checks where something was read, and when.
func (d *document) checkRead(at, source string, checked updating.Date, sources map[string]bool) {
	if !sources[source] {
		d.fault(join(at, "source"), "%q is not one of the sources", source)
	}
	if checked.IsZero() {
		d.fault(join(at, "checked"), "%q is missing", "checked")
	}
}

// noneMissing reports those of a closed list that a list lacks.
func (d *document) noneMissing(path string, wanted []string, seen map[string]bool) {
	for _, one := range wanted {
		if !seen[one] {
			d.fault(path, "%s: %q is missing", path, one)
		}
	}
}

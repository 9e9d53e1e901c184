package adminview

import (
	"maps"
	"slices"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/web/component"
)

// Found says how many expressions the filter chooses.
func (v Expressions) Found() string {
	if v.List.More {
		return "More than " + count(v.List.Found, "expression")
	}
	return count(v.List.Found, "expression")
}

// Describe says in a sentence what the list is filtered by.
func (v Expressions) Describe() string {
	var parts []string
	if v.Filter.Tab == interest.SetAside {
		parts = append(parts, "that are set aside, because programs may have sent them")
	}
	if v.Filter.Stage != "" {
		parts = append(parts, "in stage “"+v.Filter.Stage.Name()+"”")
	}
	if p, ok := profession.BySlug(v.Filter.Profession); ok {
		parts = append(parts, "of "+strings.ToLower(p.Name))
	}
	if v.Filter.Text != "" {
		parts = append(parts, "with “"+v.Filter.Text+"”")
	}
	return "Only those " + strings.Join(parts, ", ") + "."
}

// names are the fields of the filter that choose something, but for some and
// for the place in the list.
func (f Filter) names(but ...string) []string {
	query := f.In(f.Tab).Query()
	names := slices.Sorted(maps.Keys(query))
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(but, name) })
}

func (v Expressions) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, e := range v.List.Rows {
		rows = append(rows, []component.TableCell{
			{Text: e.Reference, Href: ExpressionURL(e.Reference)},
			{Text: e.Name},
			{Text: professionName(e.Profession, e.Branch)},
			{HTML: stageCell(e)},
			{Text: day(e.ReceivedAt)},
		})
	}
	return rows
}

// professionName is one practitioner's profession, by the branch where there is one.
func professionName(slug, branch string) string {
	p, _ := profession.BySlug(slug)
	if b, ok := p.Branch(branch); ok {
		return b.Singular
	}
	return p.Singular
}

// stageTags are the stage, and a word each for what holds the case up or must
// not be missed.
func stageTags(e interest.Summary) []component.Tag {
	tags := []component.Tag{stageTag(e.Stage)}
	switch e.Turn {
	case interest.Returners:
		tags = append(tags, component.Tag{Text: "Waiting for them", Colour: "white"})
	case interest.OnHold:
		tags = append(tags, component.Tag{Text: "On hold", Colour: "white"})
	}
	if e.CopyAskedAt != nil {
		tags = append(tags, component.Tag{Text: "Wants a copy", Colour: "red"})
	}
	if e.MailTrouble != "" {
		tags = append(tags, component.Tag{Text: "Email fails", Colour: "red"})
	}
	return tags
}

// stageTag is a stage in a colour; the word says the same without it.
func stageTag(s interest.Stage) component.Tag {
	colour := "blue"
	switch {
	case s == interest.Received:
		colour = "yellow"
	case s == interest.Returned:
		colour = "green"
	case s.Info().Ends:
		colour = "grey"
	}
	return component.Tag{Text: s.Name(), Colour: colour}
}

func stageItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All stages"}}
	for _, info := range interest.Stages() {
		items = append(items, component.SelectItem{Value: string(info.Stage), Text: info.Name})
	}
	return items
}

func professionItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All professions"}}
	for _, p := range profession.All() {
		items = append(items, component.SelectItem{Value: p.Slug, Text: p.Name})
	}
	return items
}

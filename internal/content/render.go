package content

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
)

// File is one file of a pack.
type File struct {
	Path string // with slashes
	Body []byte
}

// Render gives the files of a pack in their one canonical form: what Parse
// reads from them is the same pack again.
func (p Pack) Render() ([]File, error) {
	var w writer
	w.yaml("faculty.yaml", p.Faculty)
	w.yaml("organisations.yaml", p.Organisations)
	w.yaml("groups.yaml", p.Groups)
	w.yaml(rulesFile, p.Rules)
	w.yaml(holidaysFile, p.Holidays)
	for _, one := range p.Professions {
		w.markdown("professions/"+one.Slug+".md", one, one.Body)
	}
	for _, one := range p.Pages {
		folder := one.Section
		if folder == General {
			folder = generalFolder
		}
		w.markdown(folder+"/"+one.Slug+".md", one, one.Body)
	}
	for _, one := range p.Strategies {
		w.yaml("strategies/"+one.Slug+".yaml", one)
	}
	return w.files, w.err
}

// writer gathers files and keeps the first error.
type writer struct {
	files []File
	err   error
}

func (w *writer) yaml(path string, value any) {
	w.add(path, w.encode(path, value))
}

func (w *writer) markdown(path string, front any, body string) {
	var b bytes.Buffer
	b.WriteString("---\n")
	b.Write(w.encode(path, front))
	b.WriteString("---\n\n")
	b.WriteString(body)
	w.add(path, b.Bytes())
}

func (w *writer) add(path string, body []byte) {
	w.files = append(w.files, File{Path: path, Body: body})
}

func (w *writer) encode(path string, value any) []byte {
	body, err := yaml.MarshalWithOptions(value,
		yaml.Indent(2), yaml.IndentSequence(true), yaml.UseLiteralStyleIfMultiline(true),
		yaml.CustomMarshaler(func(at time.Time) ([]byte, error) { return []byte(at.Format(dateForm)), nil }),
		yaml.CustomMarshaler(func(on updating.Date) ([]byte, error) { return on.MarshalText() }))
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("writing %s: %w", path, err)
	}
	return body
}

// sort puts everything in the order in which the tables give it back.
func (p *Pack) sort() {
	slices.SortFunc(p.Professions, func(a, b profession.Page) int { return cmp.Compare(a.Position, b.Position) })
	slices.SortFunc(p.Pages, func(a, b Page) int {
		return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Slug, b.Slug))
	})
	slices.SortFunc(p.Organisations, func(a, b faculty.Organisation) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Name, b.Name))
	})
	slices.SortFunc(p.Groups, func(a, b faculty.Group) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Slug, b.Slug))
	})
	slices.SortFunc(p.Strategies, func(a, b strategy.Strategy) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Slug, b.Slug))
	})
	for _, s := range p.Strategies {
		sortStrategy(s)
	}
}

func sortStrategy(s strategy.Strategy) {
	slices.SortFunc(s.Commitments, func(a, b strategy.Commitment) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(s.Themes, func(a, b strategy.Theme) int { return cmp.Compare(a.Number, b.Number) })
	numbers := make(map[string]int)
	for _, c := range s.Commitments {
		numbers[c.Slug] = c.Number
	}
	for _, t := range s.Themes {
		slices.SortFunc(t.Objectives, func(a, b strategy.Objective) int { return cmp.Compare(a.Number, b.Number) })
		slices.SortFunc(t.Commitments, func(a, b string) int { return cmp.Compare(numbers[a], numbers[b]) })
	}
	for _, m := range s.Metrics {
		slices.SortFunc(m.Targets, func(a, b strategy.Target) int { return cmp.Compare(a.Year, b.Year) })
	}
}

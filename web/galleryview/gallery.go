// Package galleryview is the gallery of the NHS components: each in its states,
// with the Go that made it beside it. It is served in development alone.
package galleryview

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/a-h/templ"
)

// state is a component in one state.
type state struct {
	name  string
	shown templ.Component
}

// groups are the lists of states. Each stands in a variable of its own, whose
// source gives the Go of every state.
var groups = map[string][]state{
	"links": links, "texts": texts, "notices": notices, "blocks": blocks,
	"lists": lists, "fields": fields, "choices": choices, "frames": frames,
}

//go:embed states_*.go
var sources embed.FS

// Component is the page of one component.
type Component struct {
	Name   string // of its Go type
	Slug   string // of its address
	States []State
	Framed bool // belongs around a page: each state has a page of its own
}

// State is one state of a component.
type State struct {
	Name  string
	Shown templ.Component
	Dark  bool   // made for a dark background
	Go    string // the expression that makes it
}

// ID tells the states of a page apart.
func (s State) ID() string { return "state-" + slugOf(s.Name) }

// Components gives the gallery in the order of the components' names.
var Components = sync.OnceValues(read)

// Find gives a component by its slug; false when there is none.
func Find(slug string) (Component, bool) {
	all, err := Components()
	for _, c := range all {
		if err == nil && c.Slug == slug {
			return c, true
		}
	}
	return Component{}, false
}

// read pairs each state with the source of its expression.
func read() ([]Component, error) {
	entries, err := sources.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("reading the gallery's sources: %w", err)
	}
	var all []Component
	for _, entry := range entries {
		source, err := sources.ReadFile(entry.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the gallery's sources: %w", err)
		}
		if all, err = readFile(all, string(source)); err != nil {
			return nil, fmt.Errorf("reading %s of the gallery: %w", entry.Name(), err)
		}
	}
	slices.SortFunc(all, func(a, b Component) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// readFile adds the states of one source.
func readFile(all []Component, source string) ([]Component, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, 0)
	if err != nil {
		return nil, err
	}
	for _, declared := range file.Decls {
		name, elements := listOf(declared)
		for i, element := range elements {
			made := element.Elts[1].(*ast.CompositeLit)
			from, to := files.Position(made.Pos()).Offset, files.Position(made.End()).Offset
			all = add(all, typeOf(made), name == "frames", State{
				Name: groups[name][i].name, Shown: groups[name][i].shown, Dark: isReverse(made), Go: outdented(source[from:to]),
			})
		}
	}
	return all, nil
}

// listOf gives the name and the elements of a variable that lists states.
func listOf(declared ast.Decl) (string, []*ast.CompositeLit) {
	general, ok := declared.(*ast.GenDecl)
	if !ok || general.Tok != token.VAR {
		return "", nil
	}
	value := general.Specs[0].(*ast.ValueSpec)
	list, ok := value.Values[0].(*ast.CompositeLit)
	if !ok || groups[value.Names[0].Name] == nil {
		return "", nil
	}
	var elements []*ast.CompositeLit
	for _, element := range list.Elts {
		elements = append(elements, element.(*ast.CompositeLit))
	}
	return value.Names[0].Name, elements
}

// typeOf is the name of the component that an expression makes.
func typeOf(made *ast.CompositeLit) string {
	return made.Type.(*ast.SelectorExpr).Sel.Name
}

// isReverse reports whether an expression asks for the design system's variant
// for dark backgrounds.
func isReverse(made *ast.CompositeLit) bool {
	return slices.ContainsFunc(made.Elts, func(element ast.Expr) bool {
		option := element.(*ast.KeyValueExpr)
		value, ok := option.Value.(*ast.BasicLit)
		return option.Key.(*ast.Ident).Name == "Variant" && ok && value.Value == `"reverse"`
	})
}

// add puts a state to its component.
func add(all []Component, name string, framed bool, s State) []Component {
	for i := range all {
		if all[i].Name == name {
			all[i].States = append(all[i].States, s)
			return all
		}
	}
	return append(all, Component{Name: name, Slug: slugOf(name), Framed: framed, States: []State{s}})
}

// outdented takes the indentation away that an expression has in its source.
func outdented(source string) string {
	return strings.ReplaceAll(strings.ReplaceAll(source, "\n\t", "\n"), "\t", "    ")
}

// slugOf writes a name as part of an address or an id: DateInput is date-input.
func slugOf(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case unicode.IsUpper(r) && i > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteString("-" + string(unicode.ToLower(r)))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// IndexURL is the gallery's first page.
func IndexURL() string { return "/dev/components" }

// ComponentURL is the page of a component.
func ComponentURL(slug string) string { return IndexURL() + "/" + slug }

// StateURL is the page of one state of a component that belongs around a page.
func StateURL(slug string, number int) string {
	return fmt.Sprintf("%s/%d", ComponentURL(slug), number)
}

func howMany(states int) string {
	if states == 1 {
		return "1 state"
	}
	return fmt.Sprintf("%d states", states)
}

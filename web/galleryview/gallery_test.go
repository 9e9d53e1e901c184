package galleryview

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"ahpfaculty/web/layout"
)

// rendering finds the components of the library: the types that render.
func rendering(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../component/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			method, ok := declared.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Name.Name != "Render" {
				continue
			}
			if of, ok := method.Recv.List[0].Type.(*ast.Ident); ok && of.IsExported() {
				names = append(names, of.Name)
			}
		}
	}
	return names
}

func TestEveryComponentIsInTheGalleryWithItsGo(t *testing.T) {
	t.Parallel()
	all, err := Components()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
		for _, s := range c.States {
			if !strings.HasPrefix(s.Go, "component."+c.Name+"{") || !strings.HasSuffix(s.Go, "}") {
				t.Errorf("%s, %s: its Go is %q", c.Name, s.Name, s.Go)
			}
		}
	}
	library := rendering(t)
	if len(library) < 40 {
		t.Fatalf("the library has %d components, want 40 or more", len(library))
	}
	for _, name := range library {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not in the gallery", name)
		}
	}
	if len(names) != len(library) {
		t.Errorf("the gallery has %d components, the library %d", len(names), len(library))
	}
}

func TestEveryPageOfTheGalleryIsWellMade(t *testing.T) {
	t.Parallel()
	all, err := Components()
	if err != nil {
		t.Fatal(err)
	}
	frame := layout.Frame{FacultyName: "Faculty"}
	wellMade(t, "the list", Index(frame, all))
	for _, c := range all {
		document := wellMade(t, c.Name, Page(frame, c))
		if got := document.Find("pre code").Length(); got != len(c.States) {
			t.Errorf("%s shows the Go of %d states, want %d", c.Name, got, len(c.States))
		}
		for _, s := range c.States {
			if rendered(t, s.Shown) == "" {
				t.Errorf("%s, %s: it shows nothing", c.Name, s.Name)
			}
			if c.Framed {
				wellMade(t, c.Name+", "+s.Name, Alone(frame, c, s))
			}
		}
	}
}

// wellMade renders a page and checks that it has one title and no id twice.
func wellMade(t *testing.T, name string, page templ.Component) *goquery.Document {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(rendered(t, page)))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	document.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if ids[id] {
			t.Errorf("%s has two elements %q", name, id)
		}
		ids[id] = true
	})
	if n := document.Find("h1").Length(); n != 1 {
		t.Errorf("%s has %d titles, want 1", name, n)
	}
	return document
}

func rendered(t *testing.T, shown templ.Component) string {
	t.Helper()
	var page strings.Builder
	if err := shown.Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestWhatIsMadeForDarkStandsOnDark(t *testing.T) {
	t.Parallel()
	all, err := Components()
	if err != nil {
		t.Fatal(err)
	}
	dark := 0
	for _, c := range all {
		for _, s := range c.States {
			if want := strings.Contains(s.Go, `"reverse"`); s.Dark != want {
				t.Errorf("%s, %s: on dark is %t, want %t", c.Name, s.Name, s.Dark, want)
			} else if want {
				dark++
			}
		}
	}
	if dark < 5 {
		t.Errorf("%d states stand on dark, want 5 or more", dark)
	}
}

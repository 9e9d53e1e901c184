package apply_test

import (
	"strings"
	"testing"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// oneHeading fails unless the page has one heading of the first level, and it
// says something.
func oneHeading(t *testing.T, p *pagetest.Page) {
	t.Helper()
	if n := p.Doc().Find("h1").Length(); n != 1 || strings.TrimSpace(p.Text("h1")) == "" {
		t.Errorf("%s has %d headings h1 that say %q, want one", p.Path, n, p.Text("h1"))
	}
}

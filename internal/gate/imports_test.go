package main

import (
	"context"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "ahpfaculty/"

// order is the rule: a package imports only packages that stand above it.
// Those of one line may not import each other, except where the line's own
// order from left to right allows it.
var order = [][]string{
	{"internal/fault", "internal/validate", "internal/reference", "internal/sheet", "internal/once", "internal/config", "migrations"},
	{"internal/postgres", "internal/postgres/private"},
	{"internal/audit", "internal/attempt", "internal/suspect", "internal/mail"},
	{"internal/profession", "internal/updating", "internal/workday", "internal/faculty", "internal/strategy", "internal/retention", "internal/content/pack", "internal/content", "internal/enquiry", "internal/staff", "internal/interest", "internal/bulk", "internal/intake", "internal/offer", "internal/purge", "internal/subject", "internal/report", "internal/notice", "internal/demo"},
	{"web"},
	{"web/component"},
	{"web/layout"},
	{"web/resultview", "web/chartview"},
	{"web/siteview", "web/applyview", "web/adminview", "web/mailview", "web/galleryview"},
	{"internal/job", "internal/page", "internal/question", "internal/provider"},
	{"internal/site", "internal/apply", "internal/admin"},
	{"internal/server"},
	{"cmd/portal"},
}

// apart are pairs of one line that must not meet, whatever their order.
var apart = map[string]bool{
	"web/applyview web/siteview": true, "web/adminview web/siteview": true, "web/adminview web/applyview": true,
	"web/mailview web/siteview": true, "web/mailview web/applyview": true, "web/mailview web/adminview": true,
	"internal/apply internal/site": true, "internal/admin internal/site": true, "internal/admin internal/apply": true,
}

// tools are packages for tests and checks alone; nothing that serves imports them.
var tools = map[string]bool{
	"internal/gate": true, "internal/bench": true, "internal/postgres/postgrestest": true, "internal/updating/updatingtest": true, "internal/page/pagetest": true, "internal/mail/mailtest": true, "internal/interest/interesttest": true, "internal/server/servertest": true, "internal/staff/stafftest": true,
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestPackagesImportOnlyWhatStandsBeforeThem(t *testing.T) {
	t.Parallel()
	rank := map[string]int{}
	for _, line := range order {
		for _, name := range line {
			rank[name] = len(rank)
		}
	}
	for _, pkg := range list(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		if tools[name] {
			continue
		}
		place, known := rank[name]
		if !known {
			t.Errorf("package %s has no place in the order of imports: give it one", name)
			continue
		}
		for _, path := range pkg.Imports {
			imported, ours := strings.CutPrefix(path, module)
			if !ours {
				continue
			}
			if tools[imported] {
				t.Errorf("%s imports %s, which is for tests alone", name, imported)
			} else if rank[imported] >= place || apart[name+" "+imported] {
				t.Errorf("%s imports %s, which does not stand before it", name, imported)
			}
		}
	}
}

func TestTheDomainKnowsNoHTTPAndPagesKnowNoSQL(t *testing.T) {
	t.Parallel()
	domain := []string{"internal/profession", "internal/updating", "internal/workday", "internal/faculty", "internal/strategy", "internal/content", "internal/staff", "internal/interest", "internal/bulk", "internal/intake", "internal/enquiry", "internal/workday", "internal/attempt", "internal/audit", "internal/retention", "internal/purge", "internal/subject", "internal/report"}
	pages := []string{"internal/site", "internal/apply", "internal/admin", "web/"}
	for _, pkg := range list(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		for _, path := range pkg.Imports {
			if hasAny(name, domain) && (path == "net/http" || strings.Contains(path, "/templ") || strings.Contains(path, "alexedwards/scs") || path == "os" && name != "internal/content") {
				t.Errorf("domain package %s imports %s", name, path)
			}
			if hasAny(name, pages) && (path == "github.com/jackc/pgx/v5" || path == "database/sql") {
				t.Errorf("page package %s imports %s", name, path)
			}
		}
	}
}

func TestPackageNamesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, pkg := range list(t) {
		if strings.HasPrefix(pkg.ImportPath, module+"cmd/") {
			continue
		}
		name := pkg.ImportPath[strings.LastIndexByte(pkg.ImportPath, '/')+1:]
		switch name {
		case "common", "util", "models", "types", "helpers":
			t.Errorf("%s has a name that says nothing", pkg.ImportPath)
		}
		if other := seen[name]; other != "" {
			t.Errorf("%s and %s have the same name", pkg.ImportPath, other)
		}
		seen[name] = pkg.ImportPath
	}
}

func hasAny(name string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if name == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// list asks the go command for every package of the module.
func list(t *testing.T) []goPackage {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "list", "-json=ImportPath,Imports", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var found []goPackage
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var pkg goPackage
		if err := decoder.Decode(&pkg); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		found = append(found, pkg)
	}
	if len(found) < 10 {
		t.Fatalf("go list found %d packages, want the whole module", len(found))
	}
	return found
}

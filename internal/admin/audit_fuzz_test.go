package admin

import (
	"errors"
	"net/url"
	"testing"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/web/adminview"
)

func FuzzAuditFilter(f *testing.F) {
	pool := postgrestest.NewDatabase(f)
	for _, seed := range []string{
		"", "who=staff", "who=returner&action=expression.view&outcome=refused&from=2026-01-01&to=2026-12-31",
		"about=3f2b1b8e-0000-4000-8000-000000000001&before=1763733600000000.7", "before=9223372036854775807.1", "from=9999-12-31&to=2000-01-01",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		filter, err := readAuditFilter(values)
		if err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Fatalf("readAuditFilter(%q) = %v, want an Invalid fault", query, err)
			}
			return
		}
		if _, err := audit.List(t.Context(), pool, chosen(filter), 2); err != nil {
			t.Fatalf("List(%q) = %v", query, err)
		}
		again, err := url.Parse(adminview.FilteredAuditURL(filter))
		if err != nil {
			t.Fatalf("the address of %q: %v", query, err)
		}
		if back, err := readAuditFilter(again.Query()); err != nil || back != filter {
			t.Fatalf("readAuditFilter(%q) and its own address: %+v and %+v, %v", query, filter, back, err)
		}
	})
}

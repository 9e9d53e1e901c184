package profession_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/profession"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestStoreGivesBackWhatItKeeps(t *testing.T) {
	t.Parallel()
	store := &profession.Store{DB: postgrestest.Tx(t)}
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	pages := []profession.Page{
		{Slug: "dietitians", Name: "Dietitians", Singular: "Dietitian", Summary: "Food.", Position: 2,
			Works: []string{"food"}, ToAdd: []string{"Contacts"}, Reviewed: day, ReviewBy: day.AddDate(0, 6, 0), Body: "## What they do\n"},
		{Slug: "radiographers", Name: "Radiographers", Singular: "Radiographer", Summary: "Pictures.", Position: 13,
			Branches: []profession.PageBranch{
				{Slug: "diagnostic-radiographers", Name: "Diagnostic radiographers", Singular: "Diagnostic radiographer", Summary: "See."},
				{Slug: "therapeutic-radiographers", Name: "Therapeutic radiographers", Singular: "Therapeutic radiographer", Summary: "Treat."},
			},
			Profiles: []profession.Profile{{Name: "Diagnostic radiographer", Branch: "diagnostic-radiographers",
				Found: []string{"Preston"}, Plans: []string{"More"}, SupportRoles: []string{"Helpers"}, CancerPathway: "Scans."}},
			Reviewed: day, ReviewBy: day.AddDate(0, 6, 0), Body: "## What they do\n"},
	}
	if err := store.Replace(t.Context(), pages); err != nil {
		t.Fatalf("Replace = %v, want no error", err)
	}
	got, err := store.Pages(t.Context())
	if err != nil || !reflect.DeepEqual(got, pages) {
		t.Errorf("Pages = %+v, %v, want %+v", got, err, pages)
	}
	one, err := store.Page(t.Context(), "radiographers")
	if err != nil || !reflect.DeepEqual(one, pages[1]) {
		t.Errorf("Page(radiographers) = %+v, %v, want %+v", one, err, pages[1])
	}
	if _, err := store.Page(t.Context(), "dentists"); !errors.Is(err, fault.NotFound) {
		t.Errorf("Page(dentists) = %v, want NotFound", err)
	}
}

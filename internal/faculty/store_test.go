package faculty_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestStoreGivesBackWhatItKeeps(t *testing.T) {
	t.Parallel()
	store := &faculty.Store{DB: postgrestest.Tx(t)}
	if _, err := store.Details(t.Context()); !errors.Is(err, fault.NotFound) {
		t.Errorf("Details before any = %v, want NotFound", err)
	}
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	details := faculty.Details{Name: "Lincolnshire AHP Faculty", ShortName: "AHP Faculty", ICS: "Lincolnshire ICS",
		Area: "Lincolnshire", ContactEmail: "ahp@example.org", ReplyWorkingDays: 5, AccessibilityReplyWorkingDays: 3}
	organisations := []faculty.Organisation{
		{Slug: "b", Name: "B Trust", Abbreviation: "B", Kind: "NHS trust", Position: 1},
		{Slug: "a", Name: "A University", Kind: "university", Note: "A note", Position: 2},
	}
	groups := []faculty.Group{
		{Slug: "valuing", Name: "Valuing", Kind: faculty.ActionGroup, Position: 1, Summary: "S", Aim: "A", Project: "P",
			Partners: []string{"b", "a"}, State: faculty.Started, StateNote: "N", Facts: []string{"F"}, Reviewed: day, ReviewBy: day},
		{Slug: "apprenticeships", Name: "Apprenticeships", Kind: faculty.SubGroup, Position: 1, Summary: "S",
			State: faculty.Meeting, ToAdd: []string{"T"}, Reviewed: day, ReviewBy: day},
	}
	if err := store.Replace(t.Context(), details, organisations, groups); err != nil {
		t.Fatalf("Replace = %v, want no error", err)
	}
	if got, err := store.Details(t.Context()); err != nil || got != details {
		t.Errorf("Details = %+v, %v, want %+v", got, err, details)
	}
	if got, err := store.Organisations(t.Context()); err != nil || !reflect.DeepEqual(got, organisations) {
		t.Errorf("Organisations = %+v, %v, want %+v", got, err, organisations)
	}
	if got, err := store.Groups(t.Context()); err != nil || !reflect.DeepEqual(got, groups) {
		t.Errorf("Groups = %+v, %v, want %+v", got, err, groups)
	}
	if got, err := store.Group(t.Context(), "valuing"); err != nil || !reflect.DeepEqual(got, groups[0]) {
		t.Errorf("Group(valuing) = %+v, %v, want %+v", got, err, groups[0])
	}
	if _, err := store.Group(t.Context(), "none"); !errors.Is(err, fault.NotFound) {
		t.Errorf("Group(none) = %v, want NotFound", err)
	}
}

func TestFormNeedsControllerAndContact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		details faculty.Details
		want    bool
	}{
		{faculty.Details{}, false},
		{faculty.Details{Controller: "A Trust"}, false},
		{faculty.Details{ContactPhone: "01522 000000"}, false},
		{faculty.Details{Controller: "A Trust", ContactPost: "1 High Street"}, true},
	}
	for _, test := range tests {
		if got := test.details.ReadyForForm(); got != test.want {
			t.Errorf("ReadyForForm(%+v) = %v, want %v", test.details, got, test.want)
		}
	}
}

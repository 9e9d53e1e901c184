package staff

import (
	"slices"
	"testing"
)

func TestRolesMayDoWhatTheTableSays(t *testing.T) {
	t.Parallel()
	all := []Permission{SeeCounts, SeeCases, WorkCases, ExportOwn, ExportAll, EraseCases, EditContent, ManageStaff, ReadAudit, UseOwnAccount}
	want := map[Role][]Permission{
		Viewer:    {SeeCounts, UseOwnAccount},
		Editor:    {SeeCounts, EditContent, UseOwnAccount},
		Reviewer:  {SeeCounts, SeeCases, WorkCases, ExportOwn, UseOwnAccount},
		Lead:      all,
		"":        nil,
		"unknown": nil,
	}
	for role, permissions := range want {
		for _, p := range all {
			if got := role.May(p); got != slices.Contains(permissions, p) {
				t.Errorf("%q.May(%s) = %v, want %v", role, p, got, !got)
			}
		}
	}
}

func TestEveryRoleHasANameAndADescription(t *testing.T) {
	t.Parallel()
	for _, role := range Roles() {
		if !role.Known() || role.Name() == Role("").Name() || role.Describe() == Role("").Describe() {
			t.Errorf("role %s has no name or no description", role)
		}
	}
	if Role("admin").Known() {
		t.Error(`Role("admin").Known() = true, want false`)
	}
}

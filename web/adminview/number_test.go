package adminview

import (
	"testing"

	"ahpfaculty/internal/interest"
)

func TestTablesOfFiguresHaveSeparatorsAndTheirFilesHaveNone(t *testing.T) {
	t.Parallel()
	cells := [][]string{{"Stage", "Cases"}, {"Received", "12345"}, {"In review", "Hidden"}, {"2026", "7%"}}
	shown := table("Cases", cells)
	for i, want := range []string{"12,345", "Hidden", "7%"} {
		if got := shown.Rows[i][1].Text; got != want {
			t.Errorf("row %d shows %q, want %q", i, got, want)
		}
	}
	if got := shown.Rows[2][0].Text; got != "2026" || cells[1][1] != "12345" {
		t.Errorf("the first column shows %q, want 2026, and the file has %q, want plain digits", got, cells[1][1])
	}
	for want, tab := range map[string]interest.TabCount{"1,000+": {Count: 1000, More: true}, "1,000": {Count: 1000}, "12": {Count: 12}} {
		if got := counted(tab); got != want {
			t.Errorf("a tab of %+v shows %q, want %q", tab, got, want)
		}
	}
}

package sheet_test

import (
	"strings"
	"testing"

	"ahpfaculty/internal/sheet"
)

func TestNoCellBeginsAFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "Zoë": "Zoë", "a=b": "a=b", "2026-11-20": "2026-11-20", "'quoted": "'quoted",
		"=1+1": "'=1+1", "+44 1522": "'+44 1522", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1",
	} {
		if got := sheet.Row(text)[0]; got != want {
			t.Errorf("Row(%q) = %q, want %q", text, got, want)
		}
	}
	if cell := sheet.Cell(strings.Repeat("=", 3)); cell != "'===" {
		t.Errorf("Cell = %q", cell)
	}
}

package sheet_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"ahpfaculty/internal/sheet"
)

var columns = []sheet.Column{{Key: "one", Heading: "The one"}, {Key: "two", Heading: "=Two"}}

// texts are what a cell must not change, and what a spreadsheet must not run.
var texts = []string{
	"", " ", "=cmd|' /C calc'!A0", "+44 1522 555000", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a\rb\nc\r\nd\te", `"quoted", 'so'`, "'apostrophe",
	"007", "00123456789012345678901234567890", "1e5", "TRUE", "2026-11-20", "20/11/2026", "Zoë O’Neill", "👩🏽‍⚕️ 🇬🇧", "ذهب", "_x000D_", "_x0041_", "_x005F_x0041_",
	"<b>&amp;</b>", "]]>", " before and after ", "line\nline\n", strings.Repeat("é", 10_000), "＝1",
}

func newSheet(t testing.TB, rows [][]any) []byte {
	t.Helper()
	folder := t.TempDir()
	x, err := sheet.NewXLSX(folder, columns)
	if err != nil {
		t.Fatalf("NewXLSX() = %v", err)
	}
	for _, row := range rows {
		if err := x.Row(row); err != nil {
			t.Fatalf("Row(%q) = %v", row, err)
		}
	}
	var file bytes.Buffer
	if err := x.Close(); err != nil {
		t.Fatalf("Close() = %v", err)
	}
	if _, err := x.WriteTo(&file); err != nil {
		t.Fatalf("WriteTo() = %v", err)
	}
	if err := x.Remove(); err != nil {
		t.Fatalf("Remove() = %v", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%d temporary files are left, %v", len(left), err)
	}
	return file.Bytes()
}

func TestXLSXGivesEveryTextBack(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for _, text := range texts {
		rows = append(rows, []any{text, 7})
	}
	file, err := excelize.OpenReader(bytes.NewReader(newSheet(t, rows)), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("OpenReader() = %v", err)
	}
	defer file.Close()
	for i, want := range texts {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		got, err := file.GetCellValue("Expressions", cell)
		if err != nil || got != want {
			t.Errorf("%s = %q, %v, want %q", cell, got, err, want)
		}
		if formula, err := file.GetCellFormula("Expressions", cell); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", cell, formula, err)
		}
		if kind, err := file.GetCellType("Expressions", cell); err != nil || want != "" && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s of %q has the type %v, %v, want text", cell, want, kind, err)
		}
	}
}

func TestXLSXDaysAreDays(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)
	file, err := excelize.OpenReader(bytes.NewReader(newSheet(t, [][]any{{sheet.Day(day), nil}, {[]string{"a", "b"}, 0}})))
	if err != nil {
		t.Fatalf("OpenReader() = %v", err)
	}
	defer file.Close()
	raw, err := file.GetCellValue("Expressions", "A2", excelize.Options{RawCellValue: true})
	if err != nil || raw != "46081" {
		t.Errorf("the day is kept as %q, %v, want its number", raw, err)
	}
	if shown, err := file.GetCellValue("Expressions", "A2"); err != nil || shown != "28/02/2026" {
		t.Errorf("the day is shown as %q, %v", shown, err)
	}
	rows, err := file.GetRows("Expressions")
	if err != nil || len(rows) != 3 || rows[0][1] != "=Two" || rows[2][0] != "a; b" || rows[2][1] != "0" {
		t.Errorf("GetRows() = %q, %v", rows, err)
	}
}

func TestCSVRunsNothing(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	c, err := sheet.NewCSV(&file, columns)
	if err != nil {
		t.Fatalf("NewCSV() = %v", err)
	}
	for _, text := range texts {
		if err := c.Row([]any{text, -7}); err != nil {
			t.Fatalf("Row(%q) = %v", text, err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatalf("Close() = %v", err)
	}
	bare, marked := strings.CutPrefix(file.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(bare)).ReadAll()
	if err != nil || !marked || len(rows) != len(texts)+1 || rows[0][1] != "'=Two" {
		t.Fatalf("%d rows, marked %v, %v, want %d", len(rows), marked, err, len(texts)+1)
	}
	for i, row := range rows[1:] {
		// Reading CSV makes one line end of two characters.
		want := strings.ReplaceAll(strings.ReplaceAll(sheet.Cell(texts[i]), "\r\n", "\n"), "\r", "")
		if strings.ReplaceAll(row[0], "\r", "") != want || row[1] != "-7" {
			t.Errorf("row %d = %q, want %q and the number as it is", i, row, want)
		}
	}
}

func TestJSONGivesEveryTextBack(t *testing.T) {
	t.Parallel()
	for _, most := range []int{0, 1, len(texts)} {
		var file bytes.Buffer
		j, err := sheet.NewJSON(&file, columns)
		if err != nil {
			t.Fatalf("NewJSON() = %v", err)
		}
		for _, text := range texts[:most] {
			if err := j.Row([]any{text, []string{text}}); err != nil {
				t.Fatalf("Row(%q) = %v", text, err)
			}
		}
		if err := j.Close(); err != nil {
			t.Fatalf("Close() = %v", err)
		}
		var rows []struct {
			One string
			Two []string
		}
		if err := json.Unmarshal(file.Bytes(), &rows); err != nil || len(rows) != most {
			t.Fatalf("%d rows, %v, want %d", len(rows), err, most)
		}
		for i, row := range rows {
			if row.One != texts[i] || row.Two[0] != texts[i] {
				t.Errorf("row %d = %+v, want %q", i, row, texts[i])
			}
		}
	}
}

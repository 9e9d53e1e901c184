package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/sheet"
)

// readAll gives the headings and rows of a file.
func readAll(file []byte) ([]string, []sheet.Record, error) {
	in, err := sheet.Open(file)
	if err != nil {
		return nil, nil, err
	}
	var rows []sheet.Record
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return in.Headings, rows, nil
		}
		if err != nil {
			return in.Headings, rows, err
		}
		rows = append(rows, row)
	}
}

func TestCSVIsReadAsItsSpreadsheetShowsIt(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"UTF-8":            "Name,Note\nZoë,a b\n",
		"a mark":           "\ufeffName,Note\r\nZoë,a b\r\n",
		"Windows-1252":     "Name,Note\r\nZo\xeb,a b",
		"UTF-16":           "\xff\xfeN\x00a\x00m\x00e\x00,\x00N\x00o\x00t\x00e\x00\n\x00Z\x00o\x00\xeb\x00,\x00a\x00 \x00b\x00",
		"semicolons":       "Name;Note\nZoë;a b",
		"tabs":             "Name\tNote\nZoë\ta b",
		"a line for Excel": "sep=;\nName;Note\nZoë;a b",
		"quotes":           "\"Name\",\"Note\"\n\"Zoë\",\"a b\"",
		"empty columns":    "Name,Note,,\nZoë,a b,,\n",
		"many more":        "Name,Note" + strings.Repeat(",", 300) + "\nZoë,a b" + strings.Repeat(",", 300),
		"a title":          "People,,\n\nAs of today\nName,Note\nZoë,a b",
	} {
		headings, rows, err := readAll([]byte(file))
		if err != nil || !slices.Equal(headings, []string{"Name", "Note"}) || len(rows) != 1 || !slices.Equal(rows[0].Cells[:2], []string{"Zoë", "a b"}) {
			t.Errorf("%s: %q, %v, %v", name, headings, rows, err)
		}
	}
}

func TestRowsAreCountedAsASpreadsheetCountsThem(t *testing.T) {
	t.Parallel()
	_, rows, err := readAll([]byte("\nName,Note\n\n\"Ada\nB\",\"two\nlines\n\"\n,\nFlo,x\n\n\nIda,y"))
	var numbers []int
	for _, row := range rows {
		numbers = append(numbers, row.Number)
	}
	if err != nil || !slices.Equal(numbers, []int{4, 6, 9}) {
		t.Errorf("rows %v, %v, want 4, 6 and 9", numbers, err)
	}
}

func TestWhatWeWriteIsReadBack(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	c, err := sheet.NewCSV(&written, columns)
	if err != nil {
		t.Fatal(err)
	}
	var cells [][]any
	for _, text := range texts {
		cells = append(cells, []any{text, 7})
		if err := c.Row([]any{text, 7}); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for format, file := range map[string][]byte{"CSV": written.Bytes(), "XLSX": newSheet(t, cells)} {
		headings, rows, err := readAll(file)
		if err != nil || len(rows) != len(texts) || headings[0] != columns[0].Heading || headings[1] != columns[1].Heading {
			t.Fatalf("%s: %d rows, %q, %v", format, len(rows), headings, err)
		}
		for i, row := range rows {
			// CSV has one kind of line end.
			want := texts[i]
			if format == "CSV" {
				want = strings.ReplaceAll(want, "\r", "")
			}
			if row.Cells[0] != want || row.Cells[1] != "7" {
				t.Errorf("%s: %q, want %q", format, row.Cells, want)
			}
		}
	}
}

// book is a workbook of hand-written parts.
func book(t testing.TB, sheetXML string) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, text := range map[string]string{
		"xl/workbook.xml": `<workbook xmlns="m" xmlns:r="urn:r"><sheets><sheet name="One" sheetId="1" r:id="rId7"/><sheet name="Two" sheetId="2" r:id="rId8"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId8" Type="x/worksheet" Target="worksheets/two.xml"/>
			<Relationship Id="rId7" Type="x/worksheet" Target="/xl/worksheets/one.xml"/>
			<Relationship Id="rId1" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId2" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     `<sst><si><t>Name</t></si><si><r><t>Zo</t></r><r><t>ë</t></r><rPh><t>no</t></rPh></si></sst>`,
		"xl/styles.xml":            `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-809]d mmm yyyy"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		"xl/worksheets/one.xml":    sheetXML,
		"xl/worksheets/two.xml":    `<worksheet/>`,
		"xl/worksheets/unused.xml": `<`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestAWorkbookGivesWhatItsCellsHold(t *testing.T) {
	t.Parallel()
	headings, rows, err := readAll(book(t, `<worksheet><sheetData>
		<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>Two</t></is></c></row>
		<row r="5"><c r="A5" t="s"><v>1</v></c><c r="C5" s="1"><v>46081</v></c><c r="D5" s="2"><v>46081.5</v></c><c r="E5" s="3"><v>46081</v></c>
			<c r="F5"><f>1+1</f><v>2</v></c><c r="G5" t="str"><f>"a"</f><v>a</v></c><c r="H5" t="b"><v>1</v></c><c r="I5"><v>4.47700900123E11</v></c>
			<c r="J5"><v>0.1</v></c><c r="K5" t="inlineStr"><is><t>a_x0041_b_x005F_x0041_</t></is></c></row>
		<row><c><v>1</v></c></row></sheetData></worksheet>`))
	if err != nil || !slices.Equal(headings, []string{"Name", "Two"}) || len(rows) != 2 {
		t.Fatalf("%q, %v, %v", headings, rows, err)
	}
	want := []string{"Zoë", "", "2026-02-28", "2026-02-28T12:00:00", "46081", "2", "a", "Yes", "447700900123", "0.1", "aAb_x0041_"}
	if rows[0].Number != 5 || !slices.Equal(rows[0].Cells, want) {
		t.Errorf("row %d %q, want 5 %q", rows[0].Number, rows[0].Cells, want)
	}
	if rows[1].Number != 6 || !slices.Equal(rows[1].Cells, []string{"1", ""}) {
		t.Errorf("row %d %q, want 6 with one cell", rows[1].Number, rows[1].Cells)
	}
}

func TestAWorkbookThatWouldFillTheMemoryIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a long text":      `<worksheet><row r="1"><c t="inlineStr"><is><t>` + strings.Repeat("x", 1<<20) + `</t></is></c></row></worksheet>`,
		"a hidden text":    `<worksheet><row r="1"><c t="inlineStr"><is><t><![CDATA[` + strings.Repeat("<", 1<<20) + `]]></t></is></c></row></worksheet>`,
		"deep elements":    strings.Repeat("<a>", 1<<20),
		"deep in a cell":   `<worksheet><row r="1"><c>` + strings.Repeat("<a>", 1<<20),
		"a long attribute": `<worksheet><row r="` + strings.Repeat("1", 1<<20) + `">`,
		"many cells":       `<worksheet><row r="1">` + strings.Repeat("<c><v>1</v></c>", 20_000) + `</row></worksheet>`,
		"a far cell":       `<worksheet><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></worksheet>`,
		"no such text":     `<worksheet><row r="1"><c t="s"><v>9</v></c></row></worksheet>`,
		"columns":          `<worksheet><row r="1">` + strings.Repeat("<c><v>1</v></c>", sheet.MostColumns+1) + `</row></worksheet>`,
		"half a sheet":     `<worksheet><row r="1"><c><v>1`,
	} {
		_, _, err := readAll(book(t, text))
		var broken *sheet.UnreadableError
		if !errors.As(err, &broken) || !errors.Is(err, fault.Invalid) || broken.Words == "" {
			t.Errorf("%s: %v, want it refused with words", name, err)
		}
	}
}

func TestTooManyRowsAreRefused(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int]bool{sheet.MostXLSX: true, sheet.MostXLSX + 1: false} {
		_, read, err := readAll([]byte("Name\n" + strings.Repeat("x\n", rows)))
		if (err == nil) != want || want && len(read) != rows {
			t.Errorf("%d rows: %d read, %v", rows, len(read), err)
		}
	}
}

// fuzzRead holds what every file keeps to: it is read, or refused with words.
func fuzzRead(t *testing.T, file []byte) {
	headings, rows, err := readAll(file)
	var broken *sheet.UnreadableError
	if err != nil && !errors.As(err, &broken) && !errors.Is(err, fault.TooLarge) {
		t.Fatalf("%v, want words for people", err)
	}
	if broken != nil && (broken.Words == "" || !utf8.ValidString(broken.Words)) {
		t.Errorf("refused with %q", broken.Words)
	}
	last := 0
	for _, row := range rows {
		if row.Number <= last || len(row.Cells) < len(headings) || len(row.Cells) > sheet.MostColumns {
			t.Errorf("row %d after %d has %d cells under %d headings", row.Number, last, len(row.Cells), len(headings))
		}
		last = row.Number
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("\ufeffName;Note\r\n'=1;\"two\r\nlines\"\r\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
			return
		}
		fuzzRead(t, file)
	})
}

// FuzzReadXLSX puts made-up bytes into a real workbook: over its packed form, and
// as its sheet, which no one who only changes packed bytes would reach.
func FuzzReadXLSX(f *testing.F) {
	real := newSheet(f, [][]any{{"Ada", 7}, {"=1+1", 8}})
	f.Add(uint16(30), []byte("x"))
	f.Add(uint16(65535), []byte(`<worksheet><row r="1"><c r="A1" t="s"><v>1</v></c><c s="2"><v>46081.25</v></c></row></worksheet>`))
	f.Fuzz(func(t *testing.T, at uint16, bytes []byte) {
		if at == 65535 {
			fuzzRead(t, book(t, string(bytes)))
			return
		}
		file := slices.Clone(real)
		copy(file[int(at)%len(file):], bytes)
		fuzzRead(t, file)
	})
}

package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// csvRows reads CSV. A spreadsheet counts records, not lines: a record may have
// several lines, and an empty line is a row.
type csvRows struct {
	in   *csv.Reader
	row  int // of the record before
	line int // on which that one ended
}

// openCSV takes UTF-8, with or without a byte order mark, and UTF-16 with one;
// without a mark, what is no UTF-8 is Windows-1252, as Excel for Windows saves
// it. The first line tells what parts the cells.
func openCSV(file []byte) (source, error) {
	text, err := decode(file)
	// Pictures and old workbooks have NUL where a text has its headings.
	if err != nil || bytes.IndexByte(text[:min(len(text), 100)], 0) >= 0 {
		return nil, unreadable(0, "The file cannot be read. Save it as an Excel workbook (.xlsx) or as CSV UTF-8, then upload that")
	}
	r := &csvRows{}
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	comma := separator(string(first))
	if said, told := strings.CutPrefix(strings.TrimSpace(string(first)), "sep="); told && said != "" && strings.ContainsRune(",;\t|", rune(said[0])) {
		// A line that only Excel reads.
		comma, text, r.row = rune(said[0]), rest, 1
	}
	r.in = csv.NewReader(bytes.NewReader(text))
	r.in.Comma, r.in.FieldsPerRecord = comma, -1
	return r, nil
}

func decode(file []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xfe")), bytes.HasPrefix(file, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(file)
	case bytes.HasPrefix(file, []byte(byteOrderMark)):
		return file[len(byteOrderMark):], nil
	case utf8.Valid(file):
		return file, nil
	}
	return charmap.Windows1252.NewDecoder().Bytes(file)
}

// separator is what parts the cells of a line: what stands in it most often
// outside of quotation marks, and a comma where none does.
func separator(line string) rune {
	found, most, quoted := ',', 0, false
	counts := map[rune]int{}
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	for _, c := range []rune{',', ';', '\t'} {
		if counts[c] > most {
			found, most = c, counts[c]
		}
	}
	return found
}

func (r *csvRows) next() (Record, error) {
	cells, err := r.in.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return Record{}, r.broken(broken)
	}
	if err != nil {
		return Record{}, err
	}
	began, _ := r.in.FieldPos(0)
	last := len(cells) - 1
	ended, _ := r.in.FieldPos(last)
	// The reader passes empty lines over.
	r.row += began - r.line
	r.line = ended + strings.Count(cells[last], "\n")
	for i, cell := range cells {
		cells[i] = unguard(cell)
	}
	return Record{Number: r.row, Cells: cells}, nil
}

func (r *csvRows) broken(at *csv.ParseError) error {
	row := r.row + at.StartLine - r.line
	if errors.Is(at.Err, csv.ErrQuote) || errors.Is(at.Err, csv.ErrBareQuote) {
		return unreadable(row, "Row %d has a quotation mark in the wrong place, so that its cells cannot be told apart. Correct that row, or save the file as an Excel workbook (.xlsx)", row)
	}
	return unreadable(row, "Row %d cannot be read. Save the file as an Excel workbook (.xlsx), then upload that", row)
}

// unguard takes the apostrophe away that Cell puts before a text.
func unguard(cell string) string {
	if bare, guarded := strings.CutPrefix(cell, "'"); guarded && Cell(bare) == cell {
		return bare
	}
	return cell
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) }

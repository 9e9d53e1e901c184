package sheet

import (
	"bytes"
	"fmt"
	"slices"

	"ahpfaculty/internal/fault"
)

// What a file that is read may have at most, beside MostXLSX rows.
const (
	MostBytes   = 20 << 20
	MostColumns = 200
)

// UnreadableError is a file that cannot be read, with words for whoever sent it.
type UnreadableError struct {
	Row   int // of the file, as a spreadsheet counts it; 0 for the whole file
	Words string
}

// Error says what is wrong, and what to do.
func (e *UnreadableError) Error() string { return e.Words }

// Unwrap makes it an Invalid fault.
func (e *UnreadableError) Unwrap() error { return fault.Invalid }

func unreadable(row int, words string, args ...any) error {
	return &UnreadableError{Row: row, Words: fmt.Sprintf(words, args...)}
}

// Record is a row of a file that is read.
type Record struct {
	Number int      // as a spreadsheet counts it
	Cells  []string // one for each heading at least; days are written 2026-02-28
}

// blank reports whether nothing stands in the row.
func (r Record) blank() bool {
	return !slices.ContainsFunc(r.Cells, func(cell string) bool { return cell != "" })
}

// source gives the rows of a file one after the other; io.EOF is the end.
type source interface{ next() (Record, error) }

// Reader reads a CSV or XLSX file row by row. Nothing in the file is run: of a
// formula, what was worked out last is read.
type Reader struct {
	Headings []string
	rows     source
	read     int
}

// Open begins to read a file, whichever of the two it is, and reads its
// headings. What cannot be read is an *UnreadableError.
func Open(file []byte) (*Reader, error) {
	rows, err := open(file)
	if err != nil {
		return nil, err
	}
	r := &Reader{rows: rows}
	first, err := r.Next()
	if err != nil {
		return nil, orEmpty(err)
	}
	last := len(first.Cells)
	for last > 0 && first.Cells[last-1] == "" {
		last--
	}
	r.Headings, r.read = first.Cells[:last], 0
	return r, nil
}

func open(file []byte) (source, error) {
	switch {
	case len(file) > MostBytes:
		return nil, fmt.Errorf("a file of %d bytes: %w", len(file), fault.TooLarge)
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return openXLSX(file)
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")):
		return nil, unreadable(0, "This is an old Excel file (.xls), or one with a password. Save it as an Excel workbook (.xlsx) without a password, then upload that")
	}
	return openCSV(file)
}

// orEmpty says of a file that ends before its headings that it is empty.
func orEmpty(err error) error {
	if isEnd(err) {
		return unreadable(0, "The file is empty. Choose a file whose first row has the headings of its columns")
	}
	return err
}

// Next gives the next row in which something stands; io.EOF after the last one.
func (r *Reader) Next() (Record, error) {
	for {
		row, err := r.rows.next()
		if err != nil {
			return Record{}, err
		}
		if row.blank() {
			continue
		}
		if len(row.Cells) > MostColumns {
			return Record{}, unreadable(row.Number, "Row %d has more than %d columns. Delete those that you do not need, then upload the file again", row.Number, MostColumns)
		}
		if r.read++; r.read > MostXLSX {
			return Record{}, unreadable(row.Number, "The file has more than 100,000 rows. Split it into several files")
		}
		for len(row.Cells) < len(r.Headings) {
			row.Cells = append(row.Cells, "")
		}
		return row, nil
	}
}

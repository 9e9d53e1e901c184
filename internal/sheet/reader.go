package sheet

import (
	"bytes"
	"fmt"
	"strings"

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

// filled is in how many cells something stands.
func (r Record) filled() int {
	n := 0
	for _, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// source gives the rows of a file one after the other; io.EOF is the end.
type source interface{ next() (Record, error) }

// Reader reads a CSV or XLSX file row by row. Nothing in the file is run: of a
// formula, what was worked out last is read.
type Reader struct {
	Headings []string
	rows     source
	held     []Record // that were read to find the headings
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
	if err := r.readHeadings(); err != nil {
		return nil, err
	}
	return r, nil
}

// mostTitles is how many rows may stand above the headings.
const mostTitles = 10

// readHeadings takes the first row in which more than one cell is filled: above
// it stands what the table is called. Where there is none, it is the first row.
func (r *Reader) readHeadings() error {
	var rows []Record
	for len(rows) <= mostTitles && (len(rows) == 0 || rows[len(rows)-1].filled() < 2) {
		row, err := r.Next()
		if isEnd(err) {
			break
		}
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return unreadable(0, "The file is empty. Choose a file whose first row has the headings of its columns")
	}
	at := 0
	if last := len(rows) - 1; rows[last].filled() > 1 {
		at = last
	}
	r.Headings = rows[at].Cells
	r.held = rows[at+1:]
	r.read = 0
	return nil
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

// Next gives the next row in which something stands; io.EOF after the last one.
func (r *Reader) Next() (Record, error) {
	for {
		row, err := r.next()
		if err != nil {
			return Record{}, err
		}
		if row.filled() == 0 {
			continue
		}
		for last := len(row.Cells) - 1; row.Cells[last] == ""; last-- {
			row.Cells = row.Cells[:last]
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

func (r *Reader) next() (Record, error) {
	if len(r.held) == 0 {
		return r.rows.next()
	}
	row := r.held[0]
	r.held = r.held[1:]
	return row, nil
}

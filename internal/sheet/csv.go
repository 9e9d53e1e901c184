package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// byteOrderMark tells spreadsheets that the file is UTF-8: without it they read
// letters with accents as others.
const byteOrderMark = "\ufeff"

// CSV writes a file that begins with a row of headings. No cell is one that a
// spreadsheet runs: see Cell.
type CSV struct {
	out   *csv.Writer
	cells []string
}

// NewCSV begins a file.
func NewCSV(w io.Writer, columns []Column) (*CSV, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, fmt.Errorf("beginning a CSV file: %w", err)
	}
	c := &CSV{out: csv.NewWriter(w), cells: make([]string, len(columns))}
	c.out.UseCRLF = true
	for i, column := range columns {
		c.cells[i] = Cell(column.Heading)
	}
	if err := c.out.Write(c.cells); err != nil {
		return nil, fmt.Errorf("beginning a CSV file: %w", err)
	}
	return c, nil
}

// Row writes a row.
func (c *CSV) Row(cells []any) error {
	for i, cell := range cells {
		c.cells[i] = text(cell)
		if _, number := cell.(int); !number {
			c.cells[i] = Cell(c.cells[i])
		}
	}
	return c.out.Write(c.cells)
}

// Close writes what is not written yet.
func (c *CSV) Close() error {
	c.out.Flush()
	return c.out.Error()
}

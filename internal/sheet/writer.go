package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Column is a column of a file.
type Column struct {
	Key     string // what programs call it
	Heading string // what people read
}

// Day is a day of the calendar, at midnight UTC.
type Day time.Time

// Writer writes the rows of a file. A cell is a string, a number, a Day, a list
// of strings, or nil for nothing; there is one for each column.
type Writer interface {
	Row(cells []any) error
	// Close ends the file; what it writes to stays open.
	Close() error
}

// text is a cell in words: lists with semicolons, days as 2026-11-20.
func text(cell any) string {
	switch value := cell.(type) {
	case nil:
		return ""
	case string:
		return value
	case int:
		return strconv.Itoa(value)
	case Day:
		return time.Time(value).Format(time.DateOnly)
	case []string:
		return strings.Join(value, "; ")
	}
	panic(fmt.Sprintf("a cell of type %T", cell))
}

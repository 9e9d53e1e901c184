// Package sheet writes cells that a spreadsheet shows and does not run, and reads
// what a spreadsheet wrote.
package sheet

import "strings"

// starts are the characters with which a spreadsheet begins a formula, or skips
// what stands before one.
const starts = "=+-@\t\r\n\v\f|%\uff1d\uff0b\uff0d\uff20"

// Cell is a text as a CSV file has it: an apostrophe stands before what a
// spreadsheet might take for a formula. Pages that offer such a file say so.
func Cell(text string) string {
	if text != "" && strings.ContainsRune(starts, []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// Row is a row of such cells.
func Row(texts ...string) []string {
	for i, text := range texts {
		texts[i] = Cell(text)
	}
	return texts
}

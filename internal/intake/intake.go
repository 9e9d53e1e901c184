// Package intake brings cases in from spreadsheets: a file is looked at row by
// row first, and what is right in it is imported as a whole.
package intake

import (
	"fmt"
	"strings"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/sheet"
)

// MaxFile is the most bytes of a file.
const MaxFile = sheet.MostBytes

// State is how far an import is.
type State string

// The states of an import.
const (
	Uploaded  State = "uploaded"  // nobody has said what its columns are
	Checking  State = "checking"  // a job looks at every row
	Checked   State = "checked"   // what is wrong is known, and nothing is imported
	Importing State = "importing" // a job imports it
	Imported  State = "imported"  // what was right is among the cases; the file is not kept any more
	Failed    State = "failed"    // it could not be read or imported; Trouble says why
)

// Intake is a file that somebody uploaded.
type Intake struct {
	ID         string
	By         string // who uploaded it, a staff account's id; "" for the command line
	StartedBy  string // who had it imported, likewise; "" as long as nobody did
	Name       string // of the file
	Size       int64  // in bytes
	Headings   []string
	Samples    [][]string // the first values of each column; none once the file is not kept
	Mapping    []string   // the key of a Field by column; "" for one that is left out. What we guess while it is Uploaded
	Version    int        // how often somebody said what its columns are
	State      State
	Trouble    string // what went wrong, in words; "" unless Failed
	Rows       int    // in which something stands; 0 until they were looked at
	Right      int    // that can be imported, or were
	Wrong      int    // that cannot
	Remarks    int    // that can, with something to look at
	Done       int    // rows that the job under way has looked at
	At         time.Time
	ChangedAt  time.Time
	ImportedAt *time.Time // nil until it is
}

// Busy reports whether a job works on it.
func (i Intake) Busy() bool { return i.State == Checking || i.State == Importing }

// Missing are the fields that every row needs and that no column is: what to
// say to whoever chose the columns.
func (i Intake) Missing() []string { return missing(i.Mapping) }

// Remark is something to say about a row. It quotes nothing of the row.
type Remark struct {
	Column string `json:"column"` // its heading; "" for the row as a whole
	Words  string `json:"words"`
}

// Finding is a row about which there is something to say.
type Finding struct {
	Row      int      // as the spreadsheet counts it
	Problems []Remark // why it is not imported; none for a row that is
	Remarks  []Remark // what to look at
}

// SameFileError is a file that was imported before.
type SameFileError struct {
	ID   string // of the import
	Name string // what the file was called then
	By   string // a staff account's id; "" for the command line
	At   time.Time
}

// Error says which import has the file.
func (e *SameFileError) Error() string { return "the same file was imported as " + e.ID }

// Unwrap makes it a Conflict fault.
func (e *SameFileError) Unwrap() error { return fault.Conflict }

// What goes wrong with imports.
var (
	// ErrMapping is a choice of columns that no import can be made of; Missing
	// and Doubled say why.
	ErrMapping = fmt.Errorf("the columns are not chosen as they must be: %w", fault.Invalid)
	// ErrChoice is an import of other columns than those that somebody looked at.
	ErrChoice = fmt.Errorf("the columns were chosen again: %w", fault.Conflict)
	// ErrState is a step that an import is not at, or not any more.
	ErrState = fmt.Errorf("the import is at another step: %w", fault.Conflict)
)

// The actions of imports, as the audit calls them. What is imported is an
// "expression.import" for each case.
const (
	actionUpload  = "import.upload"
	actionCheck   = "import.check"
	actionStart   = "import.start"
	actionEnd     = "import.end"
	actionDiscard = "import.discard"
)

// Actions are what the audit calls what is done with imports.
func Actions() []string {
	return []string{actionUpload, actionCheck, actionStart, actionEnd, actionDiscard}
}

// missing are the labels of what no column is and every row needs.
func missing(mapping []string) []string {
	var none []string
	for _, need := range needs {
		if !need.met(mapping) {
			none = append(none, need.words)
		}
	}
	return none
}

// Doubled are the labels of the fields that several columns are, of which each
// row can have one.
func Doubled(mapping []string) []string {
	var doubled []string
	seen := map[string]int{}
	for _, key := range mapping {
		seen[key]++
	}
	for _, f := range fields {
		if seen[f.Key] > 1 && !f.Many {
			doubled = append(doubled, f.Label)
		}
	}
	return doubled
}

// shorten is a text of a cell as a sample of it.
func shorten(text string) string {
	const most = 60
	if !clean(text) {
		return "…"
	}
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// clean reports whether every character of a text can be kept and shown: no
// control characters but line ends and tabs, none that stands for one that was
// lost, and none that no XML file can hold.
func clean(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		control := r < 0x20 && !strings.ContainsRune("\n\r\t", r) || r >= 0x7f && r < 0xa0
		return control || r >= 0xfffd && r <= 0xffff
	})
}

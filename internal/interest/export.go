package interest

import (
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
)

// ExportFormat is a kind of file that cases are exported to.
type ExportFormat string

// The formats. CSV and JSON are sent while they are read; XLSX is a job's work.
const (
	CSV  ExportFormat = "csv"
	JSON ExportFormat = "json"
	XLSX ExportFormat = "xlsx"
)

var exportFormats = []Option{
	{Slug: string(CSV), Label: "CSV", Hint: "Opens in any spreadsheet. Any number of cases. An apostrophe stands before whatever a spreadsheet might take for a formula."},
	{Slug: string(XLSX), Label: "XLSX", Hint: "For Excel. Every text exactly as it was typed. Up to 100,000 cases. It is made in the background, and waits for you for a day."},
	{Slug: string(JSON), Label: "JSON", Hint: "For programs. Any number of cases."},
}

// ExportFormats are the kinds of file, as the form offers them.
func ExportFormats() []Option { return exportFormats }

// ExportState is how far an export is.
type ExportState string

// The states of an export.
const (
	ExportWaiting ExportState = "waiting" // for the job that writes it
	ExportRunning ExportState = "running"
	ExportDone    ExportState = "done"    // written whole; a kept file waits to be fetched
	ExportFetched ExportState = "fetched" // and is not kept any more
	ExportBroken  ExportState = "broken"  // ended before all was written
)

// ExportOrder is what somebody wants exported.
type ExportOrder struct {
	Filter Filter
	Search string // the id of the search whose text the filter has; "" for none
	Said   string // the filter in closed words
	Format ExportFormat
	Names  bool   // with names and contact details
	Leads  bool   // with the columns that leads alone export
	Nonce  string // the form's key: the same form orders once
}

// Validate gives an Invalid fault for an order that no page of ours offers.
func (o ExportOrder) Validate() error {
	if !has(exportFormats, string(o.Format)) || o.Nonce == "" {
		return fmt.Errorf("an export that nobody offers: %w", fault.Invalid)
	}
	return o.Filter.Validate()
}

// Export is a file of cases that somebody ordered.
type Export struct {
	ID      string
	MadeBy  string // a staff account's id
	AskedAt time.Time
	Format  ExportFormat
	Names   bool
	Leads   bool
	Filter  Filter // without the text of a search
	Search  string // the id of that
	Said    string
	State   ExportState
	Total   int // cases that the filter chose when it began
	Written int
	Size    int64 // bytes of the file that is kept; 0 where none is
	EndedAt *time.Time
}

// Columns are those of the export's file.
func (e Export) Columns() []ExportColumn { return ExportColumns(e.Names, e.Leads) }

// FileName is what the file is called.
func (e Export) FileName() string {
	return "expressions-" + DayOf(e.AskedAt).String() + "." + string(e.Format)
}

// The actions of exports, as the audit calls them.
const (
	exportBegun   = "expression.export"
	exportEnded   = "expression.export-end"
	exportFetched = "expression.export-fetch"
)

// ExportActions are what the audit calls what is done with exports.
func ExportActions() []string { return []string{exportBegun, exportEnded, exportFetched} }

func (e Export) entry(by By, action string) audit.Entry {
	names := "with"
	if !e.Names {
		names = "without"
	}
	detail := fmt.Sprintf("%s, %s names, %s", e.Format, names, e.Said)
	if action != exportBegun {
		detail = fmt.Sprintf("%s, %s, %d of %d rows", e.Format, e.State, e.Written, e.Total)
	}
	return audit.Entry{
		ActorKind: audit.Staff, ActorID: e.MadeBy, Action: action, SubjectKind: "export", SubjectID: e.ID,
		Outcome: audit.Done, RequestID: by.RequestID, Detail: detail,
	}
}

// ExportJob is the River job that writes an XLSX file: an id and nothing else.
type ExportJob struct {
	ExportID string `json:"export_id"`
}

// ExportQueue is the queue of such jobs: they are long, and none may keep mail
// waiting.
const ExportQueue = "export"

// ExportAttempts is how often a file is begun before it is given up.
const ExportAttempts = 3

// Kind is the job's name in River's tables.
func (ExportJob) Kind() string { return "export" }

// InsertOpts is what River itself would give the job.
func (ExportJob) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: ExportAttempts, Queue: ExportQueue}
}

// Own narrows a filter to the cases that somebody has; false where it asks for
// cases that somebody else has, or nobody.
func (f Filter) Own(accountID string) (Filter, bool) {
	if f.Assignee != "" && f.Assignee != accountID || f.Tab == Unassigned {
		return f, false
	}
	f.Assignee = accountID
	return f, true
}

// marks are the numbers of expressions, as bits in blocks.
type marks map[int64][]byte

// blockSize is how many numbers a block has.
const blockSize = 8192

func (m marks) add(number int64) {
	block := m[number/blockSize]
	if block == nil {
		block = make([]byte, blockSize/8)
		m[number/blockSize] = block
	}
	// As Postgres's get_bit counts: the lowest bit of a byte first.
	place := number % blockSize
	block[place/8] |= 1 << (place % 8)
}

package sheet

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// MostXLSX is how many rows of cells an XLSX file gets at most: more is a file
// that office computers do not open. CSV has no such end.
const MostXLSX = 100_000

// xlsxSheet is the name of the one sheet.
const xlsxSheet = "Expressions"

// XLSX writes a workbook. Texts are typed as such, so that a spreadsheet runs
// none of them and each is read back as it was; days are days. Rows wait in a
// temporary file, since the format has its index at the end.
type XLSX struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	day    int // the style of days
	rows   int
}

// NewXLSX begins a workbook whose temporary files are in a folder.
func NewXLSX(folder string, columns []Column) (*XLSX, error) {
	x := &XLSX{file: excelize.NewFile(excelize.Options{TmpDir: folder})}
	err := x.begin(columns)
	if err != nil {
		_ = x.file.Close()
		return nil, fmt.Errorf("beginning an XLSX file: %w", err)
	}
	return x, nil
}

func (x *XLSX) begin(columns []Column) error {
	if err := x.file.SetSheetName("Sheet1", xlsxSheet); err != nil {
		return err
	}
	layout := "dd/mm/yyyy"
	var err error
	if x.day, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &layout}); err != nil {
		return err
	}
	bold, err := x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if x.stream, err = x.file.NewStreamWriter(xlsxSheet); err != nil {
		return err
	}
	if err := x.stream.SetColWidth(1, len(columns), 22); err != nil {
		return err
	}
	if err := x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	headings := make([]any, len(columns))
	for i, column := range columns {
		headings[i] = excelize.Cell{StyleID: bold, Value: column.Heading}
	}
	return x.write(headings)
}

// Row writes a row.
func (x *XLSX) Row(cells []any) error {
	if x.rows > MostXLSX {
		return fmt.Errorf("more than %d rows in an XLSX file", MostXLSX)
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		switch value := cell.(type) {
		case nil, int:
			row[i] = value
		case Day:
			row[i] = excelize.Cell{StyleID: x.day, Value: time.Time(value)}
		default:
			row[i] = text(value)
		}
	}
	return x.write(row)
}

func (x *XLSX) write(cells []any) error {
	x.rows++
	return x.stream.SetRow(fmt.Sprintf("A%d", x.rows), cells)
}

// Close ends the sheet; WriteTo gives the file.
func (x *XLSX) Close() error { return x.stream.Flush() }

// WriteTo writes the workbook, once its sheet is ended.
func (x *XLSX) WriteTo(w io.Writer) (int64, error) { return x.file.WriteTo(w) }

// Remove removes the temporary files.
func (x *XLSX) Remove() error { return x.file.Close() }

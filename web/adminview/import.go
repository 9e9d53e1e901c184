package adminview

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// ImportsURL is where a file of cases is uploaded, by POST.
func ImportsURL() string { return ExpressionsURL() + "/import" }

// ImportHeadingsURL is an empty file with our headings.
func ImportHeadingsURL() string { return ImportsURL() + "/headings.csv" }

// ImportURL is one file of cases; a POST says what its columns are.
func ImportURL(id string) string { return ImportsURL() + "/" + url.PathEscape(id) }

// ImportColumnsURL asks again what the columns of a file are.
func ImportColumnsURL(id string) string { return ImportURL(id) + "?columns=yes" }

// ImportProblemsURL is what was found in a file, as a file.
func ImportProblemsURL(id string) string { return ImportURL(id) + "/problems.csv" }

// ImportStartURL imports the rows that are right, by POST.
func ImportStartURL(id string) string { return ImportURL(id) + "/start" }

// ImportDiscardURL takes a file away, by POST.
func ImportDiscardURL(id string) string { return ImportURL(id) + "/discard" }

// FileField is the name of the field that takes the file.
const FileField = "file"

// accepted are the files that browsers offer first.
const accepted = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// columnsField stands for all of the columns together.
const columnsField = "columns"

// ColumnField is the name of the field that says what a column is.
func ColumnField(column int) string { return "column-" + strconv.Itoa(column+1) }

func (v Imports) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, f := range v.Files {
		rows = append(rows, []component.TableCell{
			{Text: f.Name, Href: ImportURL(f.ID), Classes: "app-break"}, {Text: moment(f.At) + " by " + importedBy(f.By, v.Staff)}, {Text: importState(f)},
		})
	}
	return rows
}

// importedBy is who brought a file.
func importedBy(id string, staff map[string]string) string {
	if id == "" {
		return "the command line"
	}
	if name := staff[id]; name != "" {
		return name
	}
	return "somebody whose account is gone"
}

// SameFile says that a file was imported before.
func SameFile(e *intake.SameFileError, staff map[string]string) string {
	return "This file was imported already, as " + e.Name + ", on " + moment(e.At) + " by " + importedBy(e.By, staff) + ". Choose another file"
}

// importState says where a file is.
func importState(f intake.Intake) string {
	switch f.State {
	case intake.Uploaded:
		return "Say what its columns are"
	case intake.Checking:
		return "Its rows are checked"
	case intake.Checked:
		return "Checked: nothing is imported yet"
	case intake.Importing:
		return "Its rows are imported"
	case intake.Imported:
		return count(f.Right, "case") + " imported"
	}
	return "Nothing was imported"
}

// selects ask for each column what it is.
func (v Import) selects() []component.Select {
	selects := make([]component.Select, len(v.File.Headings))
	for i, heading := range v.File.Headings {
		name := ColumnField(i)
		selects[i] = component.Select{
			Name: name, Items: fieldItems(), Value: v.chosen(i), ErrorMessage: message(v.Errors, name),
			Label: component.Label{Text: columnName(i, heading), Size: "s"}, Hint: component.Hint{Text: v.sample(i)},
		}
	}
	return selects
}

func (v Import) chosen(column int) string {
	if column < len(v.Mapping) {
		return v.Mapping[column]
	}
	return ""
}

// columnName names a column as the spreadsheet does where it has no heading.
func columnName(i int, heading string) string {
	if heading == "" {
		return "Column " + columnLetters(i) + ", which has no heading"
	}
	return heading
}

// columnLetters are those by which spreadsheets call a column: A, B, … Z, AA.
func columnLetters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnLetters(i/26-1) + string(rune('A'+i%26))
}

// sample says what stands in a column.
func (v Import) sample(column int) string {
	var values []string
	if column < len(v.File.Samples) {
		for _, value := range v.File.Samples[column] {
			if value != "" {
				values = append(values, "“"+value+"”")
			}
		}
	}
	unknown := ""
	if v.File.State == intake.Uploaded && v.File.Mapping[column] == "" {
		unknown = "We do not know this heading. "
	}
	if len(values) == 0 {
		return unknown + "The first rows have nothing in this column."
	}
	return unknown + "For example " + strings.Join(values, ", ")
}

func fieldItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Leave this column out"}}
	for _, f := range intake.Fields() {
		items = append(items, component.SelectItem{Value: f.Key, Text: f.Label})
	}
	return items
}

// summary are the figures of a file.
func (v Import) summary() []component.SummaryRow {
	f := v.File
	rows := []component.SummaryRow{row("Uploaded", moment(f.At)+" by "+importedBy(f.By, v.Staff)), row("Rows", component.Number(f.Rows))}
	switch f.State {
	case intake.Checking:
		return append(rows, row("Checked so far", component.Number(f.Done)))
	case intake.Importing:
		return append(rows, row("Imported so far", component.Number(f.Done)))
	case intake.Checked:
		return append(rows, row("Can be imported", component.Number(f.Right)), row("Have a problem", component.Number(f.Wrong)), row("Have something to look at", component.Number(f.Remarks)))
	case intake.Imported:
		rows = append(rows, row("Imported", count(f.Right, "case")), row("Left out, with a problem", component.Number(f.Wrong)))
		if f.ImportedAt != nil {
			rows = append(rows, row("When", moment(*f.ImportedAt)))
		}
	}
	return rows
}

// Title is what the page is about, by how far the file is.
func (v Import) Title() string {
	switch {
	case v.Columns:
		return "Say what the columns are"
	case v.File.State == intake.Checking:
		return "The rows are being checked"
	case v.File.State == intake.Checked:
		return "Check what would be imported"
	case v.File.State == intake.Importing:
		return "The rows are being imported"
	case v.File.State == intake.Imported:
		return count(v.File.Right, "expression") + " imported"
	}
	return "Nothing was imported"
}

// MappingErrors says what is wrong with a choice of columns, by the form's field
// names.
func MappingErrors(in intake.Intake, mapping []string) validate.Errors {
	var errs validate.Errors
	in.Mapping = mapping
	if missing := in.Missing(); len(missing) > 0 {
		errs.Add(columnsField, "Select a column for: "+strings.Join(missing, "; "))
	}
	for _, doubled := range intake.Doubled(mapping) {
		column := lastOf(doubled, mapping)
		errs.Add(ColumnField(column), "Select one column alone for "+doubled)
	}
	return errs
}

// lastOf is the last column that is a field, by the field's label.
func lastOf(label string, mapping []string) int {
	for _, f := range intake.Fields() {
		for column := len(mapping) - 1; f.Label == label && column >= 0; column-- {
			if mapping[column] == f.Key {
				return column
			}
		}
	}
	return 0
}

func (v Import) progressWords() string {
	if v.File.State == intake.Importing {
		return "The rows are being imported: all of them, or none if something goes wrong."
	}
	return "The rows are being checked. Nothing is imported yet."
}

// restWords say what becomes of the rows that are not right.
func (v Import) restWords() string {
	switch v.File.Wrong {
	case 0:
		return "Every row can be imported."
	case 1:
		return "The row with a problem is left out. Correct it in the spreadsheet, and upload that row as a file of its own afterwards."
	}
	return "The " + count(v.File.Wrong, "row") + " with a problem are left out. Correct them in the spreadsheet, and upload those rows as a file of their own afterwards."
}

func (v Import) startWords() string {
	switch {
	case v.File.Wrong == 0:
		return "Import " + count(v.File.Right, "row")
	case v.File.Right == 1:
		return "Import the 1 row that is right"
	}
	return "Import the " + count(v.File.Right, "row") + " that are right"
}

// findingRows are the rows about which there is something to say.
func (v Import) findingRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, f := range v.Found {
		rows = append(rows, []component.TableCell{
			{Text: component.Number(f.Row)}, {Text: WillImport(f)}, {HTML: findings(FindingWords(f))},
		})
	}
	return rows
}

// WillImport says whether a row is imported.
func WillImport(f intake.Finding) string {
	if len(f.Problems) > 0 {
		return "No"
	}
	return "Yes"
}

// FindingWords are what is wrong with a row and what to look at, each with the
// column that it is about.
func FindingWords(f intake.Finding) []string {
	var words []string
	for _, one := range slices.Concat(f.Problems, f.Remarks) {
		if one.Column == "" {
			words = append(words, one.Words)
		} else {
			words = append(words, one.Column+": "+one.Words)
		}
	}
	return words
}

// caseRows are the rows of the file that are cases now.
func (v Import) caseRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, c := range v.Cases {
		rows = append(rows, []component.TableCell{{Text: component.Number(c.Row)}, {Text: c.Reference, Href: ExpressionURL(c.Reference), Classes: "app-whole"}})
	}
	return rows
}

// nextCases is the page with the cases after those that are shown; "" for none.
func (v Import) nextCases() string {
	if len(v.Cases) < intake.PageSize {
		return ""
	}
	return ImportURL(v.File.ID) + "?after-case=" + strconv.Itoa(v.Cases[len(v.Cases)-1].Row)
}

// next is the page with the rows after those that are shown; "" for none.
func (v Import) next() string {
	if len(v.Found) < intake.PageSize {
		return ""
	}
	return ImportURL(v.File.ID) + "?after=" + strconv.Itoa(v.Found[len(v.Found)-1].Row)
}

// cases is the list that the imported cases are in.
func (v Import) cases() Filter { return Filter{}.In(interest.All) }

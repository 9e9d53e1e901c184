package intake_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/sheet"
)

const (
	heads = "Surname,First name,E-mail,Mobile,Profession,Date received,Status,Reason,HCPC number,Comments,Case number"
	row1  = "Lovelace,Ada,ada@example.org,,Diagnostic radiographer,28/02/2026,On placement,,RA12345,Rang twice,OLD-1"
	row2  = "Nightingale,Flo,,07700 900000,Dietitian,2026-03-01,,,,,"
)

func TestAFileIsLookedAtAndThenImportedAsAWhole(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.mustUpload(heads, row1, row2, "Nobody,,,,Plumber,1 March,Lost,,,,")
	if want := []string{"last_name", "first_name", "email", "phone", "profession", "received", "stage", "reason", "register_number", "notes", "reference"}; !slices.Equal(i.Mapping, want) {
		t.Fatalf("guessed %q, want %q", i.Mapping, want)
	}
	if !slices.Equal(i.Samples[0], []string{"Lovelace", "Nightingale", "Nobody"}) {
		t.Errorf("samples %q", i.Samples)
	}
	i = o.mustCheck(i)
	if i.Rows != 3 || i.Right != 2 || i.Wrong != 1 {
		t.Errorf("%d rows, %d right, %d wrong, want 3, 2 and 1: %+v", i.Rows, i.Right, i.Wrong, o.findings(i))
	}
	found := o.findings(i)
	if len(found) != 1 || found[0].Row != 4 || len(found[0].Problems) != 4 {
		t.Errorf("findings %+v, want the 4 of row 4", found)
	}
	if n := o.count(`select count(*) from expression`); n != 0 {
		t.Errorf("%d cases after a check, want none", n)
	}
	i = o.mustImport(i)
	if i.Right != 2 || i.ImportedAt == nil || len(i.Samples) != 0 || o.count(`select count(*) from intake where file is not null`) != 0 {
		t.Errorf("imported %+v, want 2 rows and nothing kept of the file", i)
	}
	var reference string
	if err := o.pool.QueryRow(t.Context(), `select reference from expression where import_row = 2`).Scan(&reference); err != nil {
		t.Fatal(err)
	}
	c, err := o.cases.ByReference(t.Context(), reference)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range slices.Backward(c.Events) {
		kinds = append(kinds, string(e.Kind)+" "+string(e.To))
	}
	if got := strings.Join(kinds, ", "); got != "received , moved contacted, moved finding-placement, moved updating, imported , noted " {
		t.Errorf("timeline %s", got)
	}
	if c.Stage != interest.Updating || c.Answers.Name.Full != "Ada Lovelace" || c.Answers.Branch.Slug != "diagnostic-radiographers" || interest.DayOf(c.ReceivedAt).String() != "2026-02-28" {
		t.Errorf("case %+v", c)
	}
	if c.Result.Known() || c.Events[0].Note != "Rang twice" || c.Events[1].Note != "Its reference in the file: OLD-1" {
		t.Errorf("events %+v, result %+v", c.Events[:2], c.Result)
	}
	o2, there, err := o.intake.Origin(t.Context(), c.ID)
	if err != nil || !there || o2.Row != 2 || o2.Name != "cases.csv" || o2.By != o.lead.ID {
		t.Errorf("Origin() = %+v, %v, %v", o2, there, err)
	}
	if n := o.count(`select count(*) from mail`); n != 1 { // the lead's invitation
		t.Errorf("%d mails, want none about the cases", n)
	}
}

func TestTheSameFileIsImportedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, second := o.mustUpload(heads, row2), o.mustUpload(heads, row2)
	o.mustImport(o.mustCheck(first))
	_, err := o.intake.Upload(t.Context(), o.by(), "again.csv", []byte(heads+"\r\n"+row2))
	var same *intake.SameFileError
	if !errors.As(err, &same) || same.ID != first.ID || same.By != o.lead.ID || !errors.Is(err, fault.Conflict) {
		t.Errorf("Upload(again) = %v, want the import that has it", err)
	}
	second = o.mustCheck(second)
	if err := o.intake.Import(t.Context(), o.by(), second.ID, second.Version); err != nil {
		t.Fatal(err)
	}
	if err := o.intake.Run(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if i := o.mustGet(second.ID, intake.Failed); i.Trouble == "" || o.count(`select count(*) from expression`) != 1 {
		t.Errorf("second import %+v, want it to have failed", i)
	}
}

func TestWhatCannotBeReadSaysWhatToDo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, file := range map[string]string{
		"empty": "", "headings alone": heads, "an old workbook": "\xd0\xcf\x11\xe0rest", "no workbook": "PK\x03\x04rest", "no headings": row1 + "\n" + row2, "a picture": "GIF\x00", "a quotation mark": heads + "\n\"a\"b,c",
	} {
		_, err := o.intake.Upload(t.Context(), o.by(), name, []byte(file))
		var broken *sheet.UnreadableError
		if !errors.As(err, &broken) || broken.Words == "" {
			t.Errorf("Upload(%s) = %v, want words", name, err)
		}
	}
	if _, err := o.intake.Upload(t.Context(), o.by(), "large", make([]byte, intake.MaxFile+1)); !errors.Is(err, fault.TooLarge) {
		t.Errorf("Upload(large) = %v, want TooLarge", err)
	}
}

func TestAWorkbookIsImportedAsACSVFileIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	file := workbook(t, strings.Split(heads, ","), strings.Split(row1, ","), strings.Split(row2, ","))
	i, err := o.intake.Upload(t.Context(), o.by(), "cases.xlsx", file)
	if err != nil {
		t.Fatalf("Upload() = %v", err)
	}
	if i = o.mustImport(o.mustCheck(i)); i.Right != 2 || i.Wrong != 0 {
		t.Errorf("%d rows right and %d wrong, want 2 and 0: %+v", i.Right, i.Wrong, o.findings(i))
	}
}

func TestAColumnWithoutAHeadingIsCalledByItsPlace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if i := o.mustUpload("Name,,Email address", "Ada,x,ada@example.org"); !slices.Equal(i.Headings, []string{"Name", "Column 2", "Email address"}) {
		t.Errorf("headings %q", i.Headings)
	}
}

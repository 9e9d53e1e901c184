package intake_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/sheet"
)

// notTaken are the columns of an export that no import takes, and why.
var notTaken = map[string]string{
	"Due":                  "the portal works it out from what happened while the case was here, which no file has",
	"Days of updating":     "they are worked out again, for the day on which the form came",
	"Version of the rules": "it belongs to them",
	"Email":                "whether mail arrives is found out again",
	"Set aside because":    "a file is made by people",
}

// whole is a file with every column of a lead's export of all cases.
func whole(t *testing.T, pool *pgxpool.Pool, by string, format interest.ExportFormat) []byte {
	t.Helper()
	o := office{t: t, pool: pool}
	x := &interest.Exporter{Store: o.store(), Reads: pool}
	words := interest.ExportWords{Organisations: map[string]string{}, Staff: map[string]string{}}
	for table, names := range map[string]map[string]string{"organisation": words.Organisations, "staff_account": words.Staff} {
		key := map[string]string{"organisation": "slug", "staff_account": "id::text"}[table]
		rows, err := pool.Query(t.Context(), `select `+key+`, name from `+table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id, name string
			if err := rows.Scan(&id, &name); err != nil {
				t.Fatal(err)
			}
			names[id] = name
		}
	}
	order := interest.ExportOrder{Filter: interest.Filter{Tab: interest.All, Sort: interest.ByReceived}, Format: format, Names: true, Leads: true, Nonce: string(format) + by}
	var file bytes.Buffer
	if format == interest.CSV {
		err := x.Stream(t.Context(), interest.By{StaffID: by}, order, words, func(e interest.Export) (sheet.Writer, error) {
			var columns []sheet.Column
			for _, column := range e.Columns() {
				columns = append(columns, column.Column)
			}
			return sheet.NewCSV(&file, columns)
		})
		if err != nil {
			t.Fatalf("Stream() = %v", err)
		}
		return file.Bytes()
	}
	made, err := x.Store.Order(t.Context(), interest.By{StaffID: by}, order)
	if err == nil {
		err = x.Write(t.Context(), made.ID, "", t.TempDir(), words)
	}
	if err == nil {
		err = x.Store.Fetch(t.Context(), interest.By{StaffID: by}, made.ID, func(interest.Export) (io.Writer, error) { return &file, nil })
	}
	if err != nil {
		t.Fatalf("exporting = %v", err)
	}
	return file.Bytes()
}

// cells are the rows of a file by the reference of their case, without what no
// import takes.
func cells(t *testing.T, file []byte) map[string]map[string]string {
	t.Helper()
	in, err := sheet.Open(file)
	if err != nil {
		t.Fatalf("Open() = %v", err)
	}
	all := map[string]map[string]string{}
	for {
		record, err := in.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("Next() = %v", err)
		}
		row := map[string]string{}
		for i, heading := range in.Headings {
			if notTaken[heading] == "" {
				row[heading] = record.Cells[i]
			}
		}
		all[row["Reference"]] = row
	}
}

// TestWhatIsExportedIsImportedAsItWas takes invented cases of every stage from
// one portal to an empty one, and compares what both export.
func TestWhatIsExportedIsImportedAsItWas(t *testing.T) {
	t.Parallel()
	from := postgrestest.NewDatabase(t)
	if err := content.Import(t.Context(), from, pack.Files); err != nil {
		t.Fatal(err)
	}
	report, err := demo.Fill(t.Context(), postgrestest.Owner(t, from), demo.Options{Expressions: 400, Seed: 5, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []interest.ExportFormat{interest.XLSX, interest.CSV} {
		file := whole(t, from, report.Staff[0].ID, format)
		o := newOffice(t)
		if err := content.Import(t.Context(), o.pool, pack.Files); err != nil {
			t.Fatal(err)
		}
		for _, account := range report.Staff {
			if _, err := o.pool.Exec(t.Context(), `insert into staff_account (email, name, role, created_at) values ($1, $2, $3, $4)`,
				account.Email, account.Name, account.Role, now); err != nil {
				t.Fatal(err)
			}
		}
		i, err := o.intake.Upload(t.Context(), o.by(), "expressions."+string(format), file)
		if err != nil {
			t.Fatal(err)
		}
		i = o.mustCheck(i)
		want := cells(t, file)
		if i.Right != len(want) || i.Wrong != 0 {
			t.Errorf("%s: %d of %d rows are right: %+v", format, i.Right, len(want), o.problems(i))
		}
		o.mustImport(i)
		got := cells(t, whole(t, o.pool, o.lead.ID, format))
		compare(t, string(format), got, want)
		o.coherent()
	}
}

func compare(t *testing.T, format string, got, want map[string]map[string]string) {
	t.Helper()
	if len(got) != len(want) || len(want) < 100 {
		t.Errorf("%s: %d cases, want %d", format, len(got), len(want))
	}
	stages := map[string]bool{}
	for reference, row := range want {
		stages[row["Stage"]] = true
		if row["Whose turn"] == "The returner’s" {
			row["Whose turn"] = "Ours" // what they were asked is in no file
		}
		for heading, cell := range row {
			if got[reference][heading] != cell {
				t.Errorf("%s: %s of %s is %q, want %q", format, heading, reference, got[reference][heading], cell)
			}
		}
	}
	if len(stages) != len(interest.Stages()) {
		t.Errorf("%s: cases of %d stages, want all", format, len(stages))
	}
}

func (o *office) problems(i intake.Intake) []intake.Finding {
	var all []intake.Finding
	for _, f := range o.findings(i) {
		if len(f.Problems) > 0 {
			all = append(all, f)
		}
	}
	return all[:min(len(all), 5)]
}

// coherent holds that timelines lead to where cases stand, and that nobody is
// told of what was imported.
func (o *office) coherent() {
	o.t.Helper()
	for what, sql := range map[string]string{
		"cases whose last move is not to their stage": `
			select count(*) from expression e where import_id is not null and stage <> coalesce(
				(select to_stage from event where expression_id = e.id and kind = 'moved' order by id desc limit 1), 'received')`,
		"moves that do not begin where the one before ended": `
			select count(*) from (select from_stage, lag(to_stage, 1, 'received') over (partition by expression_id order by id) as was
				from event where kind = 'moved') m where from_stage <> was`,
		"cases whose timeline does not say once that they came": `
			select count(*) from expression e where import_id is not null
				and (select count(*) from event where expression_id = e.id and kind = 'imported') <> 1`,
		"cases without an entry of the audit": `
			select count(*) from expression e where import_id is not null
				and not exists (select from audit_event where subject_id = e.id::text and action = 'expression.import')`,
		"mails to returners": `select count(*) from mail where subject_id in (select id::text from expression)`,
	} {
		if n := o.count(sql); n != 0 {
			o.t.Errorf("%d %s, want none", n, what)
		}
	}
}

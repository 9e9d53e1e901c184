package intake_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// now is when files are imported.
var now = time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)

// office is a database into which cases are imported.
type office struct {
	t      *testing.T
	pool   *pgxpool.Pool
	intake *intake.Store
	cases  *interest.Store
	staff  *staff.Store
	lead   staff.Account
}

func newOffice(t *testing.T) *office {
	t.Helper()
	pool := postgrestest.NewDatabase(t)
	updatingtest.Fill(t, pool)
	at := func() time.Time { return now }
	o := &office{
		t: t, pool: pool, intake: &intake.Store{DB: pool, Now: at, Random: rand.Reader},
		staff: &staff.Store{DB: pool, Now: at, Outbox: mail.NewOutbox()},
	}
	o.cases = o.store()
	o.lead = o.account("Ada Okafor", staff.Lead)
	return o
}

func (o *office) account(name string, role staff.Role) staff.Account {
	o.t.Helper()
	address := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@example.org"
	account, err := o.staff.Add(o.t.Context(), staff.By{}, staff.NewAccount{Email: address, Name: name, Role: role})
	if err != nil {
		o.t.Fatalf("Add(%s) = %v", name, err)
	}
	return account
}

func (o *office) store() *interest.Store {
	return &interest.Store{DB: o.pool, Outbox: mail.NewOutbox(), Now: func() time.Time { return now }, Random: rand.Reader}
}

func (o *office) by() interest.By { return interest.By{StaffID: o.lead.ID} }

// mustUpload uploads a file of lines.
func (o *office) mustUpload(lines ...string) intake.Intake {
	o.t.Helper()
	i, err := o.intake.Upload(o.t.Context(), o.by(), "cases.csv", []byte(strings.Join(lines, "\r\n")))
	if err != nil {
		o.t.Fatalf("Upload() = %v", err)
	}
	return i
}

// mustCheck takes the columns as they are guessed, and checks a file.
func (o *office) mustCheck(i intake.Intake) intake.Intake {
	o.t.Helper()
	if err := o.intake.Map(o.t.Context(), o.by(), i.ID, i.Mapping); err != nil {
		o.t.Fatalf("Map(%q) = %v", i.Mapping, err)
	}
	if err := o.intake.Check(o.t.Context(), i.ID); err != nil {
		o.t.Fatalf("Check() = %v", err)
	}
	return o.mustGet(i.ID, intake.Checked)
}

func (o *office) mustGet(id string, want intake.State) intake.Intake {
	o.t.Helper()
	i, err := o.intake.Get(o.t.Context(), id)
	if err != nil || i.State != want {
		o.t.Fatalf("Get() = %+v, %v, want it %s", i, err, want)
	}
	return i
}

// mustImport imports a file that was checked.
func (o *office) mustImport(i intake.Intake) intake.Intake {
	o.t.Helper()
	if err := o.intake.Import(o.t.Context(), o.by(), i.ID, i.Version); err != nil {
		o.t.Fatalf("Import() = %v", err)
	}
	if err := o.intake.Run(o.t.Context(), i.ID); err != nil {
		o.t.Fatalf("Run() = %v", err)
	}
	return o.mustGet(i.ID, intake.Imported)
}

func (o *office) findings(i intake.Intake) []intake.Finding {
	o.t.Helper()
	found, err := o.intake.AllProblems(o.t.Context(), i.ID)
	if err != nil {
		o.t.Fatalf("AllProblems() = %v", err)
	}
	return found
}

func (o *office) count(sql string, args ...any) int {
	o.t.Helper()
	var n int
	if err := o.pool.QueryRow(o.t.Context(), sql, args...).Scan(&n); err != nil {
		o.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// workbook is an XLSX file of texts, the first row of which are headings.
func workbook(t testing.TB, rows ...[]string) []byte {
	t.Helper()
	columns := make([]sheet.Column, len(rows[0]))
	for i, heading := range rows[0] {
		columns[i] = sheet.Column{Key: fmt.Sprint(i), Heading: heading}
	}
	x, err := sheet.NewXLSX(t.TempDir(), columns)
	if err != nil {
		t.Fatalf("NewXLSX() = %v", err)
	}
	defer func() { _ = x.Remove() }()
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell
		}
		if err := x.Row(cells); err != nil {
			t.Fatalf("Row() = %v", err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatalf("Close() = %v", err)
	}
	var file bytes.Buffer
	if _, err := x.WriteTo(&file); err != nil {
		t.Fatalf("WriteTo() = %v", err)
	}
	return file.Bytes()
}

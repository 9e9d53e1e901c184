package intake_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/staff"
)

// many is a file of so many cases, one in ten of which is wrong.
func many(n int, mark string) []string {
	lines := []string{heads}
	for i := range n {
		email := fmt.Sprintf("%s%d@example.org", mark, i)
		if i%10 == 9 {
			email = "nowhere"
		}
		lines = append(lines, fmt.Sprintf("Nr %d,Ada,%s,,Dietitian,%d/03/2026,placed,,DT%05d,rang,%s-%d", i, email, 1+i%28, i, mark, i))
	}
	return lines
}

// once holds that a file of n cases is there as a whole, and once.
func (o *office) once(n int) {
	o.t.Helper()
	for what, sql := range map[string]string{
		"cases":      `select count(*) from expression where stage = 'updating'`,
		"rows":       `select count(distinct (import_id, import_row)) from expression`,
		"arrivals":   `select count(*) from event where kind = 'imported'`,
		"notes":      `select count(*) from event_detail d join event e on e.id = d.event_id where kind = 'noted'`,
		"audit rows": `select count(*) from audit_event where action = 'expression.import'`,
	} {
		if got := o.count(sql); got != n {
			o.t.Errorf("%d %s, want %d", got, what, n)
		}
	}
}

// run makes an import as a job does, which comes back where another run makes it.
func (o *office) run(id string) error {
	err := intake.ErrBusy
	for errors.Is(err, intake.ErrBusy) {
		err = o.intake.Run(context.Background(), id)
	}
	return err
}

// TestAnImportThatIsKilledIsThereOnceOrNotAtAll has several runs of one import at
// once, each of which is cut off again and again in the middle, and looks
// between them.
func TestAnImportThatIsKilledIsThereOnceOrNotAtAll(t *testing.T) {
	t.Parallel()
	const rows = 1200
	o := newOffice(t)
	i := o.mustCheck(o.mustUpload(many(rows, "k")...))
	if err := o.intake.Import(t.Context(), o.by(), i.ID, i.Version); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	barrier := make(chan struct{})
	for run := range 3 {
		dice := rand.New(rand.NewPCG(uint64(run), 1))
		wait.Go(func() {
			<-barrier
			for range 12 {
				ctx, cut := context.WithTimeout(context.Background(), time.Duration(dice.IntN(400))*time.Millisecond)
				// An error is the cut: what it undid is done by the next run.
				_ = o.intake.Run(ctx, i.ID)
				cut()
				if n := o.count(`select count(*) from expression`); n != 0 && n != rows*9/10 {
					t.Errorf("%d cases between two runs, want all or none", n)
				}
			}
		})
	}
	close(barrier)
	wait.Wait()
	if err := o.run(i.ID); err != nil {
		t.Fatalf("Run() = %v", err)
	}
	if i = o.mustGet(i.ID, intake.Imported); i.Right != rows*9/10 || i.Wrong != rows/10 || i.Done != rows {
		t.Errorf("imported %+v", i)
	}
	o.once(rows * 9 / 10)
	if n := len(o.findings(i)); n != rows/10 {
		t.Errorf("%d findings, want those of the wrong rows", n)
	}
}

func TestTwoImportsOfOneFileAtOnceMakeOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := many(300, "t")
	var all []intake.Intake
	for range 4 {
		i := o.mustCheck(o.mustUpload(lines...))
		if err := o.intake.Import(t.Context(), o.by(), i.ID, i.Version); err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	var wait sync.WaitGroup
	barrier := make(chan struct{})
	for _, i := range all {
		wait.Go(func() {
			<-barrier
			if err := o.run(i.ID); err != nil {
				t.Errorf("Run() = %v, want it to say itself that it failed", err)
			}
		})
	}
	close(barrier)
	wait.Wait()
	states := map[intake.State]int{}
	for _, i := range all {
		got, err := o.intake.Get(t.Context(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		states[got.State]++
	}
	if states[intake.Imported] != 1 || states[intake.Failed] != 3 {
		t.Errorf("states %v, want one imported and three failed", states)
	}
	o.once(270)
}

// TestNobodyTakesAnImportFromTheRunThatMakesIt holds the lock of a run, as a
// long one does beside which another is begun, and a job that gives up.
func TestNobodyTakesAnImportFromTheRunThatMakesIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.mustCheck(o.mustUpload(heads, row1))
	if err := o.intake.Import(t.Context(), o.by(), i.ID, i.Version); err != nil {
		t.Fatal(err)
	}
	err := postgres.InTx(t.Context(), o.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `select pg_advisory_xact_lock(hashtextextended('import ' || encode(sha256, 'hex'), 0)) from intake`); err != nil {
			return err
		}
		ctx, cut := context.WithTimeout(t.Context(), 20*time.Second) // it waits for ever otherwise
		defer cut()
		if err := o.intake.Run(ctx, i.ID); !errors.Is(err, intake.ErrBusy) {
			t.Errorf("Run() beside another = %v, want ErrBusy", err)
		}
		if err := o.intake.GiveUp(ctx, i.ID, "It took too long."); !errors.Is(err, intake.ErrBusy) {
			t.Errorf("GiveUp() beside a run = %v, want ErrBusy", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.intake.Run(t.Context(), i.ID); err != nil {
		t.Errorf("Run() = %v, want nil", err)
	}
	o.mustGet(i.ID, intake.Imported)
}

// TestTwoFilesWithOneReferenceMakeOneCaseOfIt imports two files at once that
// have the same references.
func TestTwoFilesWithOneReferenceMakeOneCaseOfIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var ids []string
	for n := range 2 {
		i := o.mustCheck(o.mustUpload("Name,Email address,Profession,Received,Reference",
			fmt.Sprintf("Ada %d,a@example.org,Dietitian,1/3/2026,K7M-4XPD", n)))
		if err := o.intake.Import(t.Context(), o.by(), i.ID, i.Version); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, i.ID)
	}
	var wait sync.WaitGroup
	for _, id := range ids {
		wait.Go(func() {
			for range 3 { // as the job does
				if o.intake.Run(context.Background(), id) == nil {
					return
				}
			}
			t.Error("Run() fails again and again")
		})
	}
	wait.Wait()
	if n := o.count(`select count(*) from expression`); n != 1 {
		t.Errorf("%d cases, want one", n)
	}
	states := map[intake.State]int{}
	for _, id := range ids {
		i, err := o.intake.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		states[i.State]++
	}
	if states[intake.Imported] != 1 || states[intake.Failed] != 1 {
		t.Errorf("states %v, want one imported and one failed", states)
	}
}

func TestAnImportStopsWhereItMayNotGoOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reviewer := o.account("Ben Reviewer", staff.Reviewer)
	i := o.mustCheck(o.mustUpload(heads, row1))
	if err := o.intake.Import(t.Context(), interest.By{StaffID: reviewer.ID}, i.ID, i.Version); err != nil {
		t.Fatal(err)
	}
	if err := o.intake.Run(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	if i = o.mustGet(i.ID, intake.Failed); i.Trouble == "" || o.count(`select count(*) from expression`) != 0 {
		t.Errorf("import of an account that may not: %+v", i)
	}
	i = o.mustCheck(i) // the columns are chosen again, and somebody else imports it
	o.mustImport(i)
	for what, err := range map[string]error{
		"Map":     o.intake.Map(t.Context(), o.by(), i.ID, i.Mapping),
		"Import":  o.intake.Import(t.Context(), o.by(), i.ID, i.Version),
		"Discard": o.intake.Discard(t.Context(), o.by(), i.ID),
	} {
		if !errors.Is(err, intake.ErrState) {
			t.Errorf("%s(imported) = %v, want ErrState", what, err)
		}
	}
	for what, err := range map[string]error{
		"Check": o.intake.Check(t.Context(), i.ID), "Run": o.intake.Run(t.Context(), i.ID),
		"Check of none": o.intake.Check(t.Context(), "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"), "Run of none": o.intake.Run(t.Context(), "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"),
	} {
		if err != nil {
			t.Errorf("%s = %v, want nothing done", what, err)
		}
	}
	o.mustGet(i.ID, intake.Imported)
}

func TestWhatNobodyOffersIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.mustUpload(heads, row1)
	for what, mapping := range map[string][]string{
		"too few": i.Mapping[1:], "a field that there is not": append(slices.Clone(i.Mapping[:10]), "stage_reason"),
		"none": make([]string, len(i.Mapping)), "one twice": append(slices.Clone(i.Mapping[:10]), "email"),
	} {
		if err := o.intake.Map(t.Context(), o.by(), i.ID, mapping); !errors.Is(err, intake.ErrMapping) {
			t.Errorf("Map(%s) = %v, want ErrMapping", what, err)
		}
	}
	if err := o.intake.Import(t.Context(), o.by(), i.ID, i.Version); !errors.Is(err, intake.ErrState) {
		t.Errorf("Import(not checked) = %v, want ErrState", err)
	}
	for _, id := range []string{"", "x", "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"} {
		if _, err := o.intake.Get(t.Context(), id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Get(%q) = %v, want NotFound", id, err)
		}
		if err := o.intake.Discard(t.Context(), o.by(), id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Discard(%q) = %v, want NotFound", id, err)
		}
	}
	if err := o.intake.Discard(t.Context(), o.by(), i.ID); err != nil {
		t.Errorf("Discard() = %v", err)
	}
	if n := o.count(`select count(*) from intake`); n != 0 {
		t.Errorf("%d files are kept, want none", n)
	}
}

func TestTheLastChoiceForTheSameHeadingsIsOffered(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.mustUpload("Who,When,What,Mail,Extra", "Ada,1/3/2026,Dietitian,ada@example.org,x")
	if got := i.Mapping; !slices.Equal(got, []string{"", "", "", "email", ""}) {
		t.Errorf("guessed %q", got)
	}
	want := []string{"name", "received", "profession", "email", "notes"}
	if err := o.intake.Map(t.Context(), o.by(), i.ID, want); err != nil {
		t.Fatal(err)
	}
	if again := o.mustUpload("Who,When,What,Mail,Extra", "Flo,1/3/2026,Paramedic,flo@example.org,x"); !slices.Equal(again.Mapping, want) {
		t.Errorf("offered %q, want what was chosen last", again.Mapping)
	}
	if list, err := o.intake.List(t.Context()); err != nil || len(list) != 2 {
		t.Errorf("List() = %d, %v", len(list), err)
	}
}

// TestAChoiceOfColumnsDuringACheckWins chooses the columns again while a check
// runs: what that one found says nothing of the new choice.
func TestAChoiceOfColumnsDuringACheckWins(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.mustUpload(many(900, "c")...)
	if err := o.intake.Map(t.Context(), o.by(), i.ID, i.Mapping); err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(i.Mapping)
	other[2], other[3] = "", "" // no email address: every row is wrong
	other[9] = "phone"
	var wait sync.WaitGroup
	wait.Go(func() {
		if err := o.intake.Check(context.Background(), i.ID); err != nil {
			t.Errorf("Check() = %v", err)
		}
	})
	if err := o.intake.Map(t.Context(), o.by(), i.ID, other); err != nil {
		t.Fatal(err)
	}
	wait.Wait()
	if err := o.intake.Check(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	if got := o.mustGet(i.ID, intake.Checked); got.Right != 0 || got.Wrong != 900 || !slices.Equal(got.Mapping, other) {
		t.Errorf("checked %+v, want what the last choice says", got)
	}
}

// TestNothingBadReachesPostgres imports rows of texts that a form would not let
// through, in every column.
func TestWhatIsImportedIsWhatWasLookedAt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	looked := o.mustCheck(o.mustUpload(heads, row1))
	again := o.mustCheck(looked) // somebody else says what the columns are
	if err := o.intake.Import(t.Context(), o.by(), looked.ID, looked.Version); !errors.Is(err, intake.ErrChoice) {
		t.Errorf("Import(the choice before) = %v, want ErrChoice", err)
	}
	o.mustImport(again)
	var reference string
	if err := o.pool.QueryRow(t.Context(), `select reference from expression`).Scan(&reference); err != nil {
		t.Fatal(err)
	}
	if c, err := o.cases.ByReference(t.Context(), reference); err != nil || c.Answers.Privacy != nil && c.Answers.Privacy.Read {
		t.Errorf("the case says that its returner read a privacy notice, %v", err)
	}
}

func TestNothingBadReachesPostgres(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var headings []string
	for _, f := range intake.Fields() {
		headings = append(headings, f.Label)
	}
	lines := []string{strings.Join(headings, "\t")}
	for _, bad := range []string{"\x01", "\xff", "\x1b[31m", "\u0085", "\ufffe", "\\u0000", "{}", "'; drop table expression; --", strings.Repeat("é", 9000), "=cmd|' /C calc'!A0", "\u202eabc", "  "} {
		for column := range headings {
			cells := make([]string, len(headings))
			for i, f := range intake.Fields() {
				cells[i] = map[string]string{"name": "Ada", "email": "ada@example.org", "phone": "01522 000000", "profession": "Dietitian", "received": "1/3/2026"}[f.Key]
			}
			cells[column] = bad
			lines = append(lines, strings.Join(cells, "\t"))
		}
	}
	i, err := o.intake.Upload(t.Context(), o.by(), "bad\x00\xff\u0085.csv", []byte("\ufeff"+strings.Join(lines, "\n")))
	if err != nil {
		t.Fatalf("Upload() = %v", err)
	}
	i = o.mustCheck(i)
	if i.Wrong == 0 || i.Right == 0 || i.Right+i.Wrong != len(lines)-1 {
		t.Fatalf("%d right and %d wrong of %d", i.Right, i.Wrong, len(lines)-1)
	}
	o.mustImport(i)
	rows, err := o.pool.Query(t.Context(), `select reference from expression`)
	if err != nil {
		t.Fatal(err)
	}
	references, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(references) != i.Right {
		t.Fatalf("%d cases, %v, want %d", len(references), err, i.Right)
	}
	for _, reference := range references {
		if _, err := o.cases.ByReference(t.Context(), reference); err != nil {
			t.Errorf("ByReference() = %v", err)
		}
	}
}

// TestNobodyIsToldOfWhatWasImported imports cases that came today and are
// somebody's: only what happens to them here is news.
func TestNobodyIsToldOfWhatWasImported(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ben := o.account("Ben Reviewer", staff.Reviewer)
	o.mustImport(o.mustCheck(o.mustUpload("Name,Email address,Profession,Received,Assigned to,Stage",
		"Ada Lovelace,ada@example.org,Dietitian,20/11/2026,Ben Reviewer,Finding a placement", "Flo,flo@example.org,Dietitian,20/11/2026,,")))
	if _, err := o.pool.Exec(t.Context(), `update notice_run set seen_at = $1`, now.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	notices := &notice.Store{DB: o.pool, Outbox: mail.NewOutbox(), Now: func() time.Time { return now.Add(time.Minute) }}
	for _, step := range []struct {
		does func() error
		want int
	}{
		{func() error { return nil }, 0},
		{func() error {
			var reference string
			if err := o.pool.QueryRow(t.Context(), `select reference from expression where name = 'Flo'`).Scan(&reference); err != nil {
				return err
			}
			return o.cases.Assign(t.Context(), o.by(), interest.Assignment{Reference: reference, Version: 1, To: ben.ID, Nonce: "a"})
		}, 1},
	} {
		if err := step.does(); err != nil {
			t.Fatal(err)
		}
		if _, err := notices.Look(t.Context()); err != nil {
			t.Fatalf("Look() = %v", err)
		}
		if n := o.count(`select count(*) from notice`); n != step.want {
			t.Errorf("%d notices, want %d", n, step.want)
		}
	}
	if ids, err := o.cases.OweConfirmations(t.Context()); err != nil || len(ids) != 0 {
		t.Errorf("OweConfirmations() = %v, %v, want none: nobody sent a form", ids, err)
	}
	figures, err := (&report.Store{DB: o.pool, Now: func() time.Time { return now }}).Make(t.Context())
	if err != nil || len(figures.Times) != 0 {
		t.Errorf("working days in stages: %+v, %v, want none of what was before the import", figures.Times, err)
	}
	if n := o.count(`select count(*) from name_word where word in ('ada', 'lovelace', 'flo')`); n != 3 {
		t.Errorf("%d words of names are learnt, want 3", n)
	}
}

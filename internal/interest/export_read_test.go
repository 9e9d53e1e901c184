package interest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/xuri/excelize/v2"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/sheet"
)

// exporting is a database with cases to export.
type exporting struct {
	*interest.Exporter
	pool *pgxpool.Pool
	by   interest.By
	one  interest.Case // whose answers are like all others'
}

// newExporting has more cases than are read at once, of two professions.
func newExporting(t *testing.T, cases int) exporting {
	t.Helper()
	pool := postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	e := exporting{Exporter: &interest.Exporter{Store: store, Reads: pool}, pool: pool, one: mustSend(t, store, newAnswers(t))}
	err := postgres.InTx(t.Context(), pool, func(tx pgx.Tx) error {
		e.by = newLead(t, tx)
		fill(t, tx, e.one.ID, cases-1)
		return nil
	})
	if err != nil {
		t.Fatalf("filling the table: %v", err)
	}
	return e
}

// rows exports as JSON and gives the rows.
func (e exporting) rows(t *testing.T, o interest.ExportOrder) (interest.Export, []map[string]any) {
	t.Helper()
	var file bytes.Buffer
	var made interest.Export
	o.Format, o.Nonce = interest.JSON, "n"
	err := e.Stream(t.Context(), e.by, o, interest.ExportWords{}, func(x interest.Export) (sheet.Writer, error) {
		made = x
		return sheet.NewJSON(&file, keys(x))
	})
	if err != nil {
		t.Fatalf("Stream(%+v) = %v", o, err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(file.Bytes(), &rows); err != nil {
		t.Fatalf("reading the export: %v", err)
	}
	return made, rows
}

func keys(x interest.Export) []sheet.Column {
	var columns []sheet.Column
	for _, column := range x.Columns() {
		columns = append(columns, column.Column)
	}
	return columns
}

func TestExportIsWhatTheListShows(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 1300)
	if _, err := e.Store.LearnNames(t.Context()); err != nil {
		t.Fatalf("LearnNames() = %v", err)
	}
	for _, f := range []interest.Filter{
		{}, {Tab: interest.NeedsUs, Sort: interest.ByNewest}, {Profession: "paramedics", Sort: interest.ByChange}, {Text: "sample"}, {Text: "smaple"},
		{Stage: interest.Returned}, {Tab: interest.Unassigned, Sort: interest.ByReceived}, {Tab: interest.Ended, Late: true, Text: "sample"},
		{Tab: interest.All, Cursor: interest.Cursor{At: noon, ID: e.one.ID}}, // of a later page: all are exported
	} {
		_, rows := e.rows(t, interest.ExportOrder{Filter: f, Names: true, Leads: true})
		var got, want []string
		for _, row := range rows {
			got = append(got, row["reference"].(string))
		}
		f.Cursor = interest.Cursor{}
		err := e.Store.Each(t.Context(), f, func(s interest.Summary) error {
			want = append(want, s.Reference)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v exports %d cases in their order, want the %d of the list, %v", f, len(got), len(want), err)
		}
	}
}

func TestExportHasTheColumnsOfTheRole(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 1)
	for _, c := range []struct {
		names, leads bool
		has, lacks   []string
	}{
		{true, true, []string{"name", "email", "phone", "register_number", "programme_reference", "set_aside"}, nil},
		{true, false, []string{"name", "email"}, []string{"phone", "register_number", "programme_reference", "set_aside"}},
		{false, true, []string{"reference", "stage"}, []string{"name", "registered_name", "email", "phone", "postcode_area", "register_number", "last_role", "programme_reference"}},
		{false, false, []string{"reference", "stage"}, []string{"name", "email", "phone"}},
	} {
		_, rows := e.rows(t, interest.ExportOrder{Names: c.names, Leads: c.leads})
		for _, key := range c.has {
			if _, there := rows[0][key]; !there {
				t.Errorf("names %v, leads %v: no %s", c.names, c.leads, key)
			}
		}
		for _, key := range c.lacks {
			if value, there := rows[0][key]; there {
				t.Errorf("names %v, leads %v: %s is %v, want none", c.names, c.leads, key, value)
			}
		}
		if all := fmt.Sprint(rows); !c.names && (strings.Contains(all, "Zoë") || strings.Contains(all, "zoe@")) {
			t.Errorf("the file without names says who somebody is: %s", all)
		}
	}
	_, rows := e.rows(t, interest.ExportOrder{Names: true, Leads: true})
	for key, want := range map[string]any{
		"name": "Zoë Example", "profession": "Physiotherapist", "last_practised": "2022-03", "stage": "Received", "days": 30.0, "received": interest.DayOf(noon).String(),
	} {
		if rows[0][key] != want {
			t.Errorf("%s = %v, want %v", key, rows[0][key], want)
		}
	}
}

func TestExportIsInTheAuditAndInTheTimelinesOfItsCases(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 20)
	made, rows := e.rows(t, interest.ExportOrder{Filter: interest.Filter{Profession: "paramedics", Text: "zoe"}, Said: "profession=paramedics&words=1"})
	if made.Total != len(rows) {
		t.Errorf("the export says %d of %d rows", made.Total, len(rows))
	}
	e.rows(t, interest.ExportOrder{Filter: interest.Filter{Profession: "dietitians"}, Said: "profession=dietitians"})
	list, err := e.Store.ExportsOf(t.Context(), e.by.StaffID, 10)
	if err != nil || len(list) != 2 || list[0].State != interest.ExportDone || list[0].Written != list[0].Total {
		t.Fatalf("ExportsOf() = %+v, %v, want both, whole", list, err)
	}
	for _, c := range []struct {
		profession string
		want       int
	}{{"paramedics", 0}, {"dietitians", 1}, {"physiotherapists", 0}} {
		var reference string
		if err := e.pool.QueryRow(t.Context(), `select reference from expression where profession = $1 limit 1`, c.profession).Scan(&reference); err != nil {
			t.Fatal(err)
		}
		// None of the paramedics was found by the words.
		got, err := e.Store.ByReference(t.Context(), reference)
		if err != nil || len(got.Exports) != c.want || len(got.Timeline()) != len(got.Events)+c.want {
			t.Errorf("a case of %s has %d exports, %v, want %d", c.profession, len(got.Exports), err, c.want)
		}
		if c.want == 1 && (got.Timeline()[0].Kind != interest.EventExported || got.Timeline()[0].ActorID != e.by.StaffID) {
			t.Errorf("its timeline begins with %+v", got.Timeline()[0])
		}
	}
	var begun, ended string
	err = e.pool.QueryRow(t.Context(), `
		select (select string_agg(detail, ' / ' order by id) from audit_event where action = 'expression.export' and actor_id = $1),
			(select string_agg(detail, ' / ' order by id) from audit_event where action = 'expression.export-end')`, e.by.StaffID).Scan(&begun, &ended)
	if err != nil || begun != "json, without names, profession=paramedics&words=1 / json, without names, profession=dietitians" ||
		!strings.Contains(ended, "json, done, ") {
		t.Errorf("the audit says %q and %q, %v", begun, ended, err)
	}
}

// TestMarksAreThoseOfTheCases compares the marks of many cases over several
// blocks with the cases that were chosen.
func TestMarksAreThoseOfTheCases(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 400)
	if _, err := e.pool.Exec(t.Context(), `alter table expression alter column number restart with 8100`); err == nil {
		t.Fatal("the serving role changed the numbers")
	}
	owner := postgrestest.Owner(t, e.pool)
	if _, err := owner.Exec(t.Context(), `alter table expression alter column number drop identity; update expression set number = number * 97`); err != nil {
		t.Fatalf("spreading the numbers: %v", err)
	}
	e.rows(t, interest.ExportOrder{Filter: interest.Filter{Profession: "paramedics"}})
	n := 0
	rows, err := e.pool.Query(t.Context(), `select reference, profession from expression`)
	if err != nil {
		t.Fatal(err)
	}
	type one struct{ reference, profession string }
	var all []one
	for rows.Next() {
		var o one
		if err := rows.Scan(&o.reference, &o.profession); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	for _, o := range all {
		c, err := e.Store.ByReference(t.Context(), o.reference)
		if err != nil || (len(c.Exports) == 1) != (o.profession == "paramedics") {
			t.Errorf("a case of %s has %d exports, %v", o.profession, len(c.Exports), err)
		}
		n += len(c.Exports)
	}
	if blocks := count(t, e.pool, `select count(*) from export_case`); n == 0 || blocks < 3 {
		t.Errorf("%d marks in %d blocks, want many", n, blocks)
	}
}

// failing is a reader who leaves after some rows.
type failing struct{ after int }

func (f *failing) Row([]any) error {
	if f.after--; f.after < 0 {
		return io.ErrClosedPipe
	}
	return nil
}

func (f *failing) Close() error { return nil }

func TestAnExportThatNobodyReadsEndsAndSaysSo(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 700)
	ctx, cancel := context.WithCancel(t.Context())
	err := e.Stream(ctx, e.by, interest.ExportOrder{Format: interest.CSV, Nonce: "n"}, interest.ExportWords{}, func(interest.Export) (sheet.Writer, error) {
		cancel() // the window was closed
		return &failing{after: 600}, nil
	})
	if err == nil {
		t.Fatal("Stream(a reader who left) = nil")
	}
	list, err := e.Store.ExportsOf(t.Context(), e.by.StaffID, 1)
	if err != nil || list[0].State != interest.ExportBroken || list[0].Total != 700 {
		t.Errorf("the export is %+v, %v, want it broken off", list, err)
	}
	if n := count(t, e.pool, `select count(*) from audit_event where action = 'expression.export-end' and detail like 'csv, broken, % of 700 rows'`); n != 1 {
		t.Errorf("%d rows in the audit say so, want 1", n)
	}
	if n := count(t, e.pool, `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`); n != 0 {
		t.Errorf("%d transactions are left", n)
	}
}

// A stream whose portal was killed is ended by any portal, once, when no stream
// can still be sent that began then.
func TestAStreamWhosePortalWasKilledIsEnded(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 1)
	began := e.Store.Now()
	for nonce, format := range map[string]interest.ExportFormat{"a": interest.CSV, "b": interest.JSON, "c": interest.XLSX} {
		if _, err := e.pool.Exec(t.Context(), `
			insert into export (made_by, form_key, asked_at, format, names, leads, filter, search_id, said, state, total)
			values ($1, $2, $3, $4, false, false, '{}', '', 'tab=needs-us', 'running', 700)`, e.by.StaffID, nonce, began, format); err != nil {
			t.Fatalf("beginning an export: %v", err)
		}
	}
	for _, one := range []struct {
		after time.Duration
		want  int
	}{{6 * time.Hour, 0}, {8 * time.Hour, 2}, {8 * time.Hour, 0}} {
		e.Store.Now = func() time.Time { return began.Add(one.after) }
		if n, err := e.Store.EndCutOff(t.Context()); n != one.want || err != nil {
			t.Errorf("EndCutOff(after %s) = %d, %v, want %d", one.after, n, err, one.want)
		}
	}
	if n := count(t, e.pool, `select count(*) from export where state = 'broken' and ended_at is not null and format <> 'xlsx'`); n != 2 {
		t.Errorf("%d exports are ended, want the 2 that were streamed", n)
	}
	if n := count(t, e.pool, `select count(*) from audit_event where action = 'expression.export-end' and detail like '%, broken, the portal was stopped over it'`); n != 2 {
		t.Errorf("%d rows in the audit say so, want 2", n)
	}
}

func TestAnExportTooManyIsToldToComeBack(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 1)
	config := e.pool.Config()
	config.MaxConns = 1
	reads, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer reads.Close()
	held, err := reads.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	e.Reads = reads
	err = e.Stream(t.Context(), e.by, interest.ExportOrder{Format: interest.CSV, Nonce: "n"}, interest.ExportWords{}, func(interest.Export) (sheet.Writer, error) {
		return nil, errors.New("begun")
	})
	if !errors.Is(err, fault.Unavailable) || count(t, e.pool, `select count(*) from export`) != 0 {
		t.Errorf("Stream(while others hold every connection) = %v, want Unavailable, and nothing recorded", err)
	}
}

func TestAnXLSXFileIsForWhoeverOrderedItOnce(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 2300)
	order := interest.ExportOrder{Format: interest.XLSX, Nonce: "n", Names: true, Leads: true, Filter: interest.Filter{Tab: interest.All, Text: "zoe"}, Search: "s", Said: "words=1"}
	made, err := e.Store.Order(t.Context(), e.by, order)
	again, err2 := e.Store.Order(t.Context(), e.by, order)
	if err != nil || err2 != nil || made.ID != again.ID || made.State != interest.ExportWaiting {
		t.Fatalf("Order() twice = %+v, %v and %+v, %v, want one", made, err, again, err2)
	}
	if n := count(t, e.pool, `select count(*) from river_job where kind = 'export' and args = jsonb_build_object('export_id', $1::text)`, made.ID); n != 1 {
		t.Errorf("%d jobs, want 1 with the id alone", n)
	}
	if n := count(t, e.pool, `select count(*) from export where filter::text like '%zoe%'`); n != 0 {
		t.Error("the export keeps the text of the search")
	}
	nobody := func(interest.Export) (io.Writer, error) { return nil, errors.New("begun") }
	if err := e.Store.Fetch(t.Context(), e.by, made.ID, nobody); !errors.Is(err, fault.Gone) {
		t.Errorf("Fetch(before it is written) = %v, want Gone", err)
	}
	folder := t.TempDir()
	for range 2 { // a job that is done is not done again
		if err := e.Write(t.Context(), made.ID, "", folder, interest.ExportWords{}); err != nil {
			t.Fatalf("Write() = %v", err)
		}
	}
	if err := e.Store.Fetch(t.Context(), by, made.ID, nobody); !errors.Is(err, fault.NotFound) {
		t.Errorf("Fetch(by somebody else) = %v, want NotFound", err)
	}
	var file bytes.Buffer
	if err := e.Store.Fetch(t.Context(), e.by, made.ID, func(x interest.Export) (io.Writer, error) { return &file, nil }); err != nil {
		t.Fatalf("Fetch() = %v", err)
	}
	if err := e.Store.Fetch(t.Context(), e.by, made.ID, nobody); !errors.Is(err, fault.Gone) {
		t.Errorf("Fetch(again) = %v, want Gone", err)
	}
	if n := count(t, e.pool, `select count(*) from export_part`); n != 0 {
		t.Errorf("%d parts are kept, want none", n)
	}
	_, rows := e.rows(t, interest.ExportOrder{Filter: interest.Filter{Tab: interest.All}, Names: true, Leads: true})
	wantSame(t, file.Bytes(), rows, interest.ExportColumns(true, true))
}

// wantSame compares a workbook with the rows of the same export as JSON.
func wantSame(t *testing.T, workbook []byte, rows []map[string]any, columns []interest.ExportColumn) {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("OpenReader() = %v", err)
	}
	defer file.Close()
	cells, err := file.GetRows("Expressions")
	if err != nil || len(cells) != len(rows)+1 {
		t.Fatalf("%d rows, %v, want %d and the headings", len(cells), err, len(rows))
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	for i, row := range rows {
		for j, column := range columns {
			want := ""
			switch value := row[column.Key].(type) {
			case string:
				want = value
				// A day is a number that counts days.
				if day, err := time.Parse(time.DateOnly, value); err == nil {
					want = fmt.Sprint(int(day.Sub(epoch).Hours() / 24))
				}
			case float64:
				want = fmt.Sprint(value)
			case []any:
				var all []string
				for _, one := range value {
					all = append(all, one.(string))
				}
				want = strings.Join(all, "; ")
			}
			got := ""
			if j < len(cells[i+1]) {
				got = cells[i+1][j]
			}
			if got != want {
				t.Fatalf("row %d, %s = %q, want %q", i, column.Key, got, want)
			}
		}
	}
}

// erase erases a case that an export holds.
func (e exporting) erase(t *testing.T, reference string) {
	t.Helper()
	version := count(t, e.pool, `select version from expression where reference = $1`, reference)
	if err := e.Store.Erase(t.Context(), e.by, interest.Erasure{Reference: reference, Version: version, Typed: reference}); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
}

// written writes a file that was ordered, and gives the references in it.
func (e exporting) written(t *testing.T, id string) []string {
	t.Helper()
	if err := e.Write(t.Context(), id, "", t.TempDir(), interest.ExportWords{}); err != nil {
		t.Fatalf("Write() = %v", err)
	}
	var file bytes.Buffer
	if err := e.Store.Fetch(t.Context(), e.by, id, func(interest.Export) (io.Writer, error) { return &file, nil }); err != nil {
		t.Fatalf("Fetch() = %v", err)
	}
	workbook, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatalf("OpenReader() = %v", err)
	}
	defer workbook.Close()
	rows, err := workbook.GetRows("Expressions")
	if err != nil {
		t.Fatalf("GetRows() = %v", err)
	}
	var references []string
	for _, row := range rows[1:] {
		references = append(references, row[0])
	}
	return references
}

func TestAFileThatWaitsGoesWithACaseThatItHolds(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 20)
	order := func(nonce string, f interest.Filter) interest.Export {
		t.Helper()
		made, err := e.Store.Order(t.Context(), e.by, interest.ExportOrder{Format: interest.XLSX, Nonce: nonce, Filter: f})
		if err != nil {
			t.Fatalf("Order() = %v", err)
		}
		return made
	}
	all := order("all", interest.Filter{Tab: interest.All})
	var gone, stays string
	if err := e.pool.QueryRow(t.Context(), `select min(reference), max(reference) from expression`).Scan(&gone, &stays); err != nil {
		t.Fatal(err)
	}
	one := order("one", interest.Filter{Tab: interest.All, Text: stays})
	for id, text := range map[string]string{all.ID: "", one.ID: stays} {
		if err := e.Write(t.Context(), id, text, t.TempDir(), interest.ExportWords{}); err != nil {
			t.Fatalf("Write() = %v", err)
		}
	}
	e.erase(t, gone)
	if n := count(t, e.pool, `select count(*) from export_part`); n != 1 {
		t.Errorf("%d parts are kept, want those of the file without the case", n)
	}
	nobody := func(interest.Export) (io.Writer, error) { return nil, errors.New("begun") }
	if err := e.Store.Fetch(t.Context(), e.by, all.ID, nobody); !errors.Is(err, fault.Gone) {
		t.Errorf("Fetch(a file with an erased case) = %v, want Gone", err)
	}
	if got := e.written(t, one.ID); !slices.Equal(got, []string{stays}) {
		t.Errorf("the other file has %s, want %s", got, stays)
	}
}

// leaving is a reader who leaves with the last byte.
type leaving struct {
	io.Writer
	leave context.CancelFunc
}

// Write takes a piece, which is all.
func (l leaving) Write(b []byte) (int, error) {
	defer l.leave()
	return l.Writer.Write(b)
}

func TestAFileIsPutAwayWhenItsReaderLeavesWithTheLastByte(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 3)
	made, err := e.Store.Order(t.Context(), e.by, interest.ExportOrder{Format: interest.XLSX, Nonce: "n"})
	if err == nil {
		err = e.Write(t.Context(), made.ID, "", t.TempDir(), interest.ExportWords{})
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	err = e.Store.Fetch(ctx, e.by, made.ID, func(interest.Export) (io.Writer, error) { return leaving{io.Discard, leave}, nil })
	if parts := count(t, e.pool, `select count(*) from export_part`); err != nil || parts != 0 {
		t.Errorf("Fetch(by somebody who has it whole and leaves) = %v with %d parts left, want none", err, parts)
	}
}

// TestAFileIsWrittenAgainWhenACaseOfItWasErasedMeanwhile keeps a file from being
// kept while a case of it is erased.
func TestAFileIsWrittenAgainWhenACaseOfItWasErasedMeanwhile(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 20)
	made, err := e.Store.Order(t.Context(), e.by, interest.ExportOrder{Format: interest.XLSX, Nonce: "n", Filter: interest.Filter{Tab: interest.All}})
	if err != nil {
		t.Fatalf("Order() = %v", err)
	}
	ended := make(chan error, 1)
	err = postgres.InTx(t.Context(), postgrestest.Owner(t, e.pool), func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `lock table export_part in share mode`); err != nil {
			return err
		}
		folder := t.TempDir()
		go func() { ended <- e.Write(t.Context(), made.ID, "", folder, interest.ExportWords{}) }()
		for count(t, e.pool, `select count(*) from pg_locks where relation = 'export_part'::regclass and mode = 'RowExclusiveLock' and not granted`) == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		e.erase(t, e.one.Reference)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Error("Write(a file with a case that was erased meanwhile) = nil, want it to be written again")
	}
	if n := count(t, e.pool, `select count(*) from export where state = 'running' and size = 0`); n != 1 {
		t.Errorf("%d exports wait to be written again, want 1", n)
	}
	if got := e.written(t, made.ID); len(got) != 19 || slices.Contains(got, e.one.Reference) {
		t.Errorf("the file that was written again has %v, want all but the case that was erased", got)
	}
}

func TestExportsAreForgottenInTime(t *testing.T) {
	t.Parallel()
	e := newExporting(t, 3)
	made, err := e.Store.Order(t.Context(), e.by, interest.ExportOrder{Format: interest.XLSX, Nonce: "n"})
	if err != nil {
		t.Fatalf("Order() = %v", err)
	}
	if err := e.Write(t.Context(), made.ID, "", t.TempDir(), interest.ExportWords{}); err != nil {
		t.Fatalf("Write() = %v", err)
	}
	for _, c := range []struct {
		before       time.Time
		files, parts int64
	}{{noon, 0, 1}, {noon.Add(time.Second), 1, 0}} {
		gone, err := e.Store.PurgeExportFiles(t.Context(), c.before)
		if parts := count(t, e.pool, `select count(*) from export_part`); err != nil || gone != c.files || parts != int(c.parts) {
			t.Errorf("PurgeExportFiles(%s) = %d, %v with %d parts left, want %d and %d", c.before, gone, err, parts, c.files, c.parts)
		}
	}
	if gone, err := e.Store.PurgeExports(t.Context(), noon.Add(time.Second)); err != nil || gone != 1 || count(t, e.pool, `select count(*) from export_case`) != 0 {
		t.Errorf("PurgeExports() = %d, %v, want it gone with its marks", gone, err)
	}
}

func TestOwnIsWhatOneHas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter interest.Filter
		own    bool
	}{
		{interest.Filter{}, true}, {interest.Filter{Tab: interest.Mine}, true}, {interest.Filter{Assignee: reviewer}, true},
		{interest.Filter{Assignee: interest.Nobody}, false}, {interest.Filter{Tab: interest.Unassigned}, false}, {interest.Filter{Assignee: "another"}, false},
	} {
		if got, own := c.filter.Own(reviewer); own != c.own || own && got.Assignee != reviewer {
			t.Errorf("Own(%+v) = %+v, %v, want %v", c.filter, got, own, c.own)
		}
	}
}

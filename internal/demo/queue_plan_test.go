package demo_test

import (
	"io"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/updating"
)

// onlyConnection is a pool of one connection to a database of an owner: what it
// did is counted as soon as it is asked for.
func onlyConnection(t *testing.T, owner *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	config := owner.Config()
	config.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatalf("NewWithConfig() = %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// wholeReads is how often the whole table of expressions was read, as Postgres
// counts it.
func wholeReads(t *testing.T, db *pgxpool.Pool) int {
	t.Helper()
	// What a connection did is counted from its next transaction on.
	for _, statement := range []string{`select pg_stat_force_next_flush()`, `select pg_stat_clear_snapshot()`} {
		if _, err := db.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	var n int
	if err := db.QueryRow(t.Context(), `select seq_scan from pg_stat_user_tables where relname = 'expression'`).Scan(&n); err != nil {
		t.Fatalf("reading what Postgres counts: %v", err)
	}
	return n
}

// planned is what is asked of a table with so many cases that reading all of it
// costs a plan.
type planned struct {
	db     *pgxpool.Pool
	store  *interest.Store
	before int
}

// quick fails where the whole table was read since it was asked last.
func (p *planned) quick(t *testing.T, what string, f interest.Filter) {
	t.Helper()
	if n := wholeReads(t, p.db); n != p.before {
		p.before = n
		t.Errorf("%s reads the whole table: %s", what, described(f))
	}
}

// pages looks at the first pages of a filter, at one far on, and back from there.
func (p *planned) pages(t *testing.T, f interest.Filter, far interest.Cursor) {
	t.Helper()
	look := func(what string) interest.Page {
		page, err := p.store.List(t.Context(), f)
		if err != nil {
			t.Fatalf("%s of %s: List() = %v", what, described(f), err)
		}
		p.quick(t, what, f)
		return page
	}
	if f.Cursor = look("the first page").Next; f.Cursor.ID == "" {
		return
	}
	look("the second page")
	f.Cursor = far
	f.Cursor = look("a page far on").Previous
	look("the page before that")
}

// farOn is the place of a case in the middle of an order.
func (p *planned) farOn(t *testing.T, sort interest.Sort) interest.Cursor {
	t.Helper()
	c := interest.Cursor{}
	err := p.db.QueryRow(t.Context(), `
		select id::text, case when $1 then updated_at else received_at end from expression where queue <> 'aside' order by 2 offset 25000 limit 1`,
		sort == interest.ByChange).Scan(&c.ID, &c.At)
	if err != nil {
		t.Fatalf("reading a case far on: %v", err)
	}
	return c
}

func TestTheQueueNeverReadsTheWholeTable(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	staff := mustFill(t, owner, demo.Options{Expressions: 52_000, Seed: 9, Now: noon}).Staff
	db := onlyConnection(t, owner)
	p := &planned{db: db, store: &interest.Store{DB: db, Now: func() time.Time { return noon }}, before: wholeReads(t, db)}
	viewer, today := staff[0].ID, interest.DayOf(noon)
	far := map[interest.Sort]interest.Cursor{}
	for _, sort := range interest.Sorts() {
		far[interest.Sort(sort.Slug)] = p.farOn(t, interest.Sort(sort.Slug))
	}
	p.before = wholeReads(t, db)
	filters := []interest.Filter{
		{}, {Stage: interest.InReview}, {Profession: "paramedics"}, {Profession: "art-therapists"}, {Organisation: interest.AnyOrganisation},
		{Assignee: interest.Nobody}, {Assignee: viewer}, {Age: "over-year"}, {Late: true}, {Help: "supervisor", Profession: "orthoptists"},
		{ReceivedFrom: today.AddDays(-9), ReceivedTo: today.AddDays(-8)}, {ReceivedFrom: today.AddDays(-1000), Late: true, Stage: interest.Contacted},
		{Text: "zoe example"}, {Text: "example"}, {Text: "hospital", Profession: "dietitians", Late: true}, {Text: "qqqq"}, {Text: "smtih"},
	}
	for _, f := range filters {
		for i, tab := range append(interest.Tabs(), interest.SetAside) {
			sorts := interest.Sorts()
			f.Tab, f.Sort, f.Viewer = tab, interest.Sort(sorts[i%len(sorts)].Slug), viewer
			p.pages(t, f, far[f.Sort])
		}
	}
	if _, err := p.store.TabCounts(t.Context(), viewer); err != nil {
		t.Fatalf("TabCounts() = %v", err)
	}
	p.quick(t, "counting the tabs", interest.Filter{})
	if _, err := p.store.CopiesAsked(t.Context()); err != nil {
		t.Fatalf("CopiesAsked() = %v", err)
	}
	p.quick(t, "counting who asked for a copy of their data", interest.Filter{})
	if _, err := (&report.Store{DB: db, Now: p.store.Now}).Own(t.Context(), viewer); err != nil {
		t.Fatalf("Own() = %v", err)
	}
	p.quick(t, "counting what concerns one member of staff", interest.Filter{})
	if _, err := p.store.TakeNext(t.Context(), interest.By{StaffID: viewer}, "n"); err != nil {
		t.Fatalf("TakeNext() = %v", err)
	}
	p.quick(t, "taking the next case", interest.Filter{})
	for _, f := range []interest.Filter{{Tab: interest.Held}, {Tab: interest.Mine, Viewer: viewer}, {Stage: interest.Contacted, Late: true}, {Text: "zoe example"}} {
		p.export(t, owner, f, viewer)
	}
	p.erase(t, viewer)
	if _, err := db.Exec(t.Context(), `select count(*) from expression where phone = 'none'`); err != nil {
		t.Fatalf("reading the whole table: %v", err)
	}
	if wholeReads(t, db) != p.before+1 {
		t.Error("reading the whole table is not counted")
	}
	findsWhatPlainSQLFinds(t, owner, viewer, today)
}

// findsWhatPlainSQLFinds looks at filters whose ways are taken only where there are
// many cases: much between two days in another order, the beginning of words that are
// all different, words of which what is ours fills a page, the days of one stage or
// one person.
func findsWhatPlainSQLFinds(t *testing.T, owner *pgxpool.Pool, viewer string, today updating.Date) {
	t.Helper()
	c := &compared{owner: owner, store: &interest.Store{DB: owner, Now: func() time.Time { return noon }, Words: &interest.Vocabulary{}}, today: today}
	for _, f := range []interest.Filter{
		{Tab: interest.All, Sort: interest.ByDue, Age: "month", ReceivedFrom: today.AddDays(-30)},
		{Tab: interest.All, Sort: interest.ByDue, ReceivedFrom: today.AddDays(-700), ReceivedTo: today.AddDays(-300)},
		{Tab: interest.All, Sort: interest.ByDue, ReceivedFrom: today.AddDays(-3000), ReceivedTo: today.AddDays(-1500)},
		{Tab: interest.All, Sort: interest.ByChange, Profession: "radiographers", ReceivedTo: today.AddDays(-366)},
		{Tab: interest.All, Sort: interest.ByNewest, Late: true, Help: "supervisor"},
		{Tab: interest.All, Sort: interest.ByChange, Late: true, Stage: interest.Updating, Help: "placement"},
		{Tab: interest.Ended, Sort: interest.ByNewest, Stage: interest.Returned, Help: "supervisor"},
		{Tab: interest.All, Sort: interest.ByDue, Text: "ph"},
		{Tab: interest.SetAside, Sort: interest.ByDue},
		{Tab: interest.SetAside, Sort: interest.ByDue, Late: true},
		{Tab: interest.All, Sort: interest.ByNewest, Text: "example", Profession: "orthoptists"},
		{Tab: interest.All, Sort: interest.ByDue, Text: "wi"},
		{Tab: interest.NeedsUs, Sort: interest.ByNewest, Text: "mar"},
		{Tab: interest.Mine, Viewer: viewer, Sort: interest.ByChange, Late: true, Help: "placement"},
		{Tab: interest.NeedsUs, Sort: interest.ByDue, Stage: interest.InReview, ReceivedTo: today.AddDays(-366)},
		{Tab: interest.Unassigned, Sort: interest.ByDue, ReceivedFrom: today.AddDays(-100), ReceivedTo: today.AddDays(-50)},
	} {
		c.compare(t, f)
	}
	slip := interest.Filter{Tab: interest.All, Text: "smtih"}
	page, err := c.store.List(t.Context(), slip)
	if err != nil || !page.Nearly || page.Found <= interest.PageSize {
		t.Fatalf("List(%s) = %d found, nearly %t, %v, want more than a page", described(slip), page.Found, page.Nearly, err)
	}
	each := 0
	err = c.store.Each(t.Context(), slip, func(interest.Summary) error { each++; return nil })
	if err != nil || each != page.Found {
		t.Errorf("Each(%s) gives %d cases, %v, want all %d", described(slip), each, err, page.Found)
	}
}

// erase erases a case; the words of its name go with it, unless others have them.
func (p *planned) erase(t *testing.T, by string) {
	t.Helper()
	var e interest.Erasure
	err := p.db.QueryRow(t.Context(), `select reference, version from expression where queue = 'ended' order by id limit 1`).Scan(&e.Reference, &e.Version)
	if err != nil {
		t.Fatalf("reading a case: %v", err)
	}
	e.Typed, p.before = e.Reference, wholeReads(t, p.db)
	if err := p.store.Erase(t.Context(), interest.By{StaffID: by}, e); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	p.quick(t, "erasing", interest.Filter{})
}

// export exports what a filter chooses.
func (p *planned) export(t *testing.T, owner *pgxpool.Pool, f interest.Filter, by string) {
	t.Helper()
	exporter := interest.Exporter{Store: &interest.Store{DB: owner, Now: p.store.Now}, Reads: p.db}
	o := interest.ExportOrder{Filter: f, Format: interest.CSV, Names: true, Leads: true, Nonce: "n"}
	written := 0
	err := exporter.Stream(t.Context(), interest.By{StaffID: by}, o, interest.ExportWords{}, func(e interest.Export) (sheet.Writer, error) {
		written = e.Total
		return sheet.NewCSV(io.Discard, make([]sheet.Column, len(e.Columns())))
	})
	if err != nil || written == 0 {
		t.Fatalf("Stream(%s) = %v, of %d cases", described(f), err, written)
	}
	p.quick(t, "exporting", f)
}

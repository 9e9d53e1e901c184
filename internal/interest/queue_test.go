package interest_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

// references are those of all pages of a list, in order, read forwards and then
// backwards again, which must be the same.
func references(t *testing.T, store *interest.Store, f interest.Filter) []string {
	t.Helper()
	var pages [][]string
	read := func() interest.Page {
		page, err := store.List(t.Context(), f)
		if err != nil {
			t.Fatalf("List(%+v) = %v", f, err)
		}
		return page
	}
	rows := func(page interest.Page) []string {
		var all []string
		for _, row := range page.Rows {
			all = append(all, row.Reference)
		}
		return all
	}
	page := read()
	for pages = append(pages, rows(page)); page.Next.ID != ""; pages = append(pages, rows(page)) {
		f.Cursor = page.Next
		page = read()
	}
	for i := len(pages) - 2; i >= 0; i-- {
		if f.Cursor = page.Previous; f.Cursor.ID == "" {
			t.Fatalf("page %d of %d has no page before it", i+2, len(pages))
		}
		page = read()
		if back := rows(page); !slices.Equal(back, pages[i]) {
			t.Fatalf("page %d is %v forwards and %v backwards", i+1, pages[i], back)
		}
	}
	if page.Previous.ID != "" {
		t.Errorf("the first page has a page before it")
	}
	return slices.Concat(pages...)
}

func TestEverySortIsTheSameInPages(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	if _, err := tx.Exec(t.Context(), `update stage_limit set working_days = 5, changed_at = now(), changed_by = $1 where stage = 'received'`, newLead(t, tx).StaffID); err != nil {
		t.Fatalf("limiting a stage: %v", err)
	}
	fill(t, tx, mustSend(t, store, newAnswers(t)).ID, 3*interest.PageSize)
	// Some have no day by which they are due, and many share one.
	if _, err := tx.Exec(t.Context(), `update expression set due_on = case when profession = 'dietitians' then null
		else due_on + extract(minute from received_at)::integer / 20 end, updated_at = updated_at + random() * interval '1 day'`); err != nil {
		t.Fatalf("changing the days: %v", err)
	}
	for sort, by := range map[interest.Sort]string{
		interest.ByDue: `due_on nulls last, received_at, id`, interest.ByReceived: `received_at, id`,
		interest.ByNewest: `received_at desc, id desc`, interest.ByChange: `updated_at desc, id desc`,
	} {
		for _, tab := range []interest.Tab{interest.NeedsUs, interest.Unassigned, interest.All} {
			rows, err := tx.Query(t.Context(), `select reference from expression order by `+by)
			if err != nil {
				t.Fatalf("reading by %s: %v", by, err)
			}
			want, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if got := references(t, store, interest.Filter{Tab: tab, Sort: sort}); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s sorted by %s = %v, %v, want %v", tab, sort, got, err, want)
			}
		}
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	first := mustSend(t, store, newAnswers(t))
	answers := newAnswers(t)
	answers.Profession = &interest.Profession{Slug: "paramedics"}
	answers.Name = &interest.Name{Full: "Ann O’Other_50%"}
	answers.RegisteredName = &interest.RegisteredName{Other: interest.No}
	answers.Email = &interest.Email{Address: "Ann.Other@example.org"}
	answers.RegisterNumber = &interest.RegisterNumber{Number: "PA99887"}
	second := mustSend(t, store, answers)
	if err := store.Move(ctx, by, interest.Move{Reference: second.Reference, Version: 1, To: interest.InReview, Note: "Telephoned today", Nonce: "n"}); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	if _, err := store.LearnNames(ctx); err != nil {
		t.Fatalf("LearnNames() = %v", err)
	}
	one, two := first.Reference, second.Reference
	for _, c := range []struct {
		what   string
		filter interest.Filter
		want   []string
	}{
		{"nothing", interest.Filter{}, []string{one, two}},
		{"stage", interest.Filter{Stage: interest.InReview}, []string{two}},
		{"profession", interest.Filter{Profession: "physiotherapists"}, []string{one}},
		{"stage and profession", interest.Filter{Stage: interest.InReview, Profession: "physiotherapists"}, nil},
		{"name", interest.Filter{Text: "ANN"}, []string{two}},
		{"name on the register", interest.Filter{Text: "sample"}, []string{one}},
		{"email", interest.Filter{Text: "other@example"}, []string{two}},
		{"accents left out", interest.Filter{Text: "zoe"}, []string{one}},
		{"apart at an apostrophe", interest.Filter{Text: "o other"}, []string{two}},
		{"joined at an apostrophe", interest.Filter{Text: "oother"}, []string{two}},
		{"last role", interest.Filter{Text: "band 6 zoe"}, []string{one}},
		{"a note", interest.Filter{Text: "telephoned"}, []string{two}},
		{"late", interest.Filter{Late: true}, nil},
		{"organisation", interest.Filter{Organisation: "one-trust", Profession: "paramedics"}, []string{two}},
		{"any organisation", interest.Filter{Organisation: interest.AnyOrganisation}, nil},
		{"help", interest.Filter{Help: "supervisor", Stage: interest.InReview}, []string{two}},
		{"received from", interest.Filter{ReceivedFrom: interest.DayOf(noon)}, []string{one, two}},
		{"received up to", interest.Filter{ReceivedTo: interest.DayOf(noon).AddDays(-1)}, nil},
		{"age", interest.Filter{Age: "week"}, []string{one, two}},
		{"older", interest.Filter{Age: "over-month"}, nil},
		{"nobody has them", interest.Filter{Assignee: interest.Nobody}, []string{one, two}},
		{"mine", interest.Filter{Tab: interest.Mine, Viewer: reviewer}, nil},
		{"unassigned", interest.Filter{Tab: interest.Unassigned, Stage: interest.InReview}, []string{two}},
		{"with the returner", interest.Filter{Tab: interest.WithReturner}, nil},
		{"ended", interest.Filter{Tab: interest.Ended}, nil},
		{"register number", interest.Filter{Text: "pa998"}, []string{two}},
		{"register number as people write it", interest.Filter{Text: "Pa 99-887"}, []string{two}},
		{"reference", interest.Filter{Text: one}, []string{one}},
		{"a slip of the keyboard", interest.Filter{Text: "smaple"}, []string{one}},
		{"reference without its dash", interest.Filter{Text: strings.ToLower(strings.ReplaceAll(two, "-", ""))}, []string{two}},
		{"two words", interest.Filter{Text: " zoë  sample "}, []string{one}},
		{"words of two people", interest.Filter{Text: "zoë ann"}, nil},
		{"signs between words", interest.Filter{Text: "_50%"}, []string{two}},
		{"a sign alone", interest.Filter{Text: `\`}, []string{one, two}},
		{"stage and text", interest.Filter{Stage: interest.Received, Text: "example"}, []string{one}},
	} {
		got, err := store.List(ctx, c.filter)
		if err != nil || got.Found != len(c.want) || len(got.Rows) != len(c.want) {
			t.Errorf("%s: List() = %d rows, found %d, %v, want %v", c.what, len(got.Rows), got.Found, err, c.want)
			continue
		}
		found := map[string]bool{}
		for _, row := range got.Rows {
			found[row.Reference] = true
		}
		for _, reference := range c.want {
			if !found[reference] {
				t.Errorf("%s: List() lacks %s", c.what, reference)
			}
		}
	}
}

// A place in an address may be that of another list.
func TestEveryPlaceIsOneOfEveryList(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	one := mustSend(t, store, newAnswers(t))
	for _, tab := range append(interest.Tabs(), interest.SetAside) {
		for _, sort := range interest.Sorts() {
			for _, text := range []string{"", "sample", "qqqq"} {
				for _, stage := range []interest.Stage{"", interest.Received, interest.Returned} {
					for _, cursor := range []interest.Cursor{{}, {Due: interest.DayOf(noon)}, {Before: true}, {Before: true, Due: interest.DayOf(noon)}} {
						cursor.ID, cursor.At = one.ID, noon
						f := interest.Filter{Tab: tab, Sort: interest.Sort(sort.Slug), Text: text, Stage: stage, Viewer: reviewer, Cursor: cursor}
						if _, err := store.List(t.Context(), f); err != nil {
							t.Errorf("List(%+v) = %v", f, err)
						}
					}
				}
			}
		}
	}
}

func TestWhatWasDueBeforeItCameIsListed(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	early := mustSend(t, store, newAnswers(t))
	today := interest.DayOf(noon)
	f := interest.Filter{Tab: interest.All, Sort: interest.ByDue, ReceivedFrom: today}
	for _, due := range []updating.Date{today.AddDays(9), today, today.AddDays(-400)} {
		if _, err := tx.Exec(t.Context(), `update expression set due_on = $1`, due.Time()); err != nil {
			t.Fatalf("changing the day: %v", err)
		}
		if got := references(t, store, f); !slices.Equal(got, []string{early.Reference}) {
			t.Errorf("due on %s: List() = %v, want the case", due, got)
		}
	}
}

func TestCountsNameEveryStage(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	mustSend(t, store, newAnswers(t))
	moved := mustSend(t, store, newAnswers(t))
	if err := store.Move(ctx, by, interest.Move{Reference: moved.Reference, Version: 1, To: interest.Contacted, Nonce: "n"}); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	counts, err := store.Counts(ctx)
	if err != nil || len(counts) != len(interest.Stages()) {
		t.Fatalf("Counts() = %d stages, %v, want %d", len(counts), err, len(interest.Stages()))
	}
	for i, c := range counts {
		want := 0
		if c.Stage == interest.Received || c.Stage == interest.Contacted {
			want = 1
		}
		if c.Count != want || c.Stage != interest.Stages()[i].Stage {
			t.Errorf("Counts()[%d] = %s %d, want %s %d", i, c.Stage, c.Count, interest.Stages()[i].Stage, want)
		}
	}
}

// fill adds many expressions like one that is there.
func fill(t *testing.T, tx pgx.Tx, id string, n int) {
	t.Helper()
	_, err := tx.Exec(context.Background(), `
		insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by,
			postcode_area, programme, any_organisation, organisations, settings, hours, start_choice, help,
			privacy_version, result, rule_version, stage_since, updated_at)
		select 'X' || i, gen_random_uuid(), received_at - i * interval '1 minute', (array['paramedics','dietitians'])[1 + i % 2], standing, abroad,
			md5(i::text), md5('mail' || i) || '@example.com', contact_by, postcode_area, programme, any_organisation,
			organisations, settings, hours, start_choice, help, privacy_version, result, rule_version, stage_since, updated_at
		from expression, generate_series(1, $2) i where id = $1`, id, n)
	if err != nil {
		t.Fatalf("filling the table: %v", err)
	}
}

package demo_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

// chosenPlainly are the references of all cases that a filter chooses, in their
// order, by SQL that reads every case and is as plain as can be.
func chosenPlainly(t *testing.T, owner *pgxpool.Pool, f interest.Filter, today updating.Date) []string {
	t.Helper()
	conditions, args := []string{"(queue = 'aside') = @aside"}, pgx.NamedArgs{"today": today.Time(), "aside": f.Tab == interest.SetAside}
	where := func(condition, name string, value any) {
		conditions, args[name] = append(conditions, condition), value
	}
	switch f.Tab {
	case interest.NeedsUs:
		where("queue = @tab", "tab", "ours")
	case interest.WithReturner:
		where("queue = @tab", "tab", "returner")
	case interest.Held, interest.Ended:
		where("queue = @tab", "tab", string(f.Tab))
	case interest.Mine:
		where("queue <> 'ended' and assignee_id = @viewer", "viewer", f.Viewer)
	case interest.Unassigned:
		where("queue <> @ended and assignee_id is null", "ended", "ended")
	}
	if f.Stage != "" {
		where("stage = @stage", "stage", string(f.Stage))
	}
	if f.Profession != "" {
		where("profession = @profession", "profession", f.Profession)
	}
	if f.Organisation == interest.AnyOrganisation {
		where("any_organisation = @any", "any", true)
	} else if f.Organisation != "" {
		where("@organisation = any (organisations)", "organisation", f.Organisation)
	}
	if f.Assignee != "" {
		where("coalesce(assignee_id::text, 'nobody') = @assignee", "assignee", f.Assignee)
	}
	if f.Late {
		where("due_on is not null and due_on < @today and @late", "late", true)
	}
	if f.Help != "" {
		where("@help = any (help)", "help", f.Help)
	}
	if !f.ReceivedFrom.IsZero() {
		where("(received_at at time zone 'Europe/London')::date >= @from", "from", f.ReceivedFrom.Time())
	}
	if !f.ReceivedTo.IsZero() {
		where("(received_at at time zone 'Europe/London')::date <= @to", "to", f.ReceivedTo.Time())
	}
	if f.Text != "" {
		where("' ' || lower(concat_ws(' ', reference, name, registered_name, email, register_number, last_role, last_setting, note_text)) ~ ('[^a-z0-9]' || @text)", "text", strings.ToLower(f.Text))
	}
	order := map[interest.Sort]string{
		interest.ByDue: "due_on nulls last, received_at, id", interest.ByReceived: "received_at, id",
		interest.ByNewest: "received_at desc, id desc", interest.ByChange: "updated_at desc, id desc",
	}[f.Sort]
	rows, err := owner.Query(t.Context(), `select reference from expression where `+strings.Join(conditions, " and ")+` order by `+order, args)
	if err != nil {
		t.Fatalf("reading plainly: %v", err)
	}
	references, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("reading plainly: %v", err)
	}
	return references
}

// randomFilter draws a filter: each field is there or not.
func randomFilter(random *rand.Rand, accounts, organisations []string, today updating.Date) interest.Filter {
	oneOf := func(texts []string) string { return texts[random.IntN(len(texts))] }
	tabs, sorts := append(interest.Tabs(), interest.SetAside), interest.Sorts()
	f := interest.Filter{Tab: tabs[random.IntN(len(tabs))], Viewer: accounts[0], Sort: interest.Sort(sorts[random.IntN(len(sorts))].Slug)}
	for _, set := range []func(){
		func() { f.Stage = interest.Stages()[random.IntN(len(interest.Stages()))].Stage },
		func() { f.Profession = profession.All()[random.IntN(len(profession.All()))].Slug },
		func() { f.Organisation = oneOf(append(organisations, interest.AnyOrganisation)) },
		func() { f.Assignee = oneOf(append(accounts, interest.Nobody)) },
		func() { f.Late = true },
		func() { f.Help = interest.HelpOptions()[random.IntN(len(interest.HelpOptions()))].Slug },
		func() { f.ReceivedFrom = today.AddDays(-random.IntN(900)) },
		func() { f.ReceivedTo = today.AddDays(-random.IntN(900)) },
		func() { f.Text = oneOf([]string{"smith", "hospital", "portfolio", "com", "example"}) },
	} {
		if random.IntN(6) == 0 {
			set()
		}
	}
	return f
}

func TestTheQueueFindsWhatPlainSQLFinds(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	report := mustFill(t, owner, demo.Options{Expressions: 6_000, Seed: 7, Now: noon})
	store := &interest.Store{DB: owner, Now: func() time.Time { return noon }}
	var accounts []string
	for _, a := range report.Staff {
		accounts = append(accounts, a.ID)
	}
	rows, err := owner.Query(t.Context(), `select slug from organisation`)
	if err != nil {
		t.Fatalf("reading the organisations: %v", err)
	}
	organisations, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("reading the organisations: %v", err)
	}
	c := &compared{owner: owner, store: store, today: interest.DayOf(noon)}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		c.compare(t, randomFilter(random, accounts, organisations, c.today))
	}
	if c.pages < 500 {
		t.Errorf("only %d pages were looked at", c.pages)
	}
}

// compared looks at the first pages of filters, and says what is not as plain SQL
// finds it.
type compared struct {
	owner *pgxpool.Pool
	store *interest.Store
	today updating.Date
	pages int // that were looked at
}

func (c *compared) compare(t *testing.T, f interest.Filter) {
	t.Helper()
	want := chosenPlainly(t, c.owner, f, c.today)
	got, before := []string{}, f
	var last []interest.Summary
	for {
		page, err := c.store.List(t.Context(), f)
		if err != nil {
			t.Fatalf("List(%+v) = %v", f, err)
		}
		if page.Nearly && len(want) == 0 {
			break // what is near the words is another test's
		}
		if page.Nearly || page.Found > len(want) || page.Found < len(want) && !page.More {
			t.Errorf("%s: %d found (more: %t, nearly: %t), want %d", described(before), page.Found, page.More, page.Nearly, len(want))
		}
		for _, row := range page.Rows {
			got = append(got, row.Reference)
		}
		if last != nil {
			back := f
			back.Cursor = page.Previous
			if p, err := c.store.List(t.Context(), back); err != nil || !slices.EqualFunc(p.Rows, last, func(a, b interest.Summary) bool { return a.ID == b.ID }) {
				t.Errorf("%s: the page before page %d is another one, %v", described(before), len(got)/interest.PageSize, err)
			}
		}
		last = page.Rows
		c.pages++
		if f.Cursor = page.Next; f.Cursor.ID == "" || len(got) > 8*interest.PageSize {
			break
		}
	}
	if whole := f.Cursor.ID == ""; !slices.Equal(got, want[:min(len(got), len(want))]) || whole && len(got) != len(want) {
		t.Errorf("%s: the first %d of %d cases are %v, want %v", described(before), len(got), len(want), got, want[:min(len(want), len(got)+1)])
	}
}

func described(f interest.Filter) string {
	f.Cursor = interest.Cursor{}
	return fmt.Sprintf("%+v", f)
}

package interest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestListShowsTheNewestFirstInPages(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	var references []string
	for i := range interest.PageSize + 2 {
		store.Now = func() time.Time { return noon.Add(time.Duration(i) * time.Minute) }
		references = append(references, mustSend(t, store, newAnswers(t)).Reference)
	}
	for _, c := range []struct{ page, rows, newest, number int }{
		{0, interest.PageSize, interest.PageSize + 1, 1},
		{1, interest.PageSize, interest.PageSize + 1, 1},
		{2, 2, 1, 2},
		{3, 0, -1, 3},
		{1 << 62, 0, -1, 1_000_000},
	} {
		got, err := store.List(ctx, interest.Filter{Page: c.page})
		if err != nil || len(got.Rows) != c.rows || got.Total != interest.PageSize+2 || got.Pages != 2 || got.Number != c.number {
			t.Errorf("List(page %d) = %d rows of %d, page %d of %d, %v, want %d rows, page %d",
				c.page, len(got.Rows), got.Total, got.Number, got.Pages, err, c.rows, c.number)
			continue
		}
		if c.newest >= 0 && got.Rows[0].Reference != references[c.newest] {
			t.Errorf("List(page %d) begins with %s, want %s", c.page, got.Rows[0].Reference, references[c.newest])
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
	if err := store.Move(ctx, by, interest.Move{Reference: second.Reference, Version: 1, To: interest.InReview, Nonce: "n"}); err != nil {
		t.Fatalf("Move() = %v", err)
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
		{"register number", interest.Filter{Text: "pa998"}, []string{two}},
		{"reference", interest.Filter{Text: one}, []string{one}},
		{"reference without its dash", interest.Filter{Text: strings.ToLower(strings.ReplaceAll(two, "-", ""))}, []string{two}},
		{"two words", interest.Filter{Text: " zoë  sample "}, []string{one}},
		{"words of two people", interest.Filter{Text: "zoë ann"}, nil},
		{"signs of LIKE", interest.Filter{Text: "_50%"}, []string{two}},
		{"sign alone", interest.Filter{Text: `\`}, nil},
		{"stage and text", interest.Filter{Stage: interest.Received, Text: "example"}, []string{one}},
	} {
		got, err := store.List(ctx, c.filter)
		if err != nil || got.Total != len(c.want) || len(got.Rows) != len(c.want) {
			t.Errorf("%s: List() = %d rows, total %d, %v, want %v", c.what, len(got.Rows), got.Total, err, c.want)
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

func TestListReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := postgrestest.NewDatabase(t)
	tx, err := postgrestest.Owner(t, pool).Begin(ctx)
	if err != nil {
		t.Fatalf("Begin() = %v", err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	// Filling it takes long on a machine that does much else.
	if _, err := tx.Exec(ctx, `set local statement_timeout = 0`); err != nil {
		t.Fatalf("waiting for as long as it takes: %v", err)
	}
	fill(t, tx, mustSend(t, newStore(t, tx), newAnswers(t)).ID, 50_000)
	if _, err := tx.Exec(ctx, `analyze expression`); err != nil {
		t.Fatalf("analysing: %v", err)
	}
	for what, where := range map[string]string{
		"newest":         ``,
		"by stage":       `where stage = 'in-review'`,
		"by profession":  `where profession = 'paramedics'`,
		"by text":        `where search_text like '%zoë%'`,
		"by two words":   `where search_text like '%zoë%' and search_text like '%example.com%'`,
		"by stage, text": `where stage = 'received' and search_text like '%ph12345%'`,
	} {
		rows, err := tx.Query(ctx, fmt.Sprintf(`explain select reference, name, profession, branch, stage, turn, received_at
			from expression %s order by received_at desc, id desc limit 25 offset 0`, where))
		if err != nil {
			t.Fatalf("explaining: %v", err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("explaining: %v", err)
		}
		if text := strings.Join(plan, "\n"); strings.Contains(text, "Seq Scan") {
			t.Errorf("%s: the plan reads the whole table:\n%s", what, text)
		}
	}
}

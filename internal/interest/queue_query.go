package interest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// A page of the queue is found in one of two ways, both quick among a million
// cases. First an index gives the cases in their order and the conditions are
// looked at case by case, for so many cases at most: that fills a page unless
// few cases meet the conditions. Then those few are found by the one index of
// all facets and words, and sorted. Left to itself Postgres takes the one way
// where the other is right: it knows neither how words and dates go together
// nor that a page is wanted soon.

// How many cases are looked at in their order: for a page, and to say how many
// more there are.
const (
	walkAtMost  = 5000
	foundAtMost = 1000
)

// Both ways are said to Postgres as settings of the transaction.
const (
	walkPlans  = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true), set_config('enable_indexscan', 'on', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`
	facetPlans = `select set_config('enable_bitmapscan', 'on', true), set_config('enable_sort', 'on', true), set_config('enable_indexscan', 'off', true), set_config('work_mem', '16MB', true)`
)

// queueQuery is the SQL of one filter.
type queueQuery struct {
	filter Filter
	args   pgx.NamedArgs
	lead   []string // each chooses a part of an index that has its cases in their order
	facets []string // conditions that the index of all facets has
	dates  []string // the others
	search string   // a tsquery; "" for none
}

func newQueueQuery(ctx context.Context, tx pgx.Tx, f Filter, today updating.Date) (*queueQuery, error) {
	if f.Tab == "" {
		f.Tab = All
	}
	if f.Sort == "" {
		f.Sort = ByDue
	}
	q := &queueQuery{filter: f, args: pgx.NamedArgs{"today": today.Time()}}
	q.lead = q.leads()
	q.facet("stage = @stage", "stage", string(f.Stage))
	q.facet("profession = @profession", "profession", f.Profession)
	q.facet("help @> array[@help]", "help", f.Help)
	if f.Organisation == AnyOrganisation {
		q.dates = append(q.dates, "any_organisation")
	} else {
		q.facet("organisations @> array[@organisation]", "organisation", f.Organisation)
	}
	q.assignee()
	q.received(today)
	if f.Late {
		q.dates = append(q.dates, "due_on < @today")
	}
	if f.Late && !slices.Contains(f.Tab.info().parts, "ours") {
		q.dates = append(q.dates, "false")
	}
	if f.Text != "" {
		if err := q.words(ctx, tx); err != nil {
			return nil, err
		}
	}
	q.tab()
	return q, nil
}

// facet adds a condition, unless it chooses by nothing.
func (q *queueQuery) facet(condition, name, value string) {
	if value != "" {
		q.facets, q.args[name] = append(q.facets, condition), value
	}
}

// searches reports whether the filter has words.
func (q *queueQuery) searches() bool { return q.search != "" }

// words adds the condition that a case has the words. Those that many cases have
// are looked for in the cases that have the others: the index would give all of
// their cases first.
func (q *queueQuery) words(ctx context.Context, tx pgx.Tx) error {
	err := tx.QueryRow(ctx, `select coalesce(search_query($1)::text, '')`, q.filter.Text).Scan(&q.search)
	if err != nil || q.search == "" {
		return err
	}
	words := strings.Split(q.search, " & ")
	rare, err := rareOf(ctx, tx, words)
	if err != nil {
		return err
	}
	q.args["search"], q.args["rare"] = q.search, strings.Join(rare, " & ")
	if len(rare) == 0 || len(rare) == len(words) {
		q.facets = append(q.facets, "search @@ @search::text::tsquery")
		return nil
	}
	q.facets = append(q.facets, "search @@ @rare::text::tsquery")
	q.dates = append(q.dates, "(search || ''::tsvector) @@ @search::text::tsquery")
	return nil
}

// rareOf are the words of a query that few cases have, as Postgres counted last.
func rareOf(ctx context.Context, tx pgx.Tx, words []string) ([]string, error) {
	rows, err := tx.Query(ctx, `
		select quoted from unnest($1::text[]) with ordinality typed (quoted, place)
		where coalesce((
			select sum(share)
			from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) many (word, share)
			where schemaname = 'public' and tablename = 'expression' and attname = 'search'
				and starts_with(word, btrim(quoted, ''':*'))), 0) < 0.02
		order by place`, words)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// leads are the parts of the indexes in which the cases stand in their order.
func (q *queueQuery) leads() []string {
	f := q.filter
	if f.Tab == Mine || f.Tab == Unassigned || f.Assignee != "" && f.Tab != Ended && f.Tab != All && f.Tab != SetAside {
		if holder := f.holder(); holder != "" {
			lead := "queue in ('ours', 'returner', 'on-hold') and assignee_id is null"
			if holder != Nobody {
				lead, q.args["holder"] = "queue in ('ours', 'returner', 'on-hold') and assignee_id = @holder", holder
			}
			return []string{lead}
		}
	}
	var leads []string
	for _, part := range f.parts() {
		lead := "queue = '" + part + "'"
		if f.Stage != "" {
			lead += " and stage = @stage"
		}
		leads = append(leads, lead)
	}
	return leads
}

// parts are those of the queue in which the cases may be: only what is ours can
// be late.
func (f Filter) parts() []string {
	parts := f.Tab.info().parts
	if f.Late && slices.Contains(parts, "ours") {
		return []string{"ours"}
	}
	return parts
}

// tab adds the condition of the tab. Where most cases meet it, it is written so
// that the index of all facets is not asked for all of them.
func (q *queueQuery) tab() {
	parts := q.filter.parts()
	condition := fmt.Sprintf("in ('%s')", strings.Join(parts, "', '"))
	if slices.Contains(parts, "ended") && len(q.facets) > 0 {
		q.dates = append(q.dates, "queue || '' "+condition)
	} else {
		q.facets = append(q.facets, "queue "+condition)
	}
}

// led reports whether what leads to the cases is all that chooses them.
func (q *queueQuery) led() bool {
	f := q.filter
	f.Tab, f.Viewer, f.Sort, f.Cursor = "", "", "", Cursor{}
	if !strings.Contains(q.lead[0], "assignee_id") {
		f.Stage = ""
	}
	return f == Filter{}
}

// holder is whose cases the tab or the filter is about.
func (f Filter) holder() string {
	switch f.Tab {
	case Mine:
		return f.Viewer
	case Unassigned:
		return Nobody
	}
	return f.Assignee
}

func (q *queueQuery) assignee() {
	f := q.filter
	for i, who := range []string{f.Assignee, f.holder()} {
		switch who {
		case "":
		case Nobody:
			q.dates = append(q.dates, "assignee_id is null") // which that index does not have
		default:
			name := fmt.Sprintf("assignee%d", i)
			q.facets, q.args[name] = append(q.facets, "assignee_id = @"+name), who
		}
	}
}

func (q *queueQuery) received(today updating.Date) {
	from, to := q.filter.Age.received(today)
	for i, day := range []updating.Date{from, q.filter.ReceivedFrom} {
		if !day.IsZero() {
			name := fmt.Sprintf("from%d", i)
			q.dates, q.args[name] = append(q.dates, "received_at >= @"+name+"::date::timestamp at time zone 'Europe/London'"), day.Time()
		}
	}
	for i, day := range []updating.Date{to, q.filter.ReceivedTo} {
		if !day.IsZero() {
			name := fmt.Sprintf("to%d", i)
			q.dates, q.args[name] = append(q.dates, "received_at < (@"+name+"::date + 1)::timestamp at time zone 'Europe/London'"), day.Time()
		}
	}
}

// walked are the columns that conditions and rows need.
const walked = `id, reference, name, profession, branch, stage, turn, queue, received_at, updated_at, assignee_id, hold_until, due_on,
	mail_trouble, copy_asked_at, organisations, any_organisation, help, search, ` + dueKey + ` as due`

const selectSummary = `
	select id::text, reference, name, profession, branch, stage, turn, received_at, updated_at,
		coalesce(assignee_id::text, '') as assignee_id, hold_until as until_day, due_on as due_day,
		case when due_on < @today then -working_days_between(due_on, @today)
			else coalesce(working_days_between(@today, due_on), 0) end as working_days,
		coalesce(mail_trouble, '') as mail_trouble, copy_asked_at`

// walk is the SQL that gives cases in their order, from a place on.
func (q *queueQuery) walk(beyond string, most int) string {
	var parts []string
	for _, lead := range q.lead {
		conditions := []string{lead}
		if beyond != "" {
			conditions = append(conditions, beyond)
		}
		// What the index is sorted by is looked for there.
		for _, date := range q.dates {
			if strings.HasPrefix(date, orders[q.filter.Sort].keys[0]) || strings.HasPrefix(date, "due_on") && q.filter.Sort == ByDue {
				conditions = append(conditions, strings.Replace(date, "due_on", dueKey, 1))
			}
		}
		parts = append(parts, fmt.Sprintf(`(select %s from expression where %s order by %s limit %d)`,
			walked, strings.Join(conditions, " and "), q.by(), most))
	}
	return fmt.Sprintf(`(%s order by %s limit %d) walked`, union(parts), q.walkedBy(), most)
}

// union joins parts that are sorted each.
func union(parts []string) string {
	return `select * from (` + strings.Join(parts, " union all ") + `) parts`
}

func (q *queueQuery) conditions() []string { return append(slices.Clone(q.facets), q.dates...) }

// page finds a page in the first way, or else in the second.
func (q *queueQuery) page(ctx context.Context, tx pgx.Tx) (Page, error) {
	if _, err := tx.Exec(ctx, walkPlans); err != nil {
		return Page{}, err
	}
	rows, err := postgres.List[summaryRow](ctx, tx, selectSummary+` from (select * from `+q.walk(q.beyond(), walkAtMost)+
		` where `+strings.Join(q.conditions(), " and ")+` order by `+q.walkedBy()+fmt.Sprintf(` limit %d) page order by `, PageSize+1)+q.walkedBy(), q.args)
	if err != nil {
		return Page{}, err
	}
	if len(rows) <= PageSize && !q.led() {
		return q.sorted(ctx, tx)
	}
	page := turned(rows, q.filter)
	page.Found, page.More, err = q.found(ctx, tx)
	return page, err
}

// found counts the cases that meet the conditions among the first ones.
func (q *queueQuery) found(ctx context.Context, tx pgx.Tx) (n int, more bool, err error) {
	var all int
	err = tx.QueryRow(ctx, `select count(*) filter (where `+strings.Join(q.conditions(), " and ")+`), count(*) from `+q.walk("", foundAtMost), q.args).Scan(&n, &all)
	return n, all == foundAtMost, err
}

// sorted finds all that meets the conditions, and gives the page of it.
func (q *queueQuery) sorted(ctx context.Context, tx pgx.Tx) (Page, error) {
	if _, err := tx.Exec(ctx, facetPlans); err != nil {
		return Page{}, err
	}
	beyond := q.beyond()
	if beyond == "" {
		beyond = "true"
	}
	type counted struct {
		summaryRow
		Found int
	}
	rows, err := postgres.List[counted](ctx, tx, `
		with found as materialized (select id, assignee_id, received_at, updated_at, due_on from expression where `+strings.Join(q.conditions(), " and ")+`)`+
		selectSummary+`, found from expression join (
			select id, (select count(*) from found) as found from found where `+beyond+` order by `+q.by()+fmt.Sprintf(` limit %d) page using (id) order by `, PageSize+1)+q.by(), q.args)
	if err != nil {
		return Page{}, err
	}
	plain := make([]summaryRow, len(rows))
	page := Page{}
	for i, r := range rows {
		plain[i], page.Found = r.summaryRow, r.Found
	}
	found := page.Found
	page = turned(plain, q.filter)
	page.Found = found
	return page, nil
}

// mistype puts names that a slip of the keyboard makes of the words in their
// place, and reports whether there are any.
func (q *queueQuery) mistype(ctx context.Context, tx pgx.Tx) (bool, error) {
	var near string
	err := tx.QueryRow(ctx, `select coalesce(near_query($1)::text, '')`, q.filter.Text).Scan(&near)
	if err != nil || near == "" || near == q.search {
		return false, err
	}
	q.search, q.args["search"], q.args["rare"] = near, near, near
	return true, nil
}

package interest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

const (
	// glance is how many cases are looked at in their order in any case.
	glance = 600
	// walkAtMost is how many are, where many cases seem to meet the conditions.
	walkAtMost = 8000
	// walkIndexAtMost is how many are, where an index has all that is asked for.
	walkIndexAtMost = 40_000
	// foundAtMost is how many are, to say how many more there are.
	foundAtMost = 1000
)

// The ways are said to Postgres as settings of the transaction.
var (
	walkPlans  = only("indexscan", "indexonlyscan")
	tablePlans = only("indexscan") // for a walk of which no index has all that is asked for
	daysPlans  = only("indexscan", "indexonlyscan", "sort")
	leadPlans  = only("indexscan", "sort")
	facetPlans = only("bitmapscan", "sort")
)

// only leaves Postgres some ways of finding rows, and none that reads all of them.
func only(ways ...string) string {
	settings := []string{`set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), ` +
		`set_config('jit', 'off', true), set_config('work_mem', '16MB', true)`}
	for _, way := range []string{"bitmapscan", "indexscan", "indexonlyscan", "sort"} {
		settings = append(settings, fmt.Sprintf(`set_config('enable_%s', '%t', true)`, way, slices.Contains(ways, way)))
	}
	return `select ` + strings.Join(settings, ", ")
}

const selectSummary = `
	select id::text, reference, name, profession, branch, stage, turn, received_at, updated_at,
		coalesce(assignee_id::text, '') as assignee_id, hold_until as until_day, due_on as due_day,
		case when due_on < @today then -working_days_between(due_on, @today)
			else coalesce(working_days_between(@today, due_on), 0) end as working_days,
		coalesce(mail_trouble, '') as mail_trouble, copy_asked_at`

// walked are the columns that the conditions need.
func (q *queueQuery) walked() string {
	columns := `id, received_at, updated_at, due_on, assignee_id, ` + dueKey + ` as due`
	if !q.led() {
		columns += `, queue, stage, profession, help, any_organisation, organisations`
	}
	if q.searches() {
		columns += `, search`
	}
	return columns
}

// walkedFor is the condition of the cases that a walk is for.
func (q *queueQuery) walkedFor() string {
	if q.led() {
		return "true"
	}
	return q.chosen()
}

// covered reports whether an index in the order that is asked for has all that
// the conditions need. Those of one stage or one person have no more than the order
// needs, which is enough where nothing else is asked for.
func (q *queueQuery) covered() bool {
	return q.led() || q.filter.Stage == "" && q.filter.holder() == "" && !q.searches()
}

// page finds a page in the way that seems to be the quickest.
func (q *queueQuery) page(ctx context.Context, tx pgx.Tx) (Page, error) {
	if len(q.filter.parts()) == 0 {
		return Page{}, nil
	}
	if q.searches() {
		return q.wordsPage(ctx, tx)
	}
	if page, full, err := q.walkedPage(ctx, tx, glance); full || err != nil {
		return page, err
	}
	r, err := q.route(ctx, tx)
	if err != nil {
		return Page{}, err
	}
	if r.walk > 0 {
		if page, full, err := q.walkedPage(ctx, tx, r.walk); full || err != nil {
			return page, err
		}
	}
	return q.sortedPage(ctx, tx, r)
}

// leave leaves Postgres certain plans for the rest of the transaction.
func (q *queueQuery) leave(ctx context.Context, tx pgx.Tx, plans string) error {
	if q.plans == plans {
		return nil
	}
	q.plans = plans
	_, err := tx.Exec(ctx, plans)
	return err
}

// walkedPage looks at so many cases in their order; full is false where they do
// not fill a page.
func (q *queueQuery) walkedPage(ctx context.Context, tx pgx.Tx, most int) (page Page, full bool, err error) {
	plans := walkPlans
	if !q.covered() { // or Postgres looks for a stage through an index that has all of them
		plans = tablePlans
	}
	var rows []summaryRow
	stretches := q.stretches()
	for i, s := range stretches {
		if i > 0 {
			if ended, err := q.ended(ctx, tx, stretches[i-1], most); err != nil || !ended {
				return Page{}, false, err
			}
		}
		if err := q.leave(ctx, tx, plans); err != nil {
			return Page{}, false, err
		}
		more, err := postgres.List[summaryRow](ctx, tx, selectSummary+` from unnest(array(select id from `+s.walk(q, q.walked(), most)+
			` where `+q.walkedFor()+` order by `+s.walkedBy(q)+fmt.Sprintf(` limit %d)) with ordinality page (id, place) join expression using (id) order by place`, PageSize+1-len(rows)), q.unprepared()...)
		if err != nil {
			return Page{}, false, err
		}
		if rows = append(rows, more...); len(rows) > PageSize {
			break
		}
	}
	if len(rows) <= PageSize && !q.led() {
		return Page{}, false, nil
	}
	page = turned(rows, q.filter)
	page.Found, page.More, err = q.found(ctx, tx)
	page.Found = max(page.Found, len(page.Rows))
	return page, true, err
}

// ended reports whether a walk of so many cases comes to the end of a stretch.
func (q *queueQuery) ended(ctx context.Context, tx pgx.Tx, s stretch, most int) (bool, error) {
	if q.led() {
		return true, nil
	}
	if err := q.leave(ctx, tx, walkPlans); err != nil {
		return false, err
	}
	var n int
	err := tx.QueryRow(ctx, `select count(*) from (`+s.rows(q, most+1)+`) counted`, q.unprepared()...).Scan(&n)
	return n <= most, err
}

// found counts the cases that meet the conditions among the first ones; more is
// true where those are not all that there are.
func (q *queueQuery) found(ctx context.Context, tx pgx.Tx) (n int, more bool, err error) {
	whole := *q
	whole.filter.Cursor = Cursor{}
	looked := 0
	for _, s := range whole.stretches() {
		var met, all int
		if most := foundAtMost + 1 - looked; q.led() {
			err = tx.QueryRow(ctx, `select count(*), count(*) from (`+s.rows(q, most)+`) counted`, q.unprepared()...).Scan(&met, &all)
		} else {
			err = tx.QueryRow(ctx, `select count(*) filter (where `+q.chosen()+`), count(*) from `+s.walk(&whole, q.walked(), most), q.unprepared()...).Scan(&met, &all)
		}
		n, looked = n+met, looked+all
		if err != nil || looked > foundAtMost {
			break
		}
	}
	return min(n, foundAtMost), looked > foundAtMost, err
}

// foundBy are the plans and the conditions by which all is found in a way.
func (q *queueQuery) foundBy(r route) (plans, conditions string) {
	part := []string{q.part}
	switch {
	case r.by == byDaysOfLead:
		return leadPlans, joined([]string{r.lead}, unled(q.facets...), q.others, q.late, q.received, part)
	case r.by == byDays:
		return daysPlans, joined(unled(q.facets...), q.others, q.late, q.received, part)
	case len(q.facets) > 0:
		// Most cases of a faculty have ended, and most of the others are ours: no
		// index of the parts of the queue is to give all of those.
		return facetPlans, joined(q.facets, []string{q.inIndexes()}, q.others, unled(slices.Concat(q.late, q.received, part)...))
	}
	return facetPlans, q.chosen()
}

// sortedPage finds all that meets the conditions, and gives the page of it.
func (q *queueQuery) sortedPage(ctx context.Context, tx pgx.Tx, r route) (Page, error) {
	plans, conditions := q.foundBy(r)
	if err := q.leave(ctx, tx, plans); err != nil {
		return Page{}, err
	}
	if r.many {
		return q.sortedOfMany(ctx, tx, conditions)
	}
	return q.sorted(ctx, tx, source{with: `with found as materialized (` + keysWhere + conditions + `)`,
		rows: `found`, found: `(select count(*) from found)`})
}

const keysWhere = `select id, received_at, updated_at, due_on from expression where `

// sortedOfMany sorts as sortedPage does, where so much meets the conditions that an
// index is read twice rather than all kept to be counted. What has a day comes first
// where days are the order: most often that fills the page.
func (q *queueQuery) sortedOfMany(ctx context.Context, tx pgx.Tx, conditions string) (page Page, err error) {
	from := source{found: fmt.Sprintf(`(select count(*) from (%s limit %d) first)`, keysWhere+conditions, foundAtMost+1)}
	tries := []string{conditions}
	if !q.filter.Late && !q.filter.Cursor.Before && q.datedFirst() {
		tries = []string{conditions + ` and due_on is not null and ` + inParts(q.filter.datedParts()), conditions}
	}
	for _, among := range tries {
		// Without the OFFSET Postgres would walk through an index of the order.
		from.rows = `(` + keysWhere + among + ` offset 0) found`
		if page, err = q.sorted(ctx, tx, from); err != nil || page.Next.ID != "" {
			break
		}
	}
	page.Found, page.More = min(page.Found, foundAtMost), page.Found > foundAtMost
	return page, err
}

// source is the SQL of the cases of which a page is made.
type source struct {
	with  string // stands before the query; "" for nothing
	rows  string // their id, received_at, updated_at and due_on
	found string // how many they are
	more  string // whether there may be more; "" for no
}

// sorted sorts cases and gives the page of them.
func (q *queueQuery) sorted(ctx context.Context, tx pgx.Tx, from source) (Page, error) {
	keys := orders[q.filter.Sort].keys
	type counted struct {
		summaryRow
		Found int
		More  bool
	}
	rows, err := postgres.List[counted](ctx, tx, from.with+selectSummary+`, found, more from expression join (
		select id, `+from.found+` as found, `+cmp.Or(from.more, "false")+` as more from `+from.rows+` where `+cmp.Or(q.beyond(keys), "true")+
		` order by `+q.by(keys)+fmt.Sprintf(` limit %d) page using (id) order by `, PageSize+1)+q.by(keys), q.unprepared()...)
	if err != nil {
		return Page{}, err
	}
	plain := make([]summaryRow, len(rows))
	for i, r := range rows {
		plain[i] = r.summaryRow
	}
	page := turned(plain, q.filter)
	if len(rows) > 0 {
		page.Found, page.More = rows[0].Found, rows[0].More
	}
	return page, nil
}

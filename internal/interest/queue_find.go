package interest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// A page of the queue is found in one of two ways, both quick among a million
// cases. An index gives the cases in their order and the conditions are looked
// at case by case, for so many cases at most: that fills a page unless few cases
// meet the conditions. Or all that meet them are found by the index of all
// facets and words, or by one of days, and sorted. Left to itself Postgres takes
// the one way where the other is right: it does not know how words, days and
// stages go together, nor that a page is wanted soon.

const (
	// glance is how many cases are looked at in their order in any case.
	glance = 600
	// walkAtMost is how many are, where many cases seem to meet the conditions.
	walkAtMost = 8000
	// foundAtMost is how many are, to say how many more there are.
	foundAtMost = 1000
	// fewOfIndex are read from an index alone as soon as so many cases are.
	fewOfIndex = 60_000
	// manyShare is the share of the cases from which on a word is not counted.
	manyShare = 0.02
	// fewOfWords are read from the table as soon as a walk comes upon a page of
	// them, where a million cases are walked through.
	fewOfWords = 4000
)

// Both ways are said to Postgres as settings of the transaction.
const (
	walkPlans  = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true), set_config('enable_indexscan', 'on', true), set_config('enable_indexonlyscan', 'on', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`
	facetPlans = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'on', true), set_config('enable_sort', 'on', true), set_config('enable_indexscan', 'on', true), set_config('enable_indexonlyscan', 'on', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true), set_config('work_mem', '16MB', true), set_config('random_page_cost', '2', true), set_config('plan_cache_mode', 'force_custom_plan', true)`
)

// walked are the columns that conditions and rows need.
const walked = `id, reference, name, profession, branch, stage, turn, queue, received_at, updated_at, assignee_id, hold_until, due_on,
	mail_trouble, copy_asked_at, organisations, any_organisation, help, search, ` + dueKey + ` as due`

const selectSummary = `
	select id::text, reference, name, profession, branch, stage, turn, received_at, updated_at,
		coalesce(assignee_id::text, '') as assignee_id, hold_until as until_day, due_on as due_day,
		case when due_on < @today then -working_days_between(due_on, @today)
			else coalesce(working_days_between(@today, due_on), 0) end as working_days,
		coalesce(mail_trouble, '') as mail_trouble, copy_asked_at`

// page finds a page in the one way or the other.
func (q *queueQuery) page(ctx context.Context, tx pgx.Tx) (Page, error) {
	if len(q.filter.parts()) == 0 {
		return Page{}, nil
	}
	if !q.searches() {
		if page, full, err := q.walkedPage(ctx, tx, glance); full || err != nil {
			return page, err
		}
	}
	sparse, err := q.sparse(ctx, tx)
	if err != nil {
		return Page{}, err
	}
	if !sparse {
		if page, full, err := q.walkedPage(ctx, tx, walkAtMost); full || err != nil {
			return page, err
		}
	}
	return q.sortedPage(ctx, tx)
}

// sparse reports whether a page seems to be found sooner among all cases that
// meet the conditions than on a walk.
func (q *queueQuery) sparse(ctx context.Context, tx pgx.Tx) (bool, error) {
	if q.searches() {
		if q.common || q.near {
			return q.near, nil
		}
		n, err := q.haveWords(ctx, tx)
		return n < fewOfWords, err
	}
	meet, err := q.guess(ctx, tx, q.chosen())
	if err != nil {
		return false, err
	}
	// Cases of some days stand together in some orders and far apart in others;
	// but an index of days may have all that is asked for.
	q.indexed = (len(q.received) > 0 || q.filter.Late) && q.filter.Organisation == "" && meet < fewOfIndex
	if q.indexed {
		return true, nil
	}
	var leads []string
	for _, lead := range q.stretch(byReceived[1:], q.filter.parts(), "", "").leads {
		leads = append(leads, strings.Join(lead, " and "))
	}
	among, err := q.guess(ctx, tx, strings.Join(leads, " or "))
	walk := among / meet * (PageSize + 1)
	return walk > walkAtMost || walk > meet, err
}

// guess is how many cases Postgres thinks meet conditions, one at least.
func (q *queueQuery) guess(ctx context.Context, tx pgx.Tx, conditions string) (float64, error) {
	p, err := q.plan(ctx, tx, `explain (format json) select from expression where `+conditions)
	return p.Guess, err
}

// haveWords counts the cases that have the words which the index is asked for.
// Of the beginnings of words Postgres only guesses that many cases have them,
// but it finds them all in the index before it reads the first one.
func (q *queueQuery) haveWords(ctx context.Context, tx pgx.Tx) (int, error) {
	if _, err := tx.Exec(ctx, facetPlans+`, set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true)`); err != nil {
		return 0, err
	}
	p, err := q.plan(ctx, tx, `explain (analyze, timing off, format json) select from expression where search @@ @first::text::tsquery limit 1`)
	if err != nil {
		return 0, err
	}
	for len(p.Plans) > 0 {
		p = p.Plans[0]
	}
	return int(p.Rows), nil
}

// plan is a node of what EXPLAIN says.
type plan struct {
	Guess float64 `json:"Plan Rows"`
	Rows  float64 `json:"Actual Rows"`
	Plans []plan
}

// plan explains a query.
func (q *queueQuery) plan(ctx context.Context, tx pgx.Tx, query string) (plan, error) {
	var said []byte
	if err := tx.QueryRow(ctx, query, q.args).Scan(&said); err != nil {
		return plan{}, err
	}
	var whole []struct{ Plan plan }
	if err := json.Unmarshal(said, &whole); err != nil {
		return plan{}, fmt.Errorf("reading a plan: %w", err)
	}
	return whole[0].Plan, nil
}

// walkedPage looks at so many cases in their order; full is false where they do
// not fill a page.
func (q *queueQuery) walkedPage(ctx context.Context, tx pgx.Tx, most int) (page Page, full bool, err error) {
	if _, err := tx.Exec(ctx, walkPlans); err != nil {
		return Page{}, false, err
	}
	var rows []summaryRow
	for i, s := range q.stretches() {
		if i > 0 {
			if ended, err := q.ended(ctx, tx, i-1, most); err != nil || !ended {
				return Page{}, false, err
			}
		}
		more, err := postgres.List[summaryRow](ctx, tx, selectSummary+` from (select * from `+s.walk(q, walked, most)+
			` where `+q.chosen()+` order by `+s.walkedBy(q)+fmt.Sprintf(` limit %d) page order by `, PageSize+1-len(rows))+s.walkedBy(q), q.args)
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
func (q *queueQuery) ended(ctx context.Context, tx pgx.Tx, stretch, most int) (bool, error) {
	if q.led() {
		return true, nil
	}
	var n int
	err := tx.QueryRow(ctx, `select count(*) from (`+q.stretches()[stretch].rows(q, most+1)+`) counted`, q.args).Scan(&n)
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
			err = tx.QueryRow(ctx, `select count(*), count(*) from (`+s.rows(q, most)+`) counted`, q.args).Scan(&met, &all)
		} else {
			err = tx.QueryRow(ctx, `select count(*) filter (where `+q.chosen()+`), count(*) from `+s.walk(&whole, walked, most), q.args).Scan(&met, &all)
		}
		n, looked = n+met, looked+all
		if err != nil || looked > foundAtMost {
			break
		}
	}
	return min(n, foundAtMost), looked > foundAtMost, err
}

// sortedPage finds all that meets the conditions, and gives the page of it. What
// an index has is read from there twice rather than kept to be counted.
func (q *queueQuery) sortedPage(ctx context.Context, tx pgx.Tx) (Page, error) {
	if _, err := tx.Exec(ctx, facetPlans); err != nil {
		return Page{}, err
	}
	all := `select id, received_at, updated_at, due_on from expression where ` + q.chosen()
	with, found, number := `with found as materialized (`+all+`)`, `found`, `(select count(*) from found)`
	if q.indexed { // without the OFFSET Postgres would walk through an index of the order
		with, found = ``, `(`+all+` offset 0) found`
		number = fmt.Sprintf(`(select count(*) from (select from %s limit %d) first)`, found, foundAtMost+1)
	}
	keys := orders[q.filter.Sort].keys
	by := q.by(keys)
	type counted struct {
		summaryRow
		Found int
	}
	rows, err := postgres.List[counted](ctx, tx, with+selectSummary+`, found from expression join (
		select id, `+number+` as found from `+found+` where `+cmp.Or(q.beyond(keys), "true")+` order by `+by+fmt.Sprintf(` limit %d) page using (id) order by `, PageSize+1)+by, q.args)
	if err != nil {
		return Page{}, err
	}
	plain := make([]summaryRow, len(rows))
	n := 0
	for i, r := range rows {
		plain[i], n = r.summaryRow, r.Found
	}
	page := turned(plain, q.filter)
	if page.Found = n; q.indexed {
		page.Found, page.More = min(n, foundAtMost), n > foundAtMost
	}
	return page, nil
}

package interest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// A page of the queue is found in one of three ways, each quick among a million
// cases where the others are not. An index gives the cases in their order and the
// conditions are looked at case by case, for so many cases at most. Or all that
// meet the conditions are found and sorted: by an index of days, which has all
// that most conditions ask for, or by the index of all facets and words, which
// leads to the table. Left to itself Postgres takes the one where another is
// right: it does not know how words, days and stages go together, nor that a page
// is wanted soon. So it is told which way to go.
type way int

const (
	byFacets way = iota
	byDays
	byBoth // the cases that both have
)

// What a case costs, against one that is read from the table: see
// docs/performance.md.
const (
	tableCost = 1.0
	indexCost = 0.3 // read from an index
	bothCost  = 0.1 // found in two indexes
)

const (
	// fewNeeded are walked through also where what is asked for may stand far on.
	fewNeeded = 4 * PageSize
	// manyShare is the share of the cases from which on a word is not counted.
	manyShare = 0.02
	// fewOfWords are read from the table as soon as a walk comes upon a page of
	// them, where a million cases are walked through.
	fewOfWords = 4000
)

// route is how a page is found: on a walk of so many cases, 0 for none, and where
// that does not fill it among all that meet the conditions.
type route struct {
	walk int
	by   way
	many bool // so many seem to meet the conditions that not all are kept to be counted
}

// route chooses one.
func (q *queueQuery) route(ctx context.Context, tx pgx.Tx) (route, error) {
	if q.searches() {
		walk, err := q.walkForWords(ctx, tx)
		return route{walk: walk}, err
	}
	by, cost, err := q.sooner(ctx, tx)
	if err != nil {
		return route{}, err
	}
	var leads []string
	for _, lead := range q.stretch(byReceived[1:], q.filter.parts(), "", "").leads {
		leads = append(leads, strings.Join(lead, " and "))
	}
	among, err := q.guess(ctx, tx, strings.Join(leads, " or "))
	if err != nil {
		return route{}, err
	}
	meet, err := q.guess(ctx, tx, q.chosen())
	r, each := route{walk: walkAtMost, by: by, many: by == byDays && meet > 2*foundAtMost}, tableCost
	if q.filter.Stage == "" && q.filter.holder() == "" {
		r.walk, each = walkIndexAtMost, indexCost
	}
	needed := among / meet * (PageSize + 1)
	if needed > float64(r.walk) || needed*each > cost || q.farOn() && needed > fewNeeded {
		r.walk = 0
	}
	return r, err
}

// farOn reports whether what is asked for stands far on in its order: what is due
// first is old, and not of the last weeks.
func (q *queueQuery) farOn() bool {
	from := func(condition string) bool { return strings.Contains(condition, " >= ") }
	return q.filter.Sort == ByDue && !q.filter.Late && slices.ContainsFunc(q.received, from)
}

// sooner is the way in which all that meets the conditions seems to be found
// sooner, and what it costs.
func (q *queueQuery) sooner(ctx context.Context, tx pgx.Tx) (by way, cost float64, err error) {
	by, cost = byFacets, math.Inf(1)
	led, ranged := cost, cost
	if len(q.facets) > 0 {
		if led, err = q.guess(ctx, tx, all(q.facets)); err != nil {
			return by, cost, err
		}
		cost = led * tableCost
	}
	for _, days := range [][]string{q.late, q.received} {
		if len(days) == 0 {
			continue
		}
		among, err := q.guess(ctx, tx, all(days, []string{q.part}))
		if err != nil {
			return by, cost, err
		}
		ranged = min(ranged, among)
	}
	if ranged*indexCost < cost {
		by, cost = byDays, ranged*indexCost
	}
	if len(q.facets) == 0 || (led+ranged)*bothCost > cost {
		return by, cost, nil
	}
	meet, err := q.guess(ctx, tx, all(q.facets, q.late, q.received))
	if both := (led+ranged)*bothCost + meet*tableCost; both < cost {
		by, cost = byBoth, both
	}
	return by, cost, err
}

// walkForWords says how many cases to walk through for words.
func (q *queueQuery) walkForWords(ctx context.Context, tx pgx.Tx) (int, error) {
	if q.near {
		return 0, nil
	}
	if !q.common {
		if n, err := q.haveWords(ctx, tx); n < fewOfWords || err != nil {
			return 0, err
		}
	}
	return walkAtMost, nil
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
	if err := q.leave(ctx, tx, facetPlans); err != nil {
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

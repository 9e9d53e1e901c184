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

// A page of the queue is found in one of four ways, each quick among a million
// cases where the others are not. An index gives the cases in their order and the
// conditions are looked at case by case, for so many cases at most. Or all that
// meet the conditions are found and sorted: by an index of days, which has all
// that most conditions ask for; by an index of the days of one stage or one person,
// which leads to the table; or by those of all facets and words, which lead there,
// too. Left to itself Postgres takes the one where another is right: it does not
// know how words, days and stages go together, nor that a page is wanted soon. So
// it is told which way to go.
type way int

const (
	byFacets way = iota
	byDays
	byDaysOfLead
)

// What a case costs, against one that is read from the table: see
// docs/performance.md.
const (
	tableCost = 1.0
	indexCost = 0.13 // read from an index
	startCost = 0.12 // that the index of words gives for the beginning of a word
)

// fewNeeded are walked through also where what is asked for may stand far on.
const fewNeeded = 4 * PageSize

// route is how a page is found: on a walk of so many cases, 0 for none, and where
// that does not fill it among all that meet the conditions.
type route struct {
	walk int
	by   way
	lead string // the condition of the stage or the person
	many bool   // so many seem to meet the conditions that not all are kept to be counted
}

// candidate is a way in which all that meets the conditions can be found.
type candidate struct {
	route
	conditions string  // of the cases that are read
	each       float64 // what one of them costs
	inPart     bool    // they are all in the tab's part of the queue
}

// route chooses one.
func (q *queueQuery) route(ctx context.Context, tx pgx.Tx) (route, error) {
	var leads []string
	for _, lead := range q.stretch(byReceived, q.filter.parts(), "").leads {
		leads = append(leads, joined(lead.conditions))
	}
	candidates := q.candidates()
	conditions := []string{"true", q.part, strings.Join(leads, " or "), q.expected(q.facets, q.others, q.late, q.received)}
	for _, c := range candidates {
		conditions = append(conditions, c.conditions)
	}
	guessed, err := q.guess(ctx, tx, conditions)
	if err != nil {
		return route{}, err
	}
	all, part, among, meet := guessed[0], guessed[1], guessed[2], guessed[3]
	var r route
	cost := math.Inf(1)
	for i, c := range candidates {
		read := guessed[4+i] * c.each
		if c.inPart {
			read *= all / part
		}
		if read < cost {
			r, cost = c.route, read
		}
	}
	r.many = r.by == byDays && meet > 2*foundAtMost
	each := tableCost
	if r.walk = walkAtMost; q.covered() {
		r.walk, each = walkIndexAtMost, indexCost
	}
	// A walk in vain is to cost no more than what comes after it, most walks are to
	// find what they are for, and the first cases were looked at.
	r.walk = int(min(float64(r.walk), cost/each))
	if needed := among / meet * (PageSize + 1); needed*4 > float64(r.walk) || r.walk <= glance || q.farOn() && needed > fewNeeded {
		r.walk = 0
	}
	return r, nil
}

// newFor is how many days a case is new: due later than most that wait.
const newFor = 14

// farOn reports whether what is asked for stands far on in its order: what is new is
// due last of all that has a day; what came or changed last is not late, and where
// an index has all that is asked for, one gets that far.
func (q *queueQuery) farOn() bool {
	f := q.filter
	if q.datedFirst() {
		return !f.Late && slices.ContainsFunc(f.received(q.today), func(b bound) bool {
			return b.sign == ">=" && b.day.After(q.today.AddDays(-newFor))
		})
	}
	return f.Late && (f.Sort == ByNewest || f.Sort == ByChange) && !q.covered()
}

// expected are the conditions by which Postgres is asked for a guess, with the
// tab's unless they are about late cases: those are in one part of the queue, which
// Postgres does not know, so that it would think them as rare there as among all.
func (q *queueQuery) expected(conditions ...[]string) string {
	if !q.filter.Late {
		conditions = append(conditions, []string{q.part})
	}
	return joined(conditions...)
}

// candidates are the ways that the indexes offer.
func (q *queueQuery) candidates() (offered []candidate) {
	if len(q.facets) > 0 {
		conditions := q.facets
		if q.filter.Stage == "" { // or Postgres thinks that the stage is as rare there as among all
			conditions = append(slices.Clone(conditions), q.inIndexes())
		}
		offered = append(offered, candidate{conditions: joined(conditions), each: tableCost})
	}
	for _, days := range [][]string{q.late, q.received} {
		if len(days) == 0 {
			continue
		}
		offered = append(offered, candidate{route: route{by: byDays}, conditions: q.expected(days), each: indexCost})
		for _, lead := range q.leads() {
			offered = append(offered, candidate{
				route: route{by: byDaysOfLead, lead: lead}, conditions: joined([]string{lead}, days), each: tableCost,
				// What is late is in one part of the queue, as most of the stage is: Postgres
				// thinks that both are as rare there as among all.
				inPart: q.filter.Late && lead == ofStage,
			})
		}
	}
	return offered
}

// leads are the conditions of the indexes that have the days of one stage, and of
// what one person or nobody has.
func (q *queueQuery) leads() (conditions []string) {
	if q.filter.Stage != "" {
		conditions = append(conditions, ofStage)
	}
	return append(conditions, q.held()...)
}

// guess is how many cases Postgres thinks meet each of some conditions, one at
// least. It is asked for all of them at once.
func (q *queueQuery) guess(ctx context.Context, tx pgx.Tx, conditions []string) ([]float64, error) {
	guessed := make([]float64, len(conditions))
	var asked []string
	for i, condition := range conditions {
		guessed[i] = 1
		asked = append(asked, fmt.Sprintf("select from expression guess%d where %s", i, condition))
	}
	var said []byte
	if err := tx.QueryRow(ctx, `explain (format json) `+strings.Join(asked, " union all "), q.unprepared()...).Scan(&said); err != nil {
		return nil, err
	}
	var whole []struct{ Plan plan }
	if err := json.Unmarshal(said, &whole); err != nil {
		return nil, fmt.Errorf("reading a plan: %w", err)
	}
	whole[0].Plan.each(func(p plan) {
		var i int
		if _, err := fmt.Sscanf(p.Alias, "guess%d", &i); err == nil && i < len(guessed) {
			guessed[i] = max(p.Rows, 1)
		}
	})
	return guessed, nil
}

// plan is one step of Postgres's plan, and the steps that it takes its rows from.
type plan struct {
	Alias string
	Rows  float64 `json:"Plan Rows"`
	Plans []plan
}

// each calls fn for every step.
func (p plan) each(fn func(plan)) {
	fn(p)
	for _, step := range p.Plans {
		step.each(fn)
	}
}

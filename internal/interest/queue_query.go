package interest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/updating"
)

// queueQuery is the SQL of one filter.
type queueQuery struct {
	filter   Filter
	today    updating.Date
	args     pgx.NamedArgs
	part     string   // the condition of the tab
	facets   []string // by which the index of facets and words leads to cases
	others   []string // by which no index does
	late     []string // by which an index of due days does
	received []string // by which an index of when cases were received does
	search   string   // a tsquery; "" for none
	having   float64  // about how many cases have the words that are looked up, or more
	together float64  // about how many have all of them
	starting float64  // about how many an index gives for words of which that is the beginning
	near     bool     // the words are names that a slip of the keyboard makes of others
	plans    string   // what Postgres is left to choose from now
}

func newQueueQuery(ctx context.Context, tx pgx.Tx, s *Store, f Filter) (*queueQuery, error) {
	if f.Tab == "" {
		f.Tab = All
	}
	if f.Sort == "" {
		f.Sort = ByDue
	}
	today := DayOf(s.Now())
	q := &queueQuery{filter: f, today: today, args: pgx.NamedArgs{"today": today.Time()}}
	q.equal(ofStage, "stage", string(f.Stage))
	q.equal("profession = @profession", "profession", f.Profession)
	q.equal("help @> array[@help]", "help", f.Help)
	if f.Organisation == AnyOrganisation {
		q.others = append(q.others, "any_organisation")
	} else {
		q.equal("organisations @> array[@organisation]", "organisation", f.Organisation)
	}
	if held := q.held(); f.holder() == Nobody {
		q.others = append(q.others, held...)
	} else {
		q.facets = append(q.facets, held...)
	}
	if f.Late {
		q.late = []string{dueKey + " < @today"}
	}
	q.bounds()
	q.part = inParts(f.parts())
	if f.Text == "" {
		return q, nil
	}
	return q, q.words(ctx, tx, s)
}

// unprepared are the arguments of a query. There is one for each set of filters:
// kept prepared they would be in the way of what every page asks for.
func (q *queueQuery) unprepared() []any { return []any{pgx.QueryExecModeExec, q.args} }

// equal adds a facet with a value, unless it chooses by nothing.
func (q *queueQuery) equal(condition, name, value string) {
	if value != "" {
		q.args[name] = value
		q.facets = append(q.facets, condition)
	}
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

// ofStage is the condition that a case is of the filter's stage.
const ofStage = "stage = @stage"

// held are the conditions that who the filter is about has a case, which may be
// nobody; none where it is about nobody in particular. Where the filter asks for
// another than the tab is about, no part of the queue has the cases.
func (q *queueQuery) held() []string {
	switch who := q.filter.holder(); who {
	case "":
		return nil
	case Nobody:
		return []string{"assignee_id is null"}
	default:
		q.args["holder"] = who
		return []string{"assignee_id = @holder"}
	}
}

// led reports whether what leads to the cases is all that chooses them.
func (q *queueQuery) led() bool {
	f := q.filter
	switch {
	case f.Tab != Mine && f.Tab != Unassigned && f.Stage == "":
		f.Assignee = ""
	case f.holder() == "":
		f.Stage = ""
	}
	f.Tab, f.Viewer, f.Sort, f.Cursor = "", "", "", Cursor{}
	return f == Filter{}
}

// bound is a day from which on, or up to which, cases were received.
type bound struct {
	name, sign string
	days       int // after the day
	day        updating.Date
}

// received are the bounds of a filter.
func (f Filter) received(today updating.Date) []bound {
	from, to := f.Age.received(today)
	return slices.DeleteFunc([]bound{
		{"from", ">=", 0, f.ReceivedFrom}, {"to", "<", 1, f.ReceivedTo}, {"age_from", ">=", 0, from}, {"age_to", "<", 1, to},
	}, func(b bound) bool { return b.day.IsZero() })
}

// bounds adds the conditions about when a case was received.
func (q *queueQuery) bounds() {
	for _, b := range q.filter.received(q.today) {
		q.args[b.name] = b.day.Time()
		q.received = append(q.received, fmt.Sprintf("received_at %s (@%s::date + %d)::timestamp at time zone 'Europe/London'", b.sign, b.name, b.days))
	}
}

// searches reports whether the filter has words.
func (q *queueQuery) searches() bool { return q.search != "" }

// chosen is the condition that a case meets.
func (q *queueQuery) chosen() string {
	return joined(q.facets, q.others, q.late, q.received, []string{q.part})
}

// reached is that condition written so that the indexes of facets and words may lead
// to the case.
func (q *queueQuery) reached() string {
	if len(q.facets) == 0 {
		return q.chosen()
	}
	return q.chosen() + " and " + q.inIndexes()
}

// inIndexes is the condition of the indexes of facets and words that they have a
// case.
func (q *queueQuery) inIndexes() string {
	ours, others := facetIndexes(q.filter.parts())
	return either(append(ours, others...))
}

func joined(conditions ...[]string) string {
	return strings.Join(slices.Concat(conditions...), " and ")
}

// either is the condition that one of some conditions is met.
func either(conditions []string) string {
	return "(" + cmp.Or(strings.Join(conditions, " or "), "false") + ")"
}

// facetIndexes are the conditions of those indexes of facets and words that have the
// cases of some parts of the queue: of the one in which they may have days, and of
// the others.
func facetIndexes(parts []string) (ours, others []string) {
	for _, indexed := range [][]string{{"ours", "aside"}, {"returner", "on-hold"}, {"ended"}} {
		if !slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(indexed, part) }) {
			continue
		}
		if in := unled(inParts(indexed)); hasDays(indexed[0]) {
			ours = in
		} else {
			others = append(others, in...)
		}
	}
	return ours, others
}

// unled are conditions written so that no index is asked for them.
func unled(conditions ...string) []string {
	written := make([]string, len(conditions))
	for i, condition := range conditions {
		written[i] = "(" + condition + ") is true"
	}
	return written
}

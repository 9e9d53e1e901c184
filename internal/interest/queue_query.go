package interest

import (
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
	args     pgx.NamedArgs
	part     string   // the condition of the tab
	facets   []string // by which the index of facets and words leads to cases
	others   []string // by which no index does
	late     []string // by which an index of due days does
	received []string // by which an index of when cases were received does
	search   string   // a tsquery; "" for none
	common   bool     // many cases have each of the words
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
	q := &queueQuery{filter: f, args: pgx.NamedArgs{"today": today.Time()}}
	q.equal("stage = @stage", "stage", string(f.Stage))
	q.equal("profession = @profession", "profession", f.Profession)
	q.equal("help @> array[@help]", "help", f.Help)
	if f.Organisation == AnyOrganisation {
		q.others = append(q.others, "any_organisation")
	} else {
		q.equal("organisations @> array[@organisation]", "organisation", f.Organisation)
	}
	q.assignee()
	if f.Late {
		q.late = []string{dueKey + " < @today"}
	}
	q.bounds(today)
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

func (q *queueQuery) assignee() {
	for i, who := range []string{q.filter.Assignee, q.filter.holder()} {
		if who == Nobody {
			q.others = append(q.others, "assignee_id is null")
			continue
		}
		name := fmt.Sprintf("assignee%d", i)
		q.equal("assignee_id = @"+name, name, who)
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
func (q *queueQuery) bounds(today updating.Date) {
	for _, b := range q.filter.received(today) {
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

func joined(conditions ...[]string) string {
	return strings.Join(slices.Concat(conditions...), " and ")
}

// unled are conditions written so that no index is asked for them.
func unled(conditions ...string) []string {
	written := make([]string, len(conditions))
	for i, condition := range conditions {
		written[i] = "(" + condition + ") is true"
	}
	return written
}

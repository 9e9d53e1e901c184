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
	common   bool     // many cases have each of the words, as Postgres counted last
	near     bool     // the words are names that a slip of the keyboard makes of others
	plans    string   // what Postgres is left to choose from now
}

func newQueueQuery(ctx context.Context, tx pgx.Tx, f Filter, today updating.Date) (*queueQuery, error) {
	if f.Tab == "" {
		f.Tab = All
	}
	if f.Sort == "" {
		f.Sort = ByDue
	}
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
	q.part = "queue in ('" + strings.Join(f.parts(), "', '") + "')"
	if f.Text == "" {
		return q, nil
	}
	return q, q.words(ctx, tx)
}

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

// words adds the condition that a case has the words.
func (q *queueQuery) words(ctx context.Context, tx pgx.Tx) error {
	err := tx.QueryRow(ctx, `select coalesce(search_query($1)::text, '')`, joinNumbers(q.filter.Text)).Scan(&q.search)
	if err != nil || q.search == "" {
		return err
	}
	words, err := shares(ctx, tx, strings.Split(q.search, " & "))
	if err != nil {
		return err
	}
	first, rest := rarest(words)
	q.common = words[0].Share >= manyShare
	q.args["first"], q.args["rest"] = strings.Join(first, " & "), strings.Join(rest, " & ")
	q.facets = append(q.facets, "search @@ @first::text::tsquery")
	if len(rest) > 0 {
		q.others = append(q.others, unled("search @@ @rest::text::tsquery")...)
	}
	return nil
}

// wordShare is a word of a search, and which share of the cases has it.
type wordShare struct {
	Word  string
	Share float64
}

// shares says how common words are as Postgres counted last, the rarest first.
// It counts only those that many cases have.
func shares(ctx context.Context, tx pgx.Tx, words []string) ([]wordShare, error) {
	return postgres.List[wordShare](ctx, tx, `
		select typed as word, coalesce((
			select sum(share)
			from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) many (word, share)
			where schemaname = 'public' and tablename = 'expression' and attname = 'search'
				and (word = btrim(typed, ''':*') or typed like '%:*' and starts_with(word, btrim(typed, ''':*')))), 0)::float8 as share
		from unnest($1::text[]) with ordinality as t (typed, place)
		order by share, place`, words)
}

// rarest are the words that the index is asked for first: a word that many have
// beside a rare one is looked for in the cases of that, since the index would
// give all of its cases.
func rarest(words []wordShare) (first, rest []string) {
	for _, w := range words {
		if w.Share <= 10*max(words[0].Share, 0.001) {
			first = append(first, w.Word)
		} else {
			rest = append(rest, w.Word)
		}
	}
	return first, rest
}

// mistype puts names that a slip of the keyboard makes of the words in their
// place, and reports whether there are any.
func (q *queueQuery) mistype(ctx context.Context, tx pgx.Tx) (bool, error) {
	if err := q.leave(ctx, tx, facetPlans); err != nil {
		return false, err
	}
	var near string
	err := tx.QueryRow(ctx, `select coalesce(near_query($1)::text, '')`, q.filter.Text).Scan(&near)
	if err != nil || near == "" || near == q.search {
		return false, err
	}
	q.args["first"], q.args["rest"], q.near = near, near, true
	return true, nil
}

// searches reports whether the filter has words.
func (q *queueQuery) searches() bool { return q.search != "" }

// chosen is the condition that a case meets.
func (q *queueQuery) chosen() string {
	return all(q.facets, q.others, q.late, q.received, []string{q.part})
}

func all(conditions ...[]string) string {
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

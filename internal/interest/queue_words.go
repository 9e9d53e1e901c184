package interest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

const (
	// fewOfWords are read and sorted, of what is ours and of the others; among more of
	// them a page is found sooner by walking through the cases.
	fewOfWords = 5000
	// fewOfOurs are, and of the others no more than to count countedOfWords altogether,
	// where what is ours may fill the page of up to manyOfWords.
	fewOfOurs      = 4000
	countedOfWords = 500
	manyOfWords    = 12_000
	// mayFill is of how many altogether those that are ours may fill a page.
	mayFill = 8 * PageSize
	// fewOfStarts an index gives without delay for the beginnings of words.
	fewOfStarts = 30_000
	// knownFor is how long a Vocabulary keeps what it read.
	knownFor = time.Minute
)

// Vocabulary keeps which words many cases have: to read that takes as long as to
// find the cases of a name. A nil Vocabulary keeps nothing.
type Vocabulary struct {
	kept atomic.Pointer[vocabulary]
}

// vocabulary is as Postgres counted last, and has only words that many cases have.
type vocabulary struct {
	readAt time.Time
	Cases  float64 // all that there are
	Words  []string
	Shares []float64 // of the cases that have the word of the same place
	least  float64   // of the Shares
}

func (v *Vocabulary) read(ctx context.Context, tx pgx.Tx, now time.Time) (vocabulary, error) {
	if v != nil {
		if kept := v.kept.Load(); kept != nil && now.Sub(kept.readAt) < knownFor {
			return *kept, nil
		}
	}
	read, err := postgres.One[vocabulary](ctx, tx, `
		select greatest(reltuples, 0) as cases, most_common_elems::text::text[] as words, most_common_elem_freqs as shares
		from pg_class left join pg_stats on schemaname = 'public' and tablename = 'expression' and attname = 'search'
		where pg_class.oid = 'expression'::regclass`)
	if err != nil {
		return vocabulary{}, fmt.Errorf("reading which words many cases have: %w", err)
	}
	read.readAt = now
	if len(read.Shares) > 0 {
		read.least = slices.Min(read.Shares)
	}
	if v != nil {
		v.kept.Store(&read)
	}
	return read, nil
}

// share says about which share of the cases has a word of a search. One that is not
// known has no more than the rarest that is.
func (v vocabulary) share(typed string) float64 {
	start, begins := strings.CutSuffix(typed, ":*")
	start = strings.Trim(start, "'")
	var share float64
	for i, word := range v.Words {
		if word == start || begins && strings.HasPrefix(word, start) {
			share += v.Shares[i]
		}
	}
	return max(share, v.least)
}

// words adds the condition that a case has the words.
func (q *queueQuery) words(ctx context.Context, tx pgx.Tx, s *Store) error {
	err := tx.QueryRow(ctx, `select coalesce(search_query($1)::text, '')`, joinNumbers(q.filter.Text)).Scan(&q.search)
	if err != nil || q.search == "" {
		return err
	}
	known, err := s.Words.read(ctx, tx, s.Now())
	if err != nil {
		return err
	}
	words := strings.Split(q.search, " & ")
	first, rest := known.rarest(words)
	q.having, q.together = known.Cases*known.together(first), known.Cases*known.together(words)
	q.starting = known.Cases * known.starting(first)
	q.args["first"], q.args["rest"] = strings.Join(first, " & "), strings.Join(rest, " & ")
	q.facets = append(q.facets, "search @@ @first::text::tsquery")
	if len(rest) > 0 {
		q.others = append(q.others, unled("search @@ @rest::text::tsquery")...)
	}
	return nil
}

// rarest are the words that the index is asked for first: a word that many have
// beside a rare one is looked for in the cases of that, since the index would give
// all of its cases.
func (v vocabulary) rarest(words []string) (first, rest []string) {
	least := 1.0
	for _, word := range words {
		least = min(least, v.share(word))
	}
	for _, word := range words {
		if v.share(word) > least*tableCost/startCost {
			rest = append(rest, word)
		} else {
			first = append(first, word)
		}
	}
	return first, rest
}

// together is about which share of the cases has all of some words.
func (v vocabulary) together(words []string) float64 {
	share := 1.0
	for _, word := range words {
		share *= v.share(word)
	}
	return share
}

// starting is about which share of the cases an index gives for those of some
// words that are only the beginning of one, all added up.
func (v vocabulary) starting(words []string) (share float64) {
	for _, word := range words {
		if strings.HasSuffix(word, ":*") {
			share += v.share(word)
		}
	}
	return share
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

// anywhere reports whether there are cases with the words, where there are none
// beyond the cursor.
func (q *queueQuery) anywhere(ctx context.Context, tx pgx.Tx) (bool, error) {
	at := q.filter.Cursor
	if at.ID == "" {
		return false, nil
	}
	q.filter.Cursor = Cursor{}
	page, err := q.page(ctx, tx)
	q.filter.Cursor = at
	return len(page.Rows) > 0, err
}

// wordsPage finds a page of the cases that have the words.
func (q *queueQuery) wordsPage(ctx context.Context, tx pgx.Tx) (Page, error) {
	if !q.near {
		for _, most := range q.fews() {
			if page, whole, err := q.fewPage(ctx, tx, most); whole || err != nil {
				return page, err
			}
		}
		if page, full, err := q.walkedPage(ctx, tx, walkAtMost); full || err != nil {
			return page, err
		}
	}
	return q.sortedPage(ctx, tx, route{})
}

// few is how many cases with the words are read at most, of those that the index of
// what is ours gives first and of those of the others.
type few struct{ ours, others int }

// counts reports whether the others are only read to say how many there are, "at
// least", and are not to be on the page.
func (f few) counts() bool { return f.others <= countedOfWords }

// fews are how many are to be read, one after the other until they make a page;
// none where a walk is sooner.
func (q *queueQuery) fews() (tries []few) {
	_, others := facetIndexes(q.filter.parts())
	switch {
	case len(others) == 0 && q.having <= manyOfWords:
		return []few{{fewOfWords, 0}}
	case q.datedFirst() && q.together > mayFill && q.having <= manyOfWords:
		first := few{fewOfOurs, countedOfWords}
		if q.starting > fewOfStarts {
			first.others = 0
		}
		tries = append(tries, first)
	}
	if q.having <= fewOfWords {
		tries = append(tries, few{fewOfWords, fewOfWords})
	}
	return tries
}

// fewPage finds a page among the first cases that the indexes give for the words;
// whole is false where it may lack some.
func (q *queueQuery) fewPage(ctx context.Context, tx pgx.Tx, most few) (page Page, whole bool, err error) {
	if err := q.leave(ctx, tx, facetPlans); err != nil {
		return Page{}, false, err
	}
	from := q.fewOf(most)
	if page, err = q.sorted(ctx, tx, from); err != nil {
		return Page{}, false, err
	}
	if len(page.Rows) == 0 { // no row says how many were read
		err = tx.QueryRow(ctx, from.with+` select `+from.found+`, `+from.more, q.unprepared()...).Scan(&page.Found, &page.More)
		return Page{}, page.Found >= 0 && !page.More, err
	}
	whole = page.Found > 0 && (!page.More || q.onlyDated(page))
	if page.More {
		page.Found = min(page.Found, foundAtMost)
	}
	return page, whole, nil
}

// fewOf is the SQL of the first cases that the indexes give; found is -1 where they
// give more of what is ours.
func (q *queueQuery) fewOf(most few) source {
	met := joined(q.others, q.late, q.received, []string{q.part})
	ours, others := facetIndexes(q.filter.parts())
	given := func(in []string, limit string) string {
		return fmt.Sprintf(`materialized (select id, received_at, updated_at, due_on, %s as met from expression where %s limit %s)`,
			met, joined(q.facets, []string{either(in)}), limit)
	}
	room := fmt.Sprint(most.others + 1)
	if most.counts() {
		room = fmt.Sprintf(`(select greatest(0, %d - count(*) filter (where met)) from ours)`, countedOfWords+1)
	}
	more := `(select count(*) from others) >= ` + room
	switch {
	case len(others) == 0:
		more = "false"
	case most.others == 0: // to ask for one would take as long as to ask for all
		others, more = nil, "true"
	}
	return source{
		with: `with ours as ` + given(ours, fmt.Sprint(most.ours+1)) + `, others as ` + given(others, room) +
			`, few as (select * from ours union all select * from others)`,
		rows:  `(select * from few where met) found`,
		found: fmt.Sprintf(`(select case when (select count(*) from ours) > %d then -1 else count(*) filter (where met) end from few)`, most.ours),
		more:  more,
	}
}

// onlyDated reports whether all before the end of a page has a day, and no case
// without one can be on it.
func (q *queueQuery) onlyDated(page Page) bool {
	return q.datedFirst() && (len(q.stretches()) == 1 || page.Next.ID != "" && !page.Rows[len(page.Rows)-1].DueOn.IsZero())
}

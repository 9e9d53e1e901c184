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
	// fewOfWords are read and sorted; among more of them a page is found sooner by
	// walking through the cases.
	fewOfWords = 5000
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
	if v != nil {
		v.kept.Store(&read)
	}
	return read, nil
}

// share says about which share of the cases has a word of a search.
func (v vocabulary) share(typed string) float64 {
	start, begins := strings.CutSuffix(typed, ":*")
	start = strings.Trim(start, "'")
	var share float64
	for i, word := range v.Words {
		if word == start || begins && strings.HasPrefix(word, start) {
			share += v.Shares[i]
		}
	}
	return share
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
	first, rest, share := known.rarest(strings.Split(q.search, " & "))
	q.common = share*known.Cases > fewOfWords
	q.args["first"], q.args["rest"] = strings.Join(first, " & "), strings.Join(rest, " & ")
	q.facets = append(q.facets, "search @@ @first::text::tsquery")
	if len(rest) > 0 {
		q.others = append(q.others, unled("search @@ @rest::text::tsquery")...)
	}
	return nil
}

// rarest are the words that the index is asked for first, and about which share
// of the cases has them: a word that many have beside a rare one is looked for in
// the cases of that, since the index would give all of its cases.
func (v vocabulary) rarest(words []string) (first, rest []string, share float64) {
	shares := make([]float64, len(words))
	for i, word := range words {
		shares[i] = v.share(word)
	}
	most := 10 * max(slices.Min(shares), 0.001)
	share = 1
	for i, word := range words {
		if shares[i] > most {
			rest = append(rest, word)
			continue
		}
		first = append(first, word)
		share *= shares[i]
	}
	return first, rest, share
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
		if !q.common {
			if page, all, err := q.fewPage(ctx, tx); all || err != nil {
				return page, err
			}
		}
		if page, full, err := q.walkedPage(ctx, tx, walkAtMost); full || err != nil {
			return page, err
		}
	}
	return q.sortedPage(ctx, tx, route{})
}

// fewPage finds a page among the first cases that an index gives for the words;
// all is false where it has more of them.
func (q *queueQuery) fewPage(ctx context.Context, tx pgx.Tx) (page Page, all bool, err error) {
	if err := q.leave(ctx, tx, facetPlans); err != nil {
		return Page{}, false, err
	}
	first := fmt.Sprintf(` from expression where %s limit %d`, joined(q.facets), fewOfWords+1)
	page, err = q.sorted(ctx, tx, source{
		with: `with few as materialized (select id, received_at, updated_at, due_on, ` +
			joined(q.others, q.late, q.received, []string{q.part}) + ` as met` + first + `)`,
		rows:  `(select * from few where met) found`,
		found: fmt.Sprintf(`(select case when count(*) > %d then -1 else count(*) filter (where met) end from few)`, fewOfWords),
	})
	if err != nil || len(page.Rows) > 0 {
		return page, page.Found >= 0, err
	}
	var looked int // no row says how many they are
	err = tx.QueryRow(ctx, `select count(*) from (select`+first+`) few`, q.unprepared()...).Scan(&looked)
	return page, looked <= fewOfWords, err
}

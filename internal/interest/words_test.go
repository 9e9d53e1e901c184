package interest_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// TestWordsAreThoseThatWereKeptBefore compares search_words with how it was first
// written, slow and plain: cases and names that are there keep the words that this
// gave.
func TestWordsAreThoseThatWereKeptBefore(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	_, err := tx.Exec(t.Context(), `
		create function pg_temp.plain_words(text text) returns text[]
			language sql immutable
			return (
				select coalesce(array_agg(distinct word) filter (where word <> ''), '{}')
				from (select lower(regexp_replace(normalize(text, nfkd), '[\u0300-\u036f]', '', 'g'))) plain (line),
					regexp_split_to_table(line || ' ' || regexp_replace(line, '[''’‘\u0060‐‑–-]', '', 'g'),
						'[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') word)`)
	if err != nil {
		t.Fatalf("defining the words as they were: %v", err)
	}
	const seed = 31
	random := rand.New(rand.NewPCG(seed, seed))
	different, err := postgres.List[struct {
		Line       string
		Want, Have []string
	}](t.Context(), tx, `
		select line, plain_words as want, array(select distinct word from unnest(search_words(line)) word order by word) as have
		from unnest($1::text[]) line, pg_temp.plain_words(line)
		where array_to_tsvector(plain_words) <> array_to_tsvector(search_words(line)) limit 5`, texts(random, 20_000))
	if err != nil {
		t.Fatalf("comparing words: %v", err)
	}
	for _, d := range different {
		t.Errorf("seed %d: the words of %q are %q, want %q", seed, d.Line, d.Have, d.Want)
	}
}

// texts are n of up to 30 characters, among them all that part words or join them.
func texts(random *rand.Rand, n int) []string {
	usual := []rune("aabbccdeoZ019 .,@:;?_-'")
	rare := []rune("éÉłØßİıΣς9ﬁ½²’‘`´‐‑–—−/\\\"()[]{}<>|~^#&+*=%$£!\t\n\r\u00a0\u00ad\u00b7\u00bf\u0301\u0327\u1e9e\u2003\u200d\u2028\u206f\u3001\u303f東ア가😀")
	all := []string{"", " ", "-", "'", "O’Brien-Smith, o'brien@a-b.example"}
	for range n {
		var line strings.Builder
		share := random.IntN(3) // how many of ten are rare
		for range random.IntN(30) {
			from := usual
			if random.IntN(10) < share {
				from = rare
			}
			line.WriteRune(from[random.IntN(len(from))])
		}
		all = append(all, line.String())
	}
	return all
}

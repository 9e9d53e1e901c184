package interest

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"
)

// searchWords are the words of a text as search_words gives them, in no order; a
// test compares both.
func searchWords(text string) map[string]bool {
	plain := strings.Map(func(r rune) rune {
		if r >= '\u0300' && r <= '\u036f' {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
	plain = strings.ToLower(plain)
	joined := strings.NewReplacer("'", "", "’", "", "‘", "", "`", "", "‐", "", "‑", "", "–", "", "-", "").Replace(plain)
	found := map[string]bool{}
	for word := range strings.FieldsFuncSeq(plain+" "+joined, partsWords) {
		found[word] = true
	}
	return found
}

// partsWords reports whether a character stands between words.
func partsWords(r rune) bool {
	switch {
	case r <= '\u002f', r >= '\u003a' && r <= '\u0040', r >= '\u005b' && r <= '\u0060', r >= '\u007b' && r <= '\u00bf':
		return true
	}
	return r >= '\u2000' && r <= '\u206f' || r >= '\u3000' && r <= '\u303f'
}

// names collects the words of the names of cases that are worked on, as
// LearnNames does.
type names map[string]bool

func (n names) add(c Case) {
	if c.SetAsideAt != nil {
		return
	}
	a := c.Answers
	text := a.Name.Full
	if a.RegisteredName != nil {
		text += " " + a.RegisteredName.Full
	}
	for word := range searchWords(text) {
		if len([]rune(word)) > 2 {
			n[word] = true
		}
	}
}

func (n names) keep(ctx context.Context, tx pgx.Tx) error {
	// In bulk no key keeps a word from being there twice; otherwise the job that
	// learns names may add one meanwhile.
	_, err := tx.Exec(ctx, `
		insert into name_word (word) select word from unnest($1::text[]) word where not exists (select from name_word k where k.word = word)
		on conflict do nothing`,
		slices.Sorted(maps.Keys(n)))
	return err
}

package content

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
)

// The kinds of thing that search finds.
const (
	KindProfession   = "profession"
	KindPage         = "page"
	KindCareers      = "careers"
	KindFaculty      = "faculty"
	KindOrganisation = "organisation"
	KindGroup        = "group"
	KindStrategy     = "strategy"
	KindTheme        = "theme"
	KindObjective    = "objective"
)

// Hit is a thing that search found: its kind, parent and slug say which.
type Hit struct {
	Kind    string
	Parent  string // of a theme its strategy, of an objective "strategy/theme"
	Slug    string
	Title   string
	Excerpt string
}

// longestQuery is how many characters of a search are looked at.
const longestQuery = 200

// mostTerms is how many words of a search are looked at.
const mostTerms = 12

// Search finds published things by words, best first: those with every word,
// or where there are none, those with any. The last letters of a word may be
// left out. Text that holds no word finds nothing.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	words := terms(query)
	if len(words) == 0 {
		return nil, nil
	}
	for _, operator := range []string{" & ", " | "} {
		hits, err := s.search(ctx, strings.Join(words, operator), limit)
		if err != nil || len(hits) > 0 {
			return hits, err
		}
	}
	return nil, nil
}

// search ranks objectives and themes below what has a whole page: there are
// so many of them that they would hide it.
func (s *Store) search(ctx context.Context, query string, limit int) ([]Hit, error) {
	hits, err := postgres.List[Hit](ctx, s.DB, `
		select kind, parent, slug, title, excerpt
		from search_entry, to_tsquery('english', $1) as wanted
		where document @@ wanted
		order by ts_rank(document, wanted)
			* case kind when 'objective' then 0.3 when 'theme' then 0.6 else 1 end desc,
			title, kind, parent, slug
		limit $2`, query, limit)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	return hits, nil
}

// terms are the words of a search as prefixes that to_tsquery can always read:
// nothing but letters and digits is left of what was typed.
func terms(query string) []string {
	if runes := []rune(strings.ToValidUTF8(query, " ")); len(runes) > longestQuery {
		query = string(runes[:longestQuery])
	}
	words := strings.FieldsFunc(strings.ToLower(query), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) > mostTerms {
		words = words[:mostTerms]
	}
	for i, word := range words {
		words[i] = "'" + word + "':*"
	}
	return words
}

// entry is a row of the search index.
type entry struct {
	Hit
	aliases string
	body    string
}

// index rebuilds the search index from a pack.
func (s *Store) index(ctx context.Context, tx pgx.Tx, p Pack) error {
	if _, err := tx.Exec(ctx, `delete from search_entry`); err != nil {
		return fmt.Errorf("indexing: %w", err)
	}
	// Of the day in England as the database has it: an import has no clock.
	today, err := postgres.One[struct{ On time.Time }](ctx, tx, `select (now() at time zone 'Europe/London')::date as on`)
	if err != nil {
		return fmt.Errorf("indexing: %w", err)
	}
	kept, err := (&retention.Store{DB: tx}).Rules(ctx)
	if err != nil {
		return fmt.Errorf("indexing: %w", err)
	}
	rules := p.Rules.On(updating.DateOf(today.On))
	all := entries(p, func(text string) string { return kept.Fill(rules.Fill(text)) })
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"search_entry"},
		[]string{"kind", "parent", "slug", "title", "excerpt", "aliases", "body"},
		pgx.CopyFromSlice(len(all), func(i int) ([]any, error) {
			e := all[i]
			return []any{e.Kind, e.Parent, e.Slug, e.Title, e.Excerpt, e.aliases, e.body}, nil
		}))
	if err != nil {
		return fmt.Errorf("indexing: %w", err)
	}
	return nil
}

// entries are what is found; fill puts the figures that are in force into texts.
func entries(p Pack, fill func(text string) string) []entry {
	var all []entry
	for _, one := range p.Professions {
		one.Body = fill(one.Body)
		all = append(all, professionEntry(one))
	}
	kinds := map[string]string{General: KindPage, Careers: KindCareers, Faculty: KindFaculty}
	for _, one := range p.Pages {
		hit := Hit{Kind: kinds[one.Section], Slug: one.Slug, Title: one.Title, Excerpt: one.Summary}
		all = append(all, entry{Hit: hit, body: Plain(fill(one.Body))})
	}
	for _, one := range p.Organisations {
		hit := Hit{Kind: KindOrganisation, Slug: one.Slug, Title: one.Name, Excerpt: one.Note}
		all = append(all, entry{Hit: hit, aliases: one.Abbreviation, body: one.Kind})
	}
	for _, one := range p.Groups {
		all = append(all, groupEntry(one))
	}
	for _, one := range p.Strategies {
		all = append(all, strategyEntries(one)...)
	}
	return all
}

func professionEntry(p profession.Page) entry {
	known, _ := profession.BySlug(p.Slug)
	aliases := append([]string{p.Singular}, p.Aliases...)
	aliases = append(aliases, known.Aliases...)
	for _, b := range p.Branches {
		aliases = append(aliases, b.Name)
	}
	return entry{
		Hit:     Hit{Kind: KindProfession, Slug: p.Slug, Title: p.Name, Excerpt: p.Summary},
		aliases: strings.Join(aliases, ". "),
		body:    Plain(p.Body),
	}
}

func groupEntry(g faculty.Group) entry {
	return entry{
		Hit:  Hit{Kind: KindGroup, Slug: g.Slug, Title: g.Name, Excerpt: g.Summary},
		body: strings.Join(append([]string{g.Aim, g.Project}, g.Facts...), "\n"),
	}
}

func strategyEntries(s strategy.Strategy) []entry {
	var commitments, metrics []string
	for _, c := range s.Commitments {
		commitments = append(commitments, c.Name, strings.Join(c.Summary, " "))
	}
	for _, m := range s.Metrics {
		metrics = append(metrics, m.Name, m.Measure)
	}
	all := []entry{{
		Hit:     Hit{Kind: KindStrategy, Slug: s.Slug, Title: s.Title, Excerpt: s.Summary},
		aliases: s.Owner,
		body:    strings.Join(append(commitments, metrics...), "\n"),
	}}
	for _, t := range s.Themes {
		all = append(all, entry{Hit: Hit{Kind: KindTheme, Parent: s.Slug, Slug: t.Slug, Title: t.Name, Excerpt: t.Summary}})
		for _, o := range t.Objectives {
			all = append(all, entry{Hit: Hit{Kind: KindObjective, Parent: s.Slug + "/" + t.Slug, Slug: o.Slug,
				Title: o.Title, Excerpt: o.Text}})
		}
	}
	return all
}

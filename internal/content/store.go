package content

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Store reads and writes written pages, and searches all that is published.
type Store struct {
	DB postgres.DB
}

const selectPages = `
	select section, slug, title, summary, position, stage, version, to_add, reviewed, review_by, body
	from page`

// Pages gives the pages of a section, in their order.
func (s *Store) Pages(ctx context.Context, section string) ([]Page, error) {
	return s.pages(ctx, selectPages+` where section = $1 order by position, slug`, section)
}

// AllPages gives every written page, section by section.
func (s *Store) AllPages(ctx context.Context) ([]Page, error) {
	return s.pages(ctx, selectPages+` order by section, position, slug`)
}

func (s *Store) pages(ctx context.Context, query string, values ...any) ([]Page, error) {
	pages, err := postgres.List[Page](ctx, s.DB, query, values...)
	if err != nil {
		return nil, fmt.Errorf("listing pages: %w", err)
	}
	return pages, nil
}

// Page gives one page; a NotFound fault when the section has none of that slug.
func (s *Store) Page(ctx context.Context, section, slug string) (Page, error) {
	page, err := postgres.One[Page](ctx, s.DB, selectPages+` where section = $1 and slug = $2`, section, slug)
	if err != nil {
		return Page{}, fmt.Errorf("reading page %s/%s: %w", section, slug, err)
	}
	return page, nil
}

// Replace puts these pages in the place of all that there are.
func (s *Store) Replace(ctx context.Context, pages []Page) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from page`); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"page"},
			[]string{"section", "slug", "title", "summary", "position", "stage", "version", "to_add", "reviewed", "review_by", "body"},
			pgx.CopyFromSlice(len(pages), func(i int) ([]any, error) {
				p := pages[i]
				return []any{p.Section, p.Slug, p.Title, p.Summary, p.Position, p.Stage, p.Version, p.ToAdd,
					p.Reviewed, p.ReviewBy, p.Body}, nil
			}))
		return err
	})
	if err != nil {
		return fmt.Errorf("replacing pages: %w", err)
	}
	return nil
}

package profession

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Store reads and writes the pages of the professions.
type Store struct {
	DB postgres.DB
}

// selectPages reads a page with its branches and profiles in one statement, so
// that a page is never half of one edition and half of the next.
const selectPages = `
	select p.slug, p.name, p.singular, p.summary, p.position, p.aliases, p.works, p.to_add,
		p.reviewed, p.review_by, p.body,
		(select jsonb_agg(jsonb_build_object('slug', b.slug, 'name', b.name, 'singular', b.singular,
			'summary', b.summary) order by b.position)
			from profession_branch b where b.profession_slug = p.slug) as branches,
		(select jsonb_agg(jsonb_build_object('name', f.name, 'branch', f.branch, 'found', f.found,
			'plans', f.plans, 'supportRoles', f.support_roles, 'cancerPathway', f.cancer_pathway)
			order by f.position)
			from profession_profile f where f.profession_slug = p.slug) as profiles
	from profession p`

// Pages gives every profession's page, in their order.
func (s *Store) Pages(ctx context.Context) ([]Page, error) {
	pages, err := postgres.List[Page](ctx, s.DB, selectPages+` order by p.position`)
	if err != nil {
		return nil, fmt.Errorf("listing professions: %w", err)
	}
	return pages, nil
}

// Page gives one profession's page; a NotFound fault when there is none.
func (s *Store) Page(ctx context.Context, slug string) (Page, error) {
	page, err := postgres.One[Page](ctx, s.DB, selectPages+` where p.slug = $1`, slug)
	if err != nil {
		return Page{}, fmt.Errorf("reading profession %q: %w", slug, err)
	}
	return page, nil
}

// Replace puts these pages in the place of all that there are.
func (s *Store) Replace(ctx context.Context, pages []Page) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from profession`); err != nil {
			return err
		}
		if err := insertPages(ctx, tx, pages); err != nil {
			return err
		}
		if err := insertBranches(ctx, tx, pages); err != nil {
			return err
		}
		return insertProfiles(ctx, tx, pages)
	})
	if err != nil {
		return fmt.Errorf("replacing professions: %w", err)
	}
	return nil
}

func insertPages(ctx context.Context, tx pgx.Tx, pages []Page) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"profession"},
		[]string{"slug", "name", "singular", "summary", "position", "aliases", "works", "to_add", "reviewed", "review_by", "body"},
		pgx.CopyFromSlice(len(pages), func(i int) ([]any, error) {
			p := pages[i]
			return []any{p.Slug, p.Name, p.Singular, p.Summary, p.Position, p.Aliases, p.Works,
				p.ToAdd, p.Reviewed, p.ReviewBy, p.Body}, nil
		}))
	return err
}

func insertBranches(ctx context.Context, tx pgx.Tx, pages []Page) error {
	var rows [][]any
	for _, p := range pages {
		for i, b := range p.Branches {
			rows = append(rows, []any{p.Slug, b.Slug, i + 1, b.Name, b.Singular, b.Summary})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"profession_branch"},
		[]string{"profession_slug", "slug", "position", "name", "singular", "summary"}, pgx.CopyFromRows(rows))
	return err
}

func insertProfiles(ctx context.Context, tx pgx.Tx, pages []Page) error {
	var rows [][]any
	for _, p := range pages {
		for i, f := range p.Profiles {
			rows = append(rows, []any{p.Slug, i + 1, f.Name, f.Branch, f.Found, f.Plans,
				f.SupportRoles, f.CancerPathway})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"profession_profile"},
		[]string{"profession_slug", "position", "name", "branch", "found", "plans", "support_roles", "cancer_pathway"},
		pgx.CopyFromRows(rows))
	return err
}

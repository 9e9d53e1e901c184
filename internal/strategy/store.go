package strategy

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Store reads and writes strategies.
type Store struct {
	DB postgres.DB
}

// selectStrategies reads a strategy whole in one statement, so that it is
// never half of one edition and half of the next.
const selectStrategies = `
	select s.slug, s.title, s.owner, s.period, s.state, s.position, s.summary, s.notes, s.profile,
		(select jsonb_agg(jsonb_build_object('slug', c.slug, 'number', c.number, 'name', c.name,
			'summary', c.summary) order by c.number)
			from commitment c where c.strategy_slug = s.slug) as commitments,
		(select jsonb_agg(jsonb_build_object('slug', t.slug, 'number', t.number, 'name', t.name,
			'summary', t.summary,
			'commitments', (
				select jsonb_agg(tc.commitment_slug order by c.number)
				from theme_commitment tc
				join commitment c on c.strategy_slug = tc.strategy_slug and c.slug = tc.commitment_slug
				where tc.strategy_slug = t.strategy_slug and tc.theme_slug = t.slug),
			'objectives', (
				select jsonb_agg(jsonb_build_object('slug', o.slug, 'number', o.number, 'title', o.title,
					'text', o.text) order by o.number)
				from objective o where o.strategy_slug = t.strategy_slug and o.theme_slug = t.slug)
			) order by t.number)
			from theme t where t.strategy_slug = s.slug) as themes,
		(select jsonb_agg(jsonb_build_object('slug', m.slug, 'name', m.name, 'measure', m.measure,
			'unit', m.unit, 'direction', m.direction, 'note', m.note,
			'targets', (
				select jsonb_agg(jsonb_build_object('year', g.year, 'text', g.text, 'low', g.low,
					'high', g.high) order by g.year)
				from metric_target g where g.strategy_slug = m.strategy_slug and g.metric_slug = m.slug)
			) order by m.position)
			from metric m where m.strategy_slug = s.slug) as metrics
	from strategy s`

// All gives every strategy with all that it holds, in their order.
func (s *Store) All(ctx context.Context) ([]Strategy, error) {
	strategies, err := postgres.List[Strategy](ctx, s.DB, selectStrategies+` order by s.position, s.slug`)
	if err != nil {
		return nil, fmt.Errorf("listing strategies: %w", err)
	}
	return strategies, nil
}

// Strategy gives one strategy with all that it holds; a NotFound fault when
// there is none of that slug.
func (s *Store) Strategy(ctx context.Context, slug string) (Strategy, error) {
	strategy, err := postgres.One[Strategy](ctx, s.DB, selectStrategies+` where s.slug = $1`, slug)
	if err != nil {
		return Strategy{}, fmt.Errorf("reading strategy %q: %w", slug, err)
	}
	return strategy, nil
}

// Replace puts these strategies in the place of all that there are.
func (s *Store) Replace(ctx context.Context, strategies []Strategy) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from strategy`); err != nil {
			return err
		}
		for _, t := range tables(strategies) {
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("replacing strategies: %w", err)
	}
	return nil
}

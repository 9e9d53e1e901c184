package updating

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Store reads and writes the book of rules. What is printed from the book
// elsewhere is brought up to date by content.ChangeRules.
type Store struct {
	DB postgres.DB
}

// Book reads all rules in one statement, so that they are never half of one
// edition and half of the next. Where nothing was imported it is empty.
func (s *Store) Book(ctx context.Context) (Book, error) {
	book, err := postgres.One[Book](ctx, s.DB, selectBook)
	if err != nil {
		return Book{}, fmt.Errorf("reading the rules: %w", err)
	}
	return book, nil
}

const selectBook = `
		select
			(select jsonb_agg(jsonb_build_object('slug', slug, 'publisher', publisher, 'title', title, 'url', url)
				order by position) from rule_source) as sources,
			(select jsonb_agg(jsonb_build_object('slug', slug, 'page', page) order by position) from rule_regulator) as regulators,
			(select jsonb_agg(jsonb_build_object('slug', f.slug, 'name', f.name, 'values',
				(select jsonb_agg(jsonb_build_object('from', v.applies_from, 'value', v.value, 'source', v.source_slug,
					'checked', v.checked, 'note', v.note) order by v.applies_from)
					from rule_figure_value v where v.figure_slug = f.slug))
				order by f.position) from rule_figure f) as figures,
			(select jsonb_agg(jsonb_build_object('slug', slug, 'text', text, 'source', source_slug, 'checked', checked)
				order by position) from rule) as rules`

// Replace puts a book in the place of all that there is.
func (s *Store) Replace(ctx context.Context, b Book) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from rule_source`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from rule_regulator`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from rule_figure`); err != nil {
			return err
		}
		return insert(ctx, tx, b)
	})
	if err != nil {
		return fmt.Errorf("replacing the rules: %w", err)
	}
	return nil
}

func insert(ctx context.Context, tx pgx.Tx, b Book) error {
	var sources, regulators, figures, values, rules [][]any
	for i, one := range b.Sources {
		sources = append(sources, []any{one.Slug, i + 1, one.Publisher, one.Title, one.URL})
	}
	for i, one := range b.Regulators {
		regulators = append(regulators, []any{one.Slug, i + 1, one.Page})
	}
	for i, one := range b.Figures {
		figures = append(figures, []any{one.Slug, i + 1, one.Name})
		for _, v := range one.Values {
			values = append(values, []any{one.Slug, v.From.Time(), v.Value, v.Source, v.Checked.Time(), v.Note})
		}
	}
	for i, one := range b.Rules {
		rules = append(rules, []any{one.Slug, i + 1, one.Text, one.Source, one.Checked.Time()})
	}
	for _, table := range []struct {
		name    string
		columns []string
		rows    [][]any
	}{
		{"rule_source", []string{"slug", "position", "publisher", "title", "url"}, sources},
		{"rule_regulator", []string{"slug", "position", "page"}, regulators},
		{"rule_figure", []string{"slug", "position", "name"}, figures},
		{"rule_figure_value", []string{"figure_slug", "applies_from", "value", "source_slug", "checked", "note"}, values},
		{"rule", []string{"slug", "position", "text", "source_slug", "checked"}, rules},
	} {
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows)); err != nil {
			return err
		}
	}
	return nil
}

// By is the member of staff on whose behalf something is done.
type By struct {
	StaffID   string
	RequestID string
}

// CheckFigure records that the value of a figure that is in force on a day was
// compared with its source on that day. On the same day again it does nothing.
func (s *Store) CheckFigure(ctx context.Context, by By, slug string, today Date) error {
	err := s.change(ctx, by, "figure", "figure.check", slug, func(tx pgx.Tx) (int64, error) {
		return affected(tx.Exec(ctx, `
			update rule_figure_value v set checked = $2
			where figure_slug = $1 and checked <> $2 and applies_from = (
				select coalesce(max(applies_from) filter (where applies_from <= $2), min(applies_from))
				from rule_figure_value where figure_slug = $1)`, slug, today.Time()))
	})
	if err != nil {
		return fmt.Errorf("checking figure %q: %w", slug, err)
	}
	return nil
}

// CheckRule records that a rule was compared with its source on a day. On the
// same day again it does nothing.
func (s *Store) CheckRule(ctx context.Context, by By, slug string, today Date) error {
	err := s.change(ctx, by, "rule", "rule.check", slug, func(tx pgx.Tx) (int64, error) {
		return affected(tx.Exec(ctx, `update rule set checked = $2 where slug = $1 and checked <> $2`, slug, today.Time()))
	})
	if err != nil {
		return fmt.Errorf("checking rule %q: %w", slug, err)
	}
	return nil
}

// Set gives a figure a value from a day on, in the place of another from the
// same day. A figure that somebody changed since the form was made gives
// ErrChanged, unless it has the value already: the same form again does nothing.
func (s *Store) Set(ctx context.Context, by By, n NewValue, today Date) error {
	err := s.change(ctx, by, "figure", "figure.set", n.Figure, func(tx pgx.Tx) (int64, error) {
		within := Store{DB: tx}
		book, err := within.Book(ctx)
		if err != nil {
			return 0, err
		}
		figure, _ := book.Figure(n.Figure)
		if figure.has(n) {
			return 0, nil
		}
		if figure.Edition() != n.Edition {
			return 0, ErrChanged
		}
		if n.Validate(book, today).Any() {
			return 0, fault.Invalid
		}
		return affected(tx.Exec(ctx, `
			insert into rule_figure_value (figure_slug, applies_from, value, source_slug, checked)
			values ($1, $2, $3, $4, $5)
			on conflict (figure_slug, applies_from) do update
				set value = excluded.value, source_slug = excluded.source_slug, checked = excluded.checked, note = ''`,
			n.Figure, n.From().Time(), n.Number(), n.Source, today.Time()))
	})
	if err != nil {
		return fmt.Errorf("setting figure %q: %w", n.Figure, err)
	}
	return nil
}

// change locks a figure or a rule, changes it, and writes that into the audit
// if anything was changed. One that is not there is a NotFound fault.
func (s *Store) change(ctx context.Context, by By, subject, action, slug string, do func(tx pgx.Tx) (int64, error)) error {
	lock := map[string]string{
		"figure": `select slug from rule_figure where slug = $1 for update`,
		"rule":   `select slug from rule where slug = $1 for update`,
	}[subject]
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := postgres.One[struct{ Slug string }](ctx, tx, lock, slug); err != nil {
			return err
		}
		changed, err := do(tx)
		if err != nil || changed == 0 {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Staff, ActorID: by.StaffID, Action: action, SubjectKind: subject, SubjectID: slug,
			Outcome: audit.Done, RequestID: by.RequestID,
		})
	})
}

// affected is how many rows a statement changed.
func affected(tag pgconn.CommandTag, err error) (int64, error) { return tag.RowsAffected(), err }

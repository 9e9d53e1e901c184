package site

import (
	"context"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/component"
	"ahpfaculty/web/siteview"
)

func (h *Handler) strategies(ctx context.Context, a ask) (templ.Component, error) {
	all, err := h.Strategies.All(ctx)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, "Strategy",
		"The goals and strategies behind the work of the allied health professions.", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Strategies(siteview.StrategiesView{Base: base, Strategies: all}), nil
}

func (h *Handler) strategy(ctx context.Context, a ask) (templ.Component, error) {
	s, err := h.Strategies.Strategy(ctx, a.strategy)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, s.Title, s.Summary, siteview.HomeCrumb, siteview.StrategiesCrumb)
	if err != nil {
		return nil, err
	}
	pathway, err := h.pathway(ctx, s)
	if err != nil {
		return nil, err
	}
	return siteview.Strategy(siteview.StrategyView{Base: base, Strategy: s, Pathway: pathway}), nil
}

func (h *Handler) theme(ctx context.Context, a ask) (templ.Component, error) {
	s, err := h.Strategies.Strategy(ctx, a.strategy)
	if err != nil {
		return nil, err
	}
	t, ok := s.Theme(a.theme)
	if !ok {
		return nil, fmt.Errorf("theme %q of strategy %q: %w", a.theme, a.strategy, fault.NotFound)
	}
	base, err := h.base(ctx, a.path, t.Name, t.Summary,
		siteview.HomeCrumb, siteview.StrategiesCrumb, component.Link{Text: s.Title, Href: siteview.StrategyURL(s.Slug)})
	if err != nil {
		return nil, err
	}
	return siteview.Theme(siteview.ThemeView{Base: base, Strategy: s, Theme: t}), nil
}

func (h *Handler) objectives(ctx context.Context, a ask) (templ.Component, error) {
	all, err := h.Strategies.All(ctx)
	if err != nil {
		return nil, err
	}
	s, err := chosenStrategy(all, a.filter("strategy"))
	if err != nil {
		return nil, err
	}
	theme, commitment := a.filter("theme"), a.filter("commitment")
	if _, ok := s.Theme(theme); !ok && theme != "" {
		return nil, fmt.Errorf("theme %q: %w", theme, fault.Invalid)
	}
	if _, ok := s.Commitment(commitment); !ok && commitment != "" {
		return nil, fmt.Errorf("commitment %q: %w", commitment, fault.Invalid)
	}
	base, err := h.base(ctx, a.path, "Objectives", "Every objective of a strategy, by theme and by commitment.",
		siteview.HomeCrumb, siteview.StrategiesCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Objectives(siteview.ObjectivesView{
		Base: base, Strategy: s, Others: without(all, s.Slug),
		Theme: theme, Commitment: commitment, Themes: s.Serving(theme, commitment),
	}), nil
}

func without(all []strategy.Strategy, slug string) []strategy.Strategy {
	return slices.DeleteFunc(slices.Clone(all), func(s strategy.Strategy) bool { return s.Slug == slug })
}

// chosenStrategy finds the strategy that a filter names; without one, the
// first that has commitments to filter by.
func chosenStrategy(all []strategy.Strategy, slug string) (strategy.Strategy, error) {
	for _, s := range all {
		if s.Slug == slug || slug == "" && len(s.Commitments) > 0 {
			return s, nil
		}
	}
	if slug != "" {
		return strategy.Strategy{}, fmt.Errorf("strategy %q: %w", slug, fault.Invalid)
	}
	return strategy.Strategy{}, fmt.Errorf("a strategy with commitments: %w", fault.NotFound)
}

package site

import (
	"context"

	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/siteview"
)

// lthStrategySlug names the strategy of Lancashire Teaching Hospitals, whose
// picture of the professions stands with it.
const lthStrategySlug = "lth-ahp-workforce-strategy"

// pathway is what the professions do for somebody who has surgery for cancer;
// nothing for a strategy that is not theirs who described it.
func (h *Handler) pathway(ctx context.Context, s strategy.Strategy) ([]siteview.Contribution, error) {
	if s.Slug != lthStrategySlug {
		return nil, nil
	}
	pages, err := h.Professions.Pages(ctx)
	if err != nil {
		return nil, err
	}
	return siteview.Contributions(pages), nil
}

package site

import (
	"context"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/profession"
	"ahpfaculty/web/siteview"
)

func (h *Handler) professions(ctx context.Context, a ask) (templ.Component, error) {
	chosen := a.filter("works")
	if _, ok := profession.WorkBySlug(chosen); !ok && chosen != "" {
		return nil, fmt.Errorf("kind of work %q: %w", chosen, fault.Invalid)
	}
	all, err := h.Professions.Pages(ctx)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, "The 14 allied health professions",
		"What each allied health profession does, who it helps and how to join it.", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	view := siteview.ProfessionsView{Base: base, Chosen: chosen, Total: len(all)}
	for _, p := range all {
		if chosen == "" || slices.Contains(p.Works, chosen) {
			view.Professions = append(view.Professions, p)
		}
	}
	return siteview.Professions(view), nil
}

func (h *Handler) profession(ctx context.Context, a ask) (templ.Component, error) {
	p, err := h.Professions.Page(ctx, a.slug)
	if err != nil {
		return nil, err
	}
	known, ok := profession.BySlug(a.slug)
	if !ok {
		return nil, fmt.Errorf("profession %q: %w", a.slug, fault.NotFound)
	}
	base, err := h.base(ctx, a.path, p.Name, p.Summary, siteview.HomeCrumb, siteview.ProfessionsCrumb)
	if err != nil {
		return nil, err
	}
	sections, err := h.sections(ctx, a, p.Body)
	if err != nil {
		return nil, err
	}
	return siteview.Profession(siteview.ProfessionView{Base: base, Page: p, Known: known, Sections: sections}), nil
}

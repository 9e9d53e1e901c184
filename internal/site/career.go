package site

import (
	"context"

	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
	"ahpfaculty/web/siteview"
)

func (h *Handler) careers(ctx context.Context, a ask) (templ.Component, error) {
	pages, err := h.Content.Pages(ctx, content.Careers)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, "Careers in the allied health professions",
		"Joining, working, growing and leading as an allied health professional.", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Careers(siteview.CareersView{Base: base, Stages: byStage(pages)}), nil
}

// byStage groups pages by the part of a career that they are about; a part
// without pages is left out.
func byStage(pages []content.Page) []siteview.CareerStage {
	var stages []siteview.CareerStage
	for _, stage := range content.Stages() {
		group := siteview.CareerStage{Stage: stage}
		for _, p := range pages {
			if p.Stage == stage.Slug {
				group.Pages = append(group.Pages, p)
			}
		}
		if len(group.Pages) > 0 {
			stages = append(stages, group)
		}
	}
	return stages
}

func (h *Handler) career(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.Careers, a.slug, siteview.HomeCrumb, siteview.CareersCrumb)
	if err != nil {
		return nil, err
	}
	pages, err := h.Content.Pages(ctx, content.Careers)
	if err != nil {
		return nil, err
	}
	view := siteview.CareerView{Written: written}
	for _, p := range pages {
		if p.Stage == written.Page.Stage && p.Slug != written.Page.Slug {
			view.Related = append(view.Related, p)
		}
	}
	return siteview.Career(view), nil
}

package site

import (
	"context"
	"errors"

	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/siteview"
)

// goalsSlug is the strategy that holds the council's goals, which the page
// about the council shows where it is published.
const goalsSlug = "lincolnshire-ahp-council-goals"

func (h *Handler) faculty(ctx context.Context, a ask) (templ.Component, error) {
	pages, err := h.Content.Pages(ctx, content.Faculty)
	if err != nil {
		return nil, err
	}
	groups, err := h.Faculty.Groups(ctx)
	if err != nil {
		return nil, err
	}
	organisations, err := h.Faculty.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	details, err := h.Faculty.Details(ctx)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, "About "+details.Name,
		"Who the faculty is, what it works on and how it is led.", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Faculty(siteview.FacultyView{Base: base, Pages: pages, Groups: groups, Organisations: organisations}), nil
}

func (h *Handler) facultyPage(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.Faculty, a.slug, siteview.HomeCrumb, siteview.FacultyCrumb)
	if err != nil {
		return nil, err
	}
	view := siteview.FacultyPageView{Written: written}
	switch a.slug {
	case "council":
		view.Goals, err = h.goals(ctx)
	case "members":
		view.Organisations, err = h.Faculty.Organisations(ctx)
	}
	if err != nil {
		return nil, err
	}
	pages, err := h.Content.Pages(ctx, content.Faculty)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		if p.Slug != a.slug {
			view.Related = append(view.Related, p)
		}
	}
	return siteview.FacultyPage(view), nil
}

// goals gives the council's goals; none where no such strategy is published.
func (h *Handler) goals(ctx context.Context) ([]strategy.Objective, error) {
	s, err := h.Strategies.Strategy(ctx, goalsSlug)
	if errors.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var goals []strategy.Objective
	for _, t := range s.Themes {
		goals = append(goals, t.Objectives...)
	}
	return goals, nil
}

func (h *Handler) groups(ctx context.Context, a ask) (templ.Component, error) {
	groups, err := h.Faculty.Groups(ctx)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, "Groups and projects",
		"The action groups and sub-groups of the faculty, and what each is working on.", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	view := siteview.GroupsView{Base: base}
	for _, g := range groups {
		if g.Kind == faculty.ActionGroup {
			view.Action = append(view.Action, g)
		} else {
			view.Sub = append(view.Sub, g)
		}
	}
	return siteview.Groups(view), nil
}

func (h *Handler) group(ctx context.Context, a ask) (templ.Component, error) {
	g, err := h.Faculty.Group(ctx, a.slug)
	if err != nil {
		return nil, err
	}
	organisations, err := h.Faculty.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	base, err := h.base(ctx, a.path, g.Name, g.Summary, siteview.HomeCrumb, siteview.GroupsCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Group(siteview.GroupView{Base: base, Group: g, Partners: partners(g, organisations)}), nil
}

// partners gives a group's organisations in the group's own order.
func partners(g faculty.Group, organisations []faculty.Organisation) []faculty.Organisation {
	var found []faculty.Organisation
	for _, slug := range g.Partners {
		for _, o := range organisations {
			if o.Slug == slug {
				found = append(found, o)
			}
		}
	}
	return found
}

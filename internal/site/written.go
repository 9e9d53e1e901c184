package site

import (
	"context"

	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
	"ahpfaculty/web/component"
	"ahpfaculty/web/siteview"
)

// base is what every page shows around its own text.
func (h *Handler) base(ctx context.Context, path, title, description string, crumbs ...component.Link) (siteview.Base, error) {
	details, err := h.Faculty.Details(ctx)
	if err != nil {
		return siteview.Base{}, err
	}
	return siteview.Base{
		Faculty: details, Path: path, Title: title, Description: description, Crumbs: crumbs, Assets: h.Assets,
	}, nil
}

// written reads a page and turns its text into sections.
func (h *Handler) written(ctx context.Context, section, slug, path string, crumbs ...component.Link) (siteview.Written, error) {
	p, err := h.Content.Page(ctx, section, slug)
	if err != nil {
		return siteview.Written{}, err
	}
	base, err := h.base(ctx, path, p.Title, p.Summary, crumbs...)
	if err != nil {
		return siteview.Written{}, err
	}
	sections, err := content.Sections(p.Body)
	if err != nil {
		return siteview.Written{}, err
	}
	return siteview.Written{Base: base, Page: p, Sections: sections}, nil
}

// general makes one of the pages that belong to no section and show nothing
// but their text.
func (h *Handler) general(slug string) maker {
	return func(ctx context.Context, a ask) (templ.Component, error) {
		written, err := h.written(ctx, content.General, slug, a.path, siteview.HomeCrumb)
		if err != nil {
			return nil, err
		}
		return siteview.General(written), nil
	}
}

func (h *Handler) contact(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, content.General, "contact", a.path, siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Contact(written), nil
}

func (h *Handler) privacy(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, content.General, "privacy", a.path, siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Privacy(written), nil
}

func (h *Handler) returnToPractice(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, content.General, "return-to-practice", a.path, siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.ReturnToPractice(written), nil
}

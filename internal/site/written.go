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
func (h *Handler) written(ctx context.Context, a ask, section, slug string, crumbs ...component.Link) (siteview.Written, error) {
	p, err := h.Content.Page(ctx, section, slug)
	if err != nil {
		return siteview.Written{}, err
	}
	base, err := h.base(ctx, a.path, p.Title, p.Summary, crumbs...)
	if err != nil {
		return siteview.Written{}, err
	}
	sections, err := h.sections(ctx, a, p.Body)
	if err != nil {
		return siteview.Written{}, err
	}
	return siteview.Written{Base: base, Page: p, Sections: sections}, nil
}

// sections turns a body into sections, with the figures of the rules that are
// in force, and the periods for which things are kept, in the place of its
// placeholders.
func (h *Handler) sections(ctx context.Context, a ask, body string) ([]content.Section, error) {
	book, err := h.Rules.Book(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := h.Kept.Rules(ctx)
	if err != nil {
		return nil, err
	}
	return content.Sections(kept.Fill(book.On(a.on).Fill(body)))
}

// general makes one of the pages that belong to no section and show nothing
// but their text.
func (h *Handler) general(slug string) maker {
	return func(ctx context.Context, a ask) (templ.Component, error) {
		written, err := h.written(ctx, a, content.General, slug, siteview.HomeCrumb)
		if err != nil {
			return nil, err
		}
		return siteview.General(written), nil
	}
}

func (h *Handler) contact(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.General, "contact", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Contact(written), nil
}

func (h *Handler) accessibility(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.General, "accessibility", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Accessibility(written), nil
}

func (h *Handler) privacy(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.General, "privacy", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.Privacy(written), nil
}

func (h *Handler) returnToPractice(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.General, "return-to-practice", siteview.HomeCrumb)
	if err != nil {
		return nil, err
	}
	return siteview.ReturnToPractice(written), nil
}

package site

import (
	"context"

	"github.com/a-h/templ"

	"ahpfaculty/internal/content"
	"ahpfaculty/web/siteview"
)

func (h *Handler) home(ctx context.Context, a ask) (templ.Component, error) {
	written, err := h.written(ctx, a, content.General, "home")
	if err != nil {
		return nil, err
	}
	professions, err := h.Professions.Pages(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := h.Faculty.Groups(ctx)
	if err != nil {
		return nil, err
	}
	return siteview.Home(siteview.HomeView{Written: written, Professions: professions, Groups: groups}), nil
}

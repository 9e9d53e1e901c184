package admin

import (
	"context"
	"net/http"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

func (h *Handler) home(w http.ResponseWriter, r *http.Request) error {
	figures, err := h.figures(r)
	if err != nil {
		return err
	}
	role := viewer(r).Role
	view := adminview.Home{Role: role, Figures: figures, Exact: role.May(staff.SeeCases)}
	if view.Exact {
		if err := h.waiting(r.Context(), viewer(r).ID, &view); err != nil {
			return err
		}
	}
	view.Frame, view.Notice = h.frame(r, "Staff area", false), h.notice(r)
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

// waiting counts what waits for the person and for everybody.
func (h *Handler) waiting(ctx context.Context, staffID string, view *adminview.Home) error {
	var err error
	if view.Own, err = h.reports.Own(ctx, staffID); err != nil {
		return err
	}
	if view.Tabs, err = h.interest.TabCounts(ctx, staffID); err != nil {
		return err
	}
	if view.Copies, err = h.interest.CopiesAsked(ctx); err != nil {
		return err
	}
	if view.Enquiries, err = h.enquiry.Count(ctx); err != nil {
		return err
	}
	view.Offers, err = h.offers.Count(ctx)
	return err
}

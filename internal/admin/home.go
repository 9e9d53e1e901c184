package admin

import (
	"net/http"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

func (h *Handler) home(w http.ResponseWriter, r *http.Request) error {
	counts, err := h.interest.Counts(r.Context())
	if err != nil {
		return err
	}
	role := viewer(r).Role
	view := adminview.Home{Role: role, Counts: counts, Exact: role.May(staff.SeeCases)}
	if view.Exact {
		if view.Waiting, err = h.interest.Waiting(r.Context()); err != nil {
			return err
		}
		if view.Enquiries, err = h.enquiry.Count(r.Context()); err != nil {
			return err
		}
		if view.Offers, err = h.offers.Count(r.Context()); err != nil {
			return err
		}
	}
	view.Frame, view.Notice = h.frame(r, "Staff area", false), h.notice(r)
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

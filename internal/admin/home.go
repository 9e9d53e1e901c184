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
	return h.pages.Render(w, r, http.StatusOK, adminview.Home{
		Frame: h.frame(r, "Staff area", false), Notice: h.notice(r), Role: role,
		Counts: counts, Exact: role.May(staff.SeeCases),
	}.Page())
}

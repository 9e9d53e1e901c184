package admin

import (
	"fmt"
	"net/http"
	"strconv"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/web/adminview"
)

// auditRows is how many rows a page of the audit shows.
const auditRows = 50

func (h *Handler) audit(w http.ResponseWriter, r *http.Request) error {
	before := int64(0)
	if text := r.URL.Query().Get("before"); text != "" {
		var err error
		if before, err = strconv.ParseInt(text, 10, 64); err != nil || before < 1 {
			return fmt.Errorf("audit from below no row: %w", fault.Invalid)
		}
	}
	// One more than is shown tells whether there are older ones.
	rows, err := audit.List(r.Context(), h.deps.Pool, before, auditRows+1)
	if err != nil {
		return err
	}
	names, err := h.staffNames(r.Context())
	if err != nil {
		return err
	}
	view := adminview.Audit{Frame: h.frame(r, "Audit", false), Rows: rows, Staff: names}
	if len(rows) > auditRows {
		view.Rows = rows[:auditRows]
		view.Older = view.Rows[auditRows-1].ID
	}
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

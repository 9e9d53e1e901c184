package admin

import (
	"encoding/csv"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// figures reads what the person may see of how far cases come, of the cohorts
// that the address chooses. Who may not see cases has no choice: what one choice
// hides could be worked out from another.
func (h *Handler) figures(r *http.Request) (adminview.Figures, error) {
	all, err := h.reports.Latest(r.Context())
	if err != nil {
		return adminview.Figures{}, err
	}
	view := adminview.Figures{All: all, Shown: all.Public}
	role := viewer(r).Role
	if !role.May(staff.SeeCases) {
		return view, nil
	}
	query := r.URL.Query()
	view.Profession, view.Period = query.Get("profession"), adminview.Period(query.Get("period"))
	if _, known := profession.BySlug(view.Profession); view.Profession != "" && !known || !view.Period.Known() {
		return view, fmt.Errorf("figures of a profession or period that there is not: %w", fault.Invalid)
	}
	today := interest.DayOf(h.deps.Now())
	view.Shown = all.Exact(report.Choice{Profession: view.Profession, From: view.Period.From(today)})
	view.Name, err = h.names(r, role)
	return view, err
}

// names gives the names of members of staff by their ids, to leads.
func (h *Handler) names(r *http.Request, role staff.Role) (func(id string) string, error) {
	of := map[string]string{}
	if role.May(staff.ExportAll) {
		accounts, err := h.staff.List(r.Context())
		if err != nil {
			return nil, err
		}
		for _, a := range accounts {
			of[a.ID] = a.Name
		}
	}
	return func(id string) string { return of[id] }, nil
}

// figureFile gives a table of figures as a file, of which a spreadsheet runs
// nothing.
func (h *Handler) figureFile(tables ...adminview.FigureTable) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		figures, err := h.figures(r)
		if err != nil {
			return err
		}
		for _, table := range tables {
			if string(table) != chi.URLParam(r, "table") {
				continue
			}
			cells, _ := figures.Cells(table)
			for i := range cells {
				cells[i] = sheet.Row(cells[i]...)
			}
			header := w.Header()
			header.Set("Content-Type", "text/csv; charset=utf-8")
			header.Set("Content-Disposition", `attachment; filename="`+string(table)+`.csv"`)
			header.Set("Cache-Control", "no-store")
			// An error here is a reader who left: there is nobody to tell.
			_ = csv.NewWriter(w).WriteAll(cells)
			return nil
		}
		return fmt.Errorf("a table of figures that there is not: %w", fault.NotFound)
	}
}

package admin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/subject"
	"ahpfaculty/web/adminview"
)

// expressionData shows everything that is held about a person, to read out or
// to print.
func (h *Handler) expressionData(w http.ResponseWriter, r *http.Request) error {
	all, err := h.subject.Everything(r.Context(), caseBy(r), subject.ToRead, chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	view := adminview.Data{Everything: all}
	if view.Organisation, err = h.organisationNames(r.Context()); err != nil {
		return err
	}
	frame := h.frame(r, "Everything we hold about this person", false)
	view.Frame = under(frame, "Expression of interest "+all.Case.Reference, adminview.ExpressionURL(all.Case.Reference))
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

// expressionDataFile gives the same as a file.
func (h *Handler) expressionDataFile(w http.ResponseWriter, r *http.Request) error {
	all, err := h.subject.Everything(r.Context(), caseBy(r), subject.ToDownload, chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	organisation, err := h.organisationNames(r.Context())
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(all.File(organisation), "", "  ")
	if err != nil {
		return fmt.Errorf("writing what is held: %w", err)
	}
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="`+all.Case.Reference+`.json"`)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Cache-Control", "no-store")
	// An error here is a reader who left: there is nobody to tell.
	_, _ = w.Write(body)
	return nil
}

package admin

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/layout"
)

// givenBack shows what was typed into a form that came too late, to whoever
// typed it, with a button that sends it.
func (h *Handler) givenBack(w http.ResponseWriter, r *http.Request) error {
	kept, err := page.Kept(r.Context(), h.sessions, h.staff, h.deps.Now())
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	title := "What you typed"
	if err != nil {
		title = "Nothing is kept"
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Kept{
		Frame: h.frame(r, title, false), Action: kept.Path, Fields: fieldsOf(kept),
	}.Page())
}

// fieldsOf are a form's fields in an order that does not change.
func fieldsOf(kept page.KeptForm) []layout.Field {
	var fields []layout.Field
	for name, values := range kept.Fields {
		for _, value := range values {
			fields = append(fields, layout.Field{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(fields, func(a, b layout.Field) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}

// stay answers the script that keeps somebody signed in: asking is enough.
func (h *Handler) stay(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("You are signed in.\n")) // an error here is a reader who left
	return nil
}

package admin

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/adminview"
)

// expressionsViewSave keeps the filters of the queue under a name. A search is
// left out: it is forgotten after some days.
func (h *Handler) expressionsViewSave(w http.ResponseWriter, r *http.Request) error {
	filter, errs, err := readFilter(r.PostForm, viewer(r).ID)
	if err != nil {
		return err
	}
	filter.Search, filter.Cursor = "", interest.Cursor{}
	view := interest.View{Name: r.PostForm.Get("view"), Query: filter.Query().Encode()}.Clean()
	if !errs.Any() {
		if errs, err = h.interest.SaveView(r.Context(), viewer(r).ID, view); err != nil {
			return err
		}
	}
	if errs.Any() {
		return h.showExpressions(w, r, adminview.Expressions{Filter: filter, Errors: errs, ViewName: view.Name})
	}
	h.notify(r, "View saved: "+view.Name)
	return seeOther(w, r, adminview.FilteredURL(filter))
}

func (h *Handler) expressionsViewDelete(w http.ResponseWriter, r *http.Request) error {
	filter, _, err := readFilter(r.PostForm, viewer(r).ID)
	if err != nil {
		return err
	}
	if err := h.interest.DeleteView(r.Context(), viewer(r).ID, chi.URLParam(r, "id")); err != nil {
		return err
	}
	h.notify(r, "View deleted")
	return seeOther(w, r, adminview.FilteredURL(filter))
}

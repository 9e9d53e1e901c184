package apply

import (
	"net/http"
	"slices"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/web/applyview"
)

// orAgain answers a form that could not be kept just now with a page that
// carries all that was typed, so that one button tries again.
func (h *Handler) orAgain(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := next(w, r)
		if err == nil || !unavailable(err) {
			return err
		}
		return h.again(w, r)
	}
}

// Unavailable answers for the form's session manager when the session itself
// cannot be read or kept: a form is offered again with all that was typed, and
// everything else gets the error page.
func (h *Handler) Unavailable(w http.ResponseWriter, r *http.Request, err error) {
	if r.Method == http.MethodPost && unavailable(err) && h.again(w, r) == nil {
		return
	}
	h.deps.Pages.Fail(w, r, err)
}

func unavailable(err error) bool {
	return page.Status(err) == http.StatusServiceUnavailable || postgres.IsUnavailable(err)
}

func (h *Handler) again(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Retry-After", "10")
	return h.deps.Pages.Render(w, r, http.StatusServiceUnavailable,
		applyview.Again(h.deps.Frame(r), r.URL.Path, typed(r)))
}

// typed is what a form carried, in an order that does not change.
func typed(r *http.Request) []applyview.Field {
	var fields []applyview.Field
	for name, values := range r.PostForm {
		for _, value := range values {
			fields = append(fields, applyview.Field{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(fields, func(a, b applyview.Field) int {
		if a.Name < b.Name {
			return -1
		}
		if a.Name > b.Name {
			return 1
		}
		return 0
	})
	return fields
}

package page

import (
	"cmp"
	"net/http"
	"slices"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/web/layout"
)

// OrAgain answers a form that could not be kept just now with a page that
// carries all that was typed, so that one button tries again.
func (s *Server) OrAgain(frame func(r *http.Request) layout.Frame, next Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := next(w, r)
		if err == nil || !Unavailable(err) {
			return err
		}
		return s.Again(w, r, frame(r))
	}
}

// Again sends the page that OrAgain sends.
func (s *Server) Again(w http.ResponseWriter, r *http.Request, frame layout.Frame) error {
	w.Header().Set("Retry-After", "10")
	return s.Render(w, r, http.StatusServiceUnavailable, layout.Again(frame, r.URL.Path, typed(r)))
}

// Unavailable reports whether an error says that trying again may succeed.
func Unavailable(err error) bool {
	return Status(err) == http.StatusServiceUnavailable || postgres.IsUnavailable(err)
}

// typed is what a form carried, in an order that does not change.
func typed(r *http.Request) []layout.Field {
	var fields []layout.Field
	for name, values := range r.PostForm {
		for _, value := range values {
			fields = append(fields, layout.Field{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(fields, func(a, b layout.Field) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}

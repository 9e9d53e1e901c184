package server

import (
	"fmt"
	"net/http"
	"net/url"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
)

// gate refuses what no page of ours sends, before any handler or the database
// meets it: text that is not UTF-8, NUL and other control characters in the
// path or the query.
func (s *Server) gate(next http.Handler) http.Handler {
	return s.pages.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		if !page.Clean(r.URL.Path) {
			return fmt.Errorf("address with control characters: %w", fault.Invalid)
		}
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return fmt.Errorf("query that cannot be read: %w", fault.Invalid)
		}
		if err := page.CheckFields(query); err != nil {
			return err
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

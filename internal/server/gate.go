package server

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"unicode/utf8"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
)

// Limits of what a form may carry, beside the size of its body.
const (
	maxFields     = 250
	maxNameBytes  = 100
	maxValueRunes = 10_000
)

// gate refuses what no page of ours sends, before any handler or the database
// meets it: text that is not UTF-8, NUL and other control characters in the
// path or the query.
func (s *Server) gate(next http.Handler) http.Handler {
	return s.pages.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		if !clean(r.URL.Path) {
			return fmt.Errorf("address with control characters: %w", fault.Invalid)
		}
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return fmt.Errorf("query that cannot be read: %w", fault.Invalid)
		}
		if err := checkFields(query); err != nil {
			return err
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

// readForm reads a form within the route's limit and checks every field.
func readForm(w http.ResponseWriter, r *http.Request, route page.Route) error {
	limit := route.MaxBody
	if limit == 0 {
		limit = page.DefaultMaxBody
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return fmt.Errorf("body that is no form: %w", fault.Invalid)
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return fmt.Errorf("form over %d bytes: %w", limit, fault.TooLarge)
		}
		return fmt.Errorf("form that cannot be read: %w", fault.Invalid)
	}
	return checkFields(r.PostForm)
}

// checkFields checks the number of fields, the length and the characters of
// each name and value.
func checkFields(fields url.Values) error {
	count := 0
	for name, values := range fields {
		count += len(values)
		if len(name) > maxNameBytes || !clean(name) {
			return fmt.Errorf("field with a bad name: %w", fault.Invalid)
		}
		for _, value := range values {
			if !clean(value) {
				return fmt.Errorf("field with control characters: %w", fault.Invalid)
			}
			if utf8.RuneCountInString(value) > maxValueRunes {
				return fmt.Errorf("field that is too long: %w", fault.TooLarge)
			}
		}
	}
	if count > maxFields {
		return fmt.Errorf("too many fields: %w", fault.Invalid)
	}
	return nil
}

// clean reports whether s is UTF-8 without control characters, line ends and
// tabs apart, and without the two that no XML file can hold.
func clean(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if (r < 0x20 && r != '\n' && r != '\r' && r != '\t') || (r >= 0x7f && r < 0xa0) || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return true
}

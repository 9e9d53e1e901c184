package page

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"unicode/utf8"

	"ahpfaculty/internal/fault"
)

// Limits of what a form may carry, beside the size of its body.
const (
	maxFields     = 250
	maxNameBytes  = 100
	maxValueRunes = 10_000
)

// ReadForm reads a form within the route's limit and checks every field.
func ReadForm(w http.ResponseWriter, r *http.Request, route Route) error {
	limit := route.MaxBody
	if limit == 0 {
		limit = DefaultMaxBody
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return fmt.Errorf("body that is no form: %w", fault.Invalid)
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	return CheckFields(r.PostForm)
}

// unread is a form whose body could not be read.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fmt.Errorf("form over %d bytes: %w", tooLarge.Limit, fault.TooLarge)
	}
	return fmt.Errorf("form that cannot be read: %w", fault.Invalid)
}

// CheckFields checks the number of fields, the length and the characters of
// each name and value.
func CheckFields(fields url.Values) error {
	count := 0
	for name, values := range fields {
		count += len(values)
		if len(name) > maxNameBytes || !Clean(name) {
			return fmt.Errorf("field with a bad name: %w", fault.Invalid)
		}
		for _, value := range values {
			if !Clean(value) {
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

// Clean reports whether s is UTF-8 without control characters, line ends and
// tabs apart, and without the two that no XML file can hold.
func Clean(s string) bool {
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

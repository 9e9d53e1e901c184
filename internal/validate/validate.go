// Package validate collects what is wrong with a form, in the order of its fields.
package validate

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Error is one field's fault: the name of its form field and a full sentence
// that says what to do.
type Error struct {
	Field   string
	Message string
}

// Errors are the faults of one form in the order they were found, at most one
// per field. The zero value is a form without faults.
type Errors []Error

// Add notes a fault of a field; a second fault of the same field is left out,
// because a person can only act on one at a time.
func (e *Errors) Add(field, message string) {
	if e.For(field) == "" {
		*e = append(*e, Error{Field: field, Message: message})
	}
}

// Any reports whether anything is wrong.
func (e Errors) Any() bool { return len(e) > 0 }

// For gives the message of a field, or "" when the field is right.
func (e Errors) For(field string) string {
	for _, one := range e {
		if one.Field == field {
			return one.Message
		}
	}
	return ""
}

// Need adds the message when the value is empty.
func (e *Errors) Need(field, value, message string) {
	if value == "" {
		e.Add(field, message)
	}
}

// Max adds the message when the value has more than so many runes.
func (e *Errors) Max(field, value string, runes int, message string) {
	if utf8.RuneCountInString(value) > runes {
		e.Add(field, message)
	}
}

// Text cleans what was typed into a text area: Unicode NFC, LF line ends, no
// white space around it.
func Text(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.TrimSpace(norm.NFC.String(s))
}

// Line cleans what was typed into a field of one line: as Text, with every run
// of white space made one space.
func Line(s string) string {
	return strings.Join(strings.Fields(Text(s)), " ")
}

// Email reports whether s is one plain address that mail can be sent to: no
// display name, at most 254 bytes, a domain with a dot.
func Email(s string) bool {
	if len(s) > 254 || strings.ContainsAny(s, " <>\"\t\r\n") {
		return false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s {
		return false
	}
	at := strings.LastIndexByte(s, '@')
	domain := s[at+1:]
	return strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") &&
		!strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") && !strings.HasPrefix(domain, "[")
}

// Phone reports whether s can be rung from the United Kingdom: 10 to 15 digits
// with the spaces, brackets and signs that people write.
func Phone(s string) bool {
	digits := 0
	for i, r := range s {
		switch {
		case unicode.IsDigit(r) && r < 128:
			digits++
		case r == '+' && i == 0:
		case strings.ContainsRune(" -().", r):
		default:
			return false
		}
	}
	return digits >= 10 && digits <= 15
}

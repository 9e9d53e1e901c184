package interest_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// FuzzSearchText searches for whatever passes the gate in front of every form:
// there is always an answer.
func FuzzSearchText(f *testing.F) {
	for _, seed := range []string{"", " ", "zoë", "o'other", "H7R-76M6", "zoe@example.com", `'a':* & !b | (c <-> d)`, `\`, `''`, "smtih", "ﬁ ½ ㎏", "İ ı ß ẞ", "a\u0301\u0327", "\u200b", "x y z", strings.Repeat("ab ", 90), strings.Repeat("x", 200)} {
		f.Add(seed)
	}
	store := newStore(f, postgrestest.NewDatabase(f))
	mustSend(f, store, newAnswers(f))
	if _, err := store.LearnNames(f.Context()); err != nil {
		f.Fatalf("LearnNames() = %v", err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		forbidden := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }
		if !utf8.ValidString(text) || strings.ContainsFunc(text, forbidden) || utf8.RuneCountInString(text) > 200 {
			return
		}
		page, err := store.List(t.Context(), interest.Filter{Text: text})
		if err != nil {
			t.Errorf("List(%q) = %v", text, err)
		}
		if len(page.Rows) != page.Found {
			t.Errorf("List(%q) shows %d of %d", text, len(page.Rows), page.Found)
		}
	})
}

// FuzzCursor reads places of the queue: each is refused, or is the same when it
// is written again.
func FuzzCursor(f *testing.F) {
	for _, seed := range []string{"", "AAAA", "MjAyNi0xMS0yMFQxMjowMDowMFogIDdiMWMyZjBlLTRhM2MtNGY1Ny04YTM2LTdkM2Y2ZjFhOWY5ZQ",
		"MjAyNi0xMS0yMFQxMjowMDowMFogMjAyNi0xMS0yNyA3YjFjMmYwZS00YTNjLTRmNTctOGEzNi03ZDNmNmYxYTlmOWU"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, before bool) {
		c, err := interest.ParseCursor(text, before)
		if err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Errorf("ParseCursor(%q) = %v, want Invalid", text, err)
			}
			return
		}
		if again, err := interest.ParseCursor(c.String(), c.Before); err != nil || again != c {
			t.Errorf("ParseCursor(%q) = %+v, written again %+v, %v", text, c, again, err)
		}
	})
}

package reference_test

import (
	"crypto/rand"
	"errors"
	"regexp"
	"strings"
	"testing"

	"ahpfaculty/internal/reference"
)

func TestReferencesAreEasyToReadOut(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 500 {
		drawn, err := reference.New(rand.Reader, "E")
		if err != nil {
			t.Fatalf("New() = %v", err)
		}
		if !regexp.MustCompile(`^E-[2-9BCDFGHJKMNPQRSTVWXYZ]{3}-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$`).MatchString(drawn) {
			t.Errorf("New() = %q, want one like E-K7M-4XPD", drawn)
		}
		if seen[drawn] {
			t.Errorf("New() gave %q twice", drawn)
		}
		seen[drawn] = true
	}
	if _, err := reference.New(strings.NewReader("short"), ""); err == nil {
		t.Error("New() with no randomness = nil, want an error")
	}
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, errors.New("nothing to read into")
	}
	for i := range p {
		p[i] = byte(e) + byte(i)
	}
	return len(p), nil
}

func TestReferencesAreFoundHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	drawn, err := reference.New(endless(0), "")
	if err != nil || drawn != "234-5678" {
		t.Fatalf("New() = %q, %v, want 234-5678", drawn, err)
	}
	for _, test := range []struct{ written, prefix, want string }{
		{"k7m4xpd", "", "K7M-4XPD"}, {"K7M 4XPD", "", "K7M-4XPD"}, {"K7M-4XPD", "", "K7M-4XPD"},
		{"e-k7m-4xpd", "E", "E-K7M-4XPD"}, {"E K7M 4XPD", "E", "E-K7M-4XPD"}, {"k7m4xpd", "E", "E-K7M-4XPD"},
		{"E-K7M-4XPD", "", "E-K7M-4XPD"}, {"A7M-4XPD", "E", "A7M-4XPD"}, {"", "E", ""}, {"sample", "E", "sample"},
	} {
		if got := reference.Normal(test.written, test.prefix); got != test.want {
			t.Errorf("Normal(%q, %q) = %q, want %q", test.written, test.prefix, got, test.want)
		}
	}
}

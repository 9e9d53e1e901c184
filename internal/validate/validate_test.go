package validate

import (
	"strings"
	"testing"
)

func TestErrorsKeepTheFirstFaultOfEachFieldInOrder(t *testing.T) {
	t.Parallel()
	var errs Errors
	errs.Need("name", "", "Enter your name")
	errs.Max("name", strings.Repeat("x", 300), 200, "Name must be 200 characters or fewer")
	errs.Max("note", strings.Repeat("é", 5), 5, "never")
	errs.Add("email", "Enter your email address")
	if len(errs) != 2 || errs[0].Field != "name" || errs[1].Field != "email" {
		t.Fatalf("errs = %v, want name then email", errs)
	}
	if got := errs.For("name"); got != "Enter your name" {
		t.Errorf("For(name) = %q, want the first message", got)
	}
	if !errs.Any() || (Errors{}).Any() {
		t.Error("Any() does not tell a form with faults from one without")
	}
}

func TestTextAndLineCleanWhatWasTyped(t *testing.T) {
	t.Parallel()
	if got := Text("  a\r\nb\rc \n"); got != "a\nb\nc" {
		t.Errorf("Text = %q", got)
	}
	if got := Line(" Zoe\u0301 \t van\n Dyk "); got != "Zo\u00e9 van Dyk" {
		t.Errorf("Line = %q", got)
	}
}

func TestEmail(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"a@b.uk", "first.o'last+x@nhs.net", "zoë@exämple.org"} {
		if !Email(good) {
			t.Errorf("Email(%q) = false, want true", good)
		}
	}
	for _, bad := range []string{"", "a", "a@b", "a@b.", "a@.uk", "a b@c.uk", "A <a@b.uk>", "a@[127.0.0.1]", "a@b..uk", strings.Repeat("a", 260) + "@b.uk", "a@b.uk\nBcc: c@d.uk"} {
		if Email(bad) {
			t.Errorf("Email(%q) = true, want false", bad)
		}
	}
}

func TestPhone(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"01522 123 456", "+44 (0)1522 123456", "07700-900.123"} {
		if !Phone(good) {
			t.Errorf("Phone(%q) = false, want true", good)
		}
	}
	for _, bad := range []string{"", "12345", "0152212345x", "++441522123456", "1234567890123456"} {
		if Phone(bad) {
			t.Errorf("Phone(%q) = true, want false", bad)
		}
	}
}

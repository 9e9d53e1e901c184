package page

import (
	"net/url"
	"strings"
	"testing"
)

func TestOnwardLeadsToTheStaffAreaAlone(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"/admin":                            "/admin",
		"/admin/expressions?stage=received": "/admin/expressions?stage=received",
		"/admin/expressions/A%2FB":          "/admin/expressions/A%2FB",
		"":                                  "",
		"/":                                 "",
		"/apply":                            "",
		"/administrator":                    "",
		"//evil.example/admin":              "",
		"https://evil.example/admin":        "",
		"javascript:alert(1)":               "",
		"/admin/../apply":                   "",
		"/admin/%2e%2e/apply":               "",
		"/admin\\\\evil.example":            "",
		"/admin/%5c%5cevil.example":         "",
		"/admin//evil.example":              "",
		"/admin\n":                          "",
		" /admin":                           "",
		"/admin#top":                        "",
	} {
		if got := Onward(target); got != want {
			t.Errorf("Onward(%q) = %q, want %q", target, got, want)
		}
	}
}

func FuzzOnward(f *testing.F) {
	for _, target := range []string{"/admin", "/admin/staff?x=1", "//evil.example", "/admin/../x", `/admin\evil`, "https://evil.example/admin", "/admin/%2e%2e/%2e%2e/"} {
		f.Add(target)
	}
	base, err := url.Parse("https://portal.example.nhs.uk")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, target string) {
		got := Onward(target)
		if got == "" {
			return
		}
		// As a browser reads it: a backslash is a slash.
		resolved, err := base.Parse(strings.ReplaceAll(got, `\`, "/"))
		if err != nil || resolved.Host != base.Host || resolved.Scheme != base.Scheme || !(resolved.Path == "/admin" || strings.HasPrefix(resolved.Path, "/admin/")) {
			t.Errorf("Onward(%q) = %q, which leads to %v (%v)", target, got, resolved, err)
		}
		if again := Onward(got); again != got {
			t.Errorf("Onward(%q) = %q, and of that %q", target, got, again)
		}
	})
}

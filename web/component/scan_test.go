package component

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// banned is what a view may not hold: ways past templ's escaping, and what the
// content security policy forbids.
var banned = map[string]*regexp.Regexp{
	"templ.Raw":            regexp.MustCompile(`templ\.Raw\b`),
	"SafeURL":              regexp.MustCompile(`\bSafeURL\b`),
	"JSExpression":         regexp.MustCompile(`\b(JSExpression|JSFuncCall|JSUnsafeFuncCall|ComponentScript|OnceHandle)\b`),
	"SafeCSS":              regexp.MustCompile(`\b(SafeCSS|SafeCSSProperty)\b`),
	"an inline style":      regexp.MustCompile(`(?i)[\s{"]style\s*=|<style|^\s*css \w+\(`),
	"an event handler":     regexp.MustCompile(`(?i)\son[a-z]+\s*=`),
	"an inline script":     regexp.MustCompile(`(?i)^\s*script \w+\(|<script(\s[^>]*)?>[^<]`),
	"a template's raw URL": regexp.MustCompile(`(?i)\b(srcdoc|formaction|xlink:href)\s*=|http-equiv`),
	"another host":         regexp.MustCompile(`(?i)\b(src|srcset)\s*=\s*"(https?:)?//`),
}

// audited is the one file that may print HTML from a string: sanitised Markdown.
var audited = regexp.MustCompile(`^siteview/prose\.(go|templ)$`)

// views gives the text of every view and of the Go beside it, by path below web.
func views(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		generated := strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go")
		if generated || (!strings.HasSuffix(path, ".templ") && !strings.HasSuffix(path, ".go")) {
			return nil
		}
		content, err := os.ReadFile(path)
		found[filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))] = string(content)
		return err
	})
	if err != nil {
		t.Fatalf("reading the views: %v", err)
	}
	if len(found) == 0 {
		t.Fatal("found no views")
	}
	return found
}

func TestViewsHoldNothingThatEscapingDoesNotCover(t *testing.T) {
	t.Parallel()
	for path, content := range views(t) {
		if audited.MatchString(path) {
			continue
		}
		for number, line := range strings.Split(content, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue
			}
			for what, pattern := range banned {
				if mayHold(path, what) {
					continue
				}
				if pattern.MatchString(line) {
					t.Errorf("%s:%d holds %s: %s", path, number+1, what, strings.TrimSpace(line))
				}
			}
		}
	}
}

// mayHold lists the exceptions: mail has no style sheet, so its letters style
// themselves, and the page policy is not theirs; Go is not markup.
func mayHold(path, what string) bool {
	switch what {
	case "an inline style":
		return strings.HasPrefix(path, "mailview/") || strings.HasSuffix(path, ".go")
	case "an event handler", "an inline script", "another host", "a template's raw URL":
		return strings.HasSuffix(path, ".go")
	}
	return false
}

func TestScanFindsWhatItLooksFor(t *testing.T) {
	t.Parallel()
	for what, line := range map[string]string{
		"templ.Raw": "@templ.Raw(x)", "SafeURL": "templ.SafeURL(x)", "JSExpression": "templ.JSExpression(x)",
		"an inline style": `<p style="color: red">`, "an event handler": `<p onclick="x()">`,
		"an inline script": `<script>alert(1)</script>`, "a template's raw URL": `<iframe srcdoc={ x }>`,
		"another host": `<img src="https://example.com/x.png"/>`, "SafeCSS": "templ.SafeCSS(x)",
	} {
		if !banned[what].MatchString(line) {
			t.Errorf("the pattern for %s does not find %q", what, line)
		}
	}
}

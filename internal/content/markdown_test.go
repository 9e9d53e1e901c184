package content

import (
	"strings"
	"testing"
)

func TestRenderLeavesNothingThatRuns(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"script":          "<script>alert(1)</script>",
		"handler":         `<p onclick="alert(1)">x</p>`,
		"style":           `<p style="color:red">x</p>`,
		"javascript link": "[x](javascript:alert(1))",
		"data link":       "[x](data:text/html;base64,PHNjcmlwdD4=)",
		"image":           "![x](https://example.com/x.png)",
		"link title":      `[x](/y "a\" onmouseover=\"alert(1)")`,
		"iframe":          "<iframe src=https://example.com></iframe>",
	}
	for name, markdown := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			html, err := Render(markdown)
			if err != nil {
				t.Fatalf("Render(%q) = %v, want no error", markdown, err)
			}
			for _, bad := range []string{"<script", "onclick=", "style=", "javascript:", "data:", "<img", "<iframe", ` onmouseover="`} {
				if strings.Contains(string(html), bad) {
					t.Errorf("Render(%q) = %s, want no %s", markdown, html, bad)
				}
			}
		})
	}
}

func TestRenderUsesTheClassesOfTheDesignSystem(t *testing.T) {
	t.Parallel()
	html, err := Render("### Two words\n\n- one\n\n1. first\n\n| A | B |\n|---|---|\n| c | d |\n\n[Careers](/careers)\n")
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	for _, want := range []string{
		`<h3 id="two-words" class="nhsuk-heading-s">`, `<ul class="nhsuk-list nhsuk-list--bullet">`,
		`<ol class="nhsuk-list nhsuk-list--number">`, `<table class="nhsuk-table">`,
		`<th scope="col" class="nhsuk-table__header">A</th>`, `<td class="nhsuk-table__cell">c</td>`, `<a href="/careers">`,
	} {
		if !strings.Contains(string(html), want) {
			t.Errorf("Render = %s, want %s in it", html, want)
		}
	}
}

func TestSectionsCutAtHeadingsOfTheSecondLevel(t *testing.T) {
	t.Parallel()
	sections, err := Sections("Before.\n\n## What *they* do\n\nWork.\n\n### Inside\n\n```\n## not one\n```\n\n## What they do\n\nMore.\n")
	if err != nil {
		t.Fatalf("Sections = %v, want no error", err)
	}
	if len(sections) != 3 {
		t.Fatalf("Sections = %+v, want 3", sections)
	}
	if sections[0].Title != "" || !strings.Contains(string(sections[0].HTML), "Before.") {
		t.Errorf("first = %+v, want what stands before the first heading", sections[0])
	}
	if s := sections[1]; s.Title != "What they do" || s.ID != "what-they-do" || !strings.Contains(string(s.HTML), "not one") || strings.Contains(string(s.HTML), "More") {
		t.Errorf("second = %+v, want its title, id and text", s)
	}
	if sections[2].ID != "what-they-do-2" {
		t.Errorf("third's id = %q, want one of its own", sections[2].ID)
	}
}

func TestPlainLeavesTheTextAlone(t *testing.T) {
	t.Parallel()
	got := Plain("## Title\n\nSome *bold* [link](/x).\n\n- item\n")
	if strings.ContainsAny(got, "*[]#") || !strings.Contains(got, "Some bold link.") || !strings.Contains(got, "item") {
		t.Errorf("Plain = %q, want the words alone", got)
	}
}

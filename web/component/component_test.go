package component

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// drawn renders a component.
func drawn(t *testing.T, c templ.Component, children ...templ.Component) string {
	t.Helper()
	ctx := context.Background()
	if len(children) > 0 {
		ctx = templ.WithChildren(ctx, templ.Join(children...))
	}
	out := strings.Builder{}
	if err := c.Render(ctx, &out); err != nil {
		t.Fatalf("Render() = %v, want no error", err)
	}
	return out.String()
}

func TestHrefRefusesWhatIsNotALink(t *testing.T) {
	t.Parallel()
	for _, href := range []string{
		"https://www.hcpc-uk.org/x?y=z#a", "http://localhost:8080", "mailto:ahp@example.nhs.uk", "tel:+441522000000",
		"/", "/professions/podiatrists?from=careers", "#main", "?page=2", "HTTPS://EXAMPLE.COM",
	} {
		if got := Href(href); got != href {
			t.Errorf("Href(%q) = %q, want it as it is", href, got)
		}
	}
	for _, href := range []string{
		"", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "//evil.example",
		"/\\evil.example", "\\\\evil.example", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "https:///path", "http:evil",
		"evil", "../up", "ftp://example.com", "blob:x", "\x00/x", "/\t/evil.example", "mailto",
	} {
		if got := Href(href); got != RefusedHref {
			t.Errorf("Href(%q) = %q, want %q", href, got, RefusedHref)
		}
	}
}

func TestAttributesThatRunOrLeadAreLeftOut(t *testing.T) {
	t.Parallel()
	got := drawn(t, Button{Text: "Go", Attributes: Attributes{
		"onclick": "x()", "ONCLICK": "x()", "style": "color: red", "formaction": "javascript:x()", "href": "//evil.example",
		"data-x": "1", "hidden": true, "a b": "c", `"><script>`: "x", "": "x",
	}})
	for _, bad := range []string{"onclick", "ONCLICK", "style", "formaction", "evil", "script", "a b"} {
		if strings.Contains(got, bad) {
			t.Errorf("Button = %s, want no %s in it", got, bad)
		}
	}
	if !strings.Contains(got, `data-x="1"`) || !strings.Contains(got, " hidden") {
		t.Errorf("Button = %s, want data-x and hidden in it", got)
	}
}

func TestTextIsText(t *testing.T) {
	t.Parallel()
	const nasty = `<script>alert("1")</script>`
	for name, c := range map[string]templ.Component{
		"button": Button{Text: nasty, Value: nasty, AriaLabel: nasty}, "input": Input{Name: "a", Value: nasty, Label: Label{Text: nasty}},
		"textarea": Textarea{Name: "a", Value: "</textarea>" + nasty}, "link": Link{Text: nasty, Href: nasty},
		"table": Table{Caption: TableCaption{Text: nasty}, Rows: [][]TableCell{{{Text: nasty}}}}, "tag": Tag{Text: nasty},
		"error": ErrorSummary{ErrorList: []ErrorItem{{Text: nasty, Href: "#a"}}}, "card": Card{Heading: Heading{Text: nasty}, Href: nasty},
	} {
		if got := drawn(t, c); strings.Contains(got, "<script") {
			t.Errorf("%s = %s, want the text escaped", name, got)
		}
	}
}

func TestChildrenStandInsideAndGoNoDeeper(t *testing.T) {
	t.Parallel()
	got := drawn(t, Details{Summary: Summary{Text: "More"}}, Hint{Text: "one"}, InsetText{Text: "two"})
	want := []string{`<div class="nhsuk-details__text">`, `<div class="nhsuk-hint">one</div>`, "<p>two</p>"}
	for _, part := range want {
		if strings.Count(got, part) != 1 {
			t.Errorf("Details = %s, want %s in it once", got, part)
		}
	}
}

func TestNothingToSayShowsNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]templ.Component{"heading": Heading{}, "caption": Caption{}, "label": Label{}, "legend": Legend{}} {
		if got := strings.TrimSpace(drawn(t, c)); got != "" {
			t.Errorf("%s = %q, want nothing", name, got)
		}
	}
	if got := drawn(t, Input{Name: "a", ErrorMessage: ErrorMessage{Text: ""}}); strings.Contains(got, "error") {
		t.Errorf("Input = %s, want no mark of an error", got)
	}
}

// Package mailview writes the mails that the portal sends, as text and as HTML
// from the same words.
package mailview

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// Letter is a mail's words. Text and HTML print the same ones.
type Letter struct {
	Subject string
	Parts   []Part
	From    string // who signs it: the faculty's name
}

// Part is a piece of a letter, of one of the kinds below.
type Part interface {
	text() string
}

// Paragraph is one paragraph.
type Paragraph string

// Heading stands above the parts that follow it.
type Heading string

// List is a list of points.
type List []string

// Button is the one thing that a reader is asked to do. Text shows the address.
type Button struct {
	Label string
	URL   string
}

// Highlight is a short text to be found again at a glance, such as a reference.
type Highlight string

func (p Paragraph) text() string { return string(p) }

func (h Heading) text() string {
	return string(h) + "\n" + strings.Repeat("-", len([]rune(string(h))))
}

func (l List) text() string {
	var b strings.Builder
	for i, item := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("* " + item)
	}
	return b.String()
}

func (b Button) text() string { return b.Label + ":\n" + b.URL }

func (h Highlight) text() string { return "    " + string(h) }

// Text is the letter for a mail program that shows no HTML.
func (l Letter) Text() string {
	var parts []string
	for _, p := range l.Parts {
		parts = append(parts, p.text())
	}
	return strings.Join(append(parts, l.From), "\n\n") + "\n"
}

// HTML is the letter as a document of its own.
func (l Letter) HTML(ctx context.Context) (string, error) {
	var b bytes.Buffer
	if err := document(l).Render(ctx, &b); err != nil {
		return "", fmt.Errorf("writing a mail: %w", err)
	}
	return b.String(), nil
}

package component

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// gap is the white space between two pieces of HTML.
type gap int

const (
	none   gap = iota
	soft       // a line break of the reference's own layout: may be there or not
	spaced     // a space that a reader sees
)

// piece is a tag, a word or a comment, and the gap before it.
type piece struct {
	text  string
	tag   bool
	block bool // a tag around which white space shows nothing
	gap   gap
}

// inlineElements are those in and around which white space shows.
var inlineElements = map[atom.Atom]bool{
	atom.A: true, atom.Span: true, atom.Strong: true, atom.B: true, atom.Em: true, atom.I: true, atom.Label: true,
	atom.Button: true, atom.Input: true, atom.Select: true, atom.Textarea: true, atom.Img: true, atom.Code: true, atom.Abbr: true,
}

// pieces takes HTML apart, the way a browser reads it.
func pieces(source string) ([]piece, error) {
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	// Some components are parts of a table only as a whole; a caption or a
	// summary parses by itself.
	nodes, err := html.ParseFragment(strings.NewReader(source), context)
	if err != nil {
		return nil, fmt.Errorf("parsing %q: %w", source, err)
	}
	w := &walk{}
	for _, node := range nodes {
		w.node(node)
	}
	return w.pieces, nil
}

type walk struct {
	pieces []piece
	gap    gap
}

func (w *walk) add(text string, tag, block bool) {
	w.pieces = append(w.pieces, piece{text: text, tag: tag, block: block, gap: w.gap})
	w.gap = none
}

func (w *walk) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n)
	case html.ElementNode:
		block := n.Namespace == "" && !inlineElements[n.DataAtom]
		w.add("<"+n.Data+attributes(n)+">", true, block)
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			w.node(child)
		}
		w.add("</"+n.Data+">", true, block)
	case html.CommentNode:
		w.add("<!--"+n.Data+"-->", true, true)
	}
}

// text adds words. Where space is kept, the text is one word.
func (w *walk) text(n *html.Node) {
	if parent := n.Parent; parent != nil && (parent.DataAtom == atom.Pre || parent.DataAtom == atom.Textarea) {
		w.add(n.Data, false, false)
		return
	}
	rest := n.Data
	for rest != "" {
		trimmed := strings.TrimLeft(rest, " \t\r\n")
		if space := rest[:len(rest)-len(trimmed)]; space != "" {
			kind := spaced
			if strings.Contains(space, "\n") {
				kind = soft
			}
			w.gap = max(w.gap, kind)
		}
		if trimmed == "" {
			return
		}
		end := strings.IndexAny(trimmed, " \t\r\n")
		if end < 0 {
			end = len(trimmed)
		}
		w.add(trimmed[:end], false, false)
		rest = trimmed[end:]
	}
}

// attributes are those of an element in order of their names.
func attributes(n *html.Node) string {
	list := []string{}
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" {
			value = strings.Join(strings.Fields(value), " ")
		}
		list = append(list, fmt.Sprintf(" %s=%q", a.Key, value))
	}
	slices.Sort(list)
	return strings.Join(list, "")
}

// difference says where HTML of ours differs from that of the reference; "" when
// it does not. Attributes may stand in any order. White space must be where a
// reader sees it: a space in the reference within a line has to be in ours, and
// where the reference has none there may be none; a line break in the reference
// beside a tag, and any white space beside a block, says nothing.
func difference(ours, reference []piece) string {
	for i := range max(len(ours), len(reference)) {
		if i >= len(ours) || i >= len(reference) || ours[i].text != reference[i].text {
			return fmt.Sprintf("%s\n  want %s", near(ours, i), near(reference, i))
		}
		if i == 0 || ours[i].block || ours[i-1].block {
			continue
		}
		betweenWords := !ours[i].tag && !ours[i-1].tag
		want, got := reference[i].gap != none, ours[i].gap != none
		if reference[i].gap == soft && !betweenWords {
			continue
		}
		if got != want {
			return fmt.Sprintf("white space: %s\n  want %s", near(ours, i), near(reference, i))
		}
	}
	return ""
}

// near shows the pieces near one.
func near(all []piece, at int) string {
	out := strings.Builder{}
	for i := max(0, at-3); i < min(len(all), at+3); i++ {
		if all[i].gap != none {
			out.WriteString(" ")
		}
		if i == at {
			out.WriteString("»")
		}
		out.WriteString(all[i].text)
	}
	return out.String()
}

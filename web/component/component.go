// Package component is the NHS design system in templ: each component of the
// nhsuk-frontend package as a typed struct of options that is a templ.Component.
//
// Options have the design system's names, and their zero values mean its
// defaults. Text is text; HTML goes in as a component: as the HTML option, or as
// children where the design system takes a call block.
package component

import (
	"context"
	"encoding/json"
	"io"
	"reflect"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// Switch is an option that is on or off, or left to the design system.
type Switch uint8

// The states of a Switch. Default leaves the choice to the design system.
const (
	Default Switch = iota
	On
	Off
)

// Content is text or, when HTML is set, HTML.
type Content struct {
	Text string
	HTML templ.Component
}

// IsZero reports whether there is nothing to show.
func (c Content) IsZero() bool { return c.Text == "" && c.HTML == nil }

// Attributes are further HTML attributes of a component's element, as strings,
// or as true for one without a value. Attributes that run scripts, set styles or
// lead elsewhere (on…, style, href, src, action and their like) are left out:
// what a component supports of those has an option of its own.
type Attributes map[string]any

var (
	attributeName     = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9.:_-]*$`)
	refusedAttributes = map[string]bool{
		"style": true, "href": true, "xlink:href": true, "src": true, "srcdoc": true, "srcset": true,
		"action": true, "formaction": true, "data": true, "poster": true, "background": true, "ping": true, "http-equiv": true,
	}
)

// allowed reports whether an attribute may be spread into an element.
func allowed(name string) bool {
	name = strings.ToLower(name)
	return attributeName.MatchString(name) && !strings.HasPrefix(name, "on") && !refusedAttributes[name]
}

// attrs are the attributes of one element in order; a templ.Attributer.
type attrs []templ.KeyValue[string, any]

// Items gives the attributes to templ.
func (a attrs) Items() []templ.KeyValue[string, any] { return a }

// with adds an attribute.
func (a attrs) with(name, value string) attrs {
	return append(a, templ.KeyValue[string, any]{Key: name, Value: value})
}

// maybe adds an attribute unless its value is empty.
func (a attrs) maybe(name, value string) attrs {
	if value == "" {
		return a
	}
	return a.with(name, value)
}

// flag adds an attribute without a value.
func (a attrs) flag(name string, on bool) attrs {
	if !on {
		return a
	}
	return append(a, templ.KeyValue[string, any]{Key: name, Value: true})
}

// choice adds an attribute that is "true" or "false", unless it is left to its default.
func (a attrs) choice(name string, s Switch) attrs {
	switch s {
	case On:
		return a.with(name, "true")
	case Off:
		return a.with(name, "false")
	}
	return a
}

// and adds the further attributes that a view gave.
func (a attrs) and(more Attributes) attrs {
	for _, item := range templ.Attributes(more).Items() {
		if allowed(item.Key) {
			a = append(a, item)
		}
	}
	return a
}

// class starts the attributes of an element with its classes.
func class(names ...string) attrs { return attrs{}.maybe("class", join(names...)) }

// join puts words together with a space between, leaving out empty ones.
func join(words ...string) string {
	kept := make([]string, 0, len(words))
	for _, word := range words {
		if word != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// modifier is prefix+value when value is one of the allowed ones and classes do
// not already have such a modifier; "" otherwise.
func modifier(prefix, value, classes string, allowed ...string) string {
	found := ""
	for _, one := range allowed {
		if strings.Contains(classes, prefix+one) {
			return ""
		}
		if one == value {
			found = prefix + value
		}
	}
	return found
}

// when is a word if the condition holds, else "".
func when(condition bool, word string) string {
	if condition {
		return word
	}
	return ""
}

// or is the first of its words that is not empty.
func or(words ...string) string {
	for _, word := range words {
		if word != "" {
			return word
		}
	}
	return ""
}

// body is what stands inside a component: the children that the view gave, or
// else what the options say. The context it returns has no children left, so
// that components inside do not take them for theirs.
func body(ctx context.Context, html templ.Component) (context.Context, templ.Component) {
	if children := templ.GetChildren(ctx); !isNop(children) {
		html = children
	}
	return templ.ClearChildren(ctx), html
}

// isNop reports whether a component is templ's own that stands for no children.
func isNop(c templ.Component) bool {
	f, ok := c.(templ.ComponentFunc)
	return ok && reflect.ValueOf(f).Pointer() == reflect.ValueOf(templ.NopComponent).Pointer()
}

// inner is HTML or, without it, text. It is not a view, because a view would put
// a space after the text.
func inner(html templ.Component, text string) templ.Component {
	if html != nil {
		return html
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(text))
		return err
	})
}

// after is text for screen readers that follows other text; nothing when empty.
func after(text string) templ.Component {
	if text == "" {
		return templ.NopComponent
	}
	return hidden(" " + text)
}

// before is text for screen readers that other text follows; nothing when empty.
func before(text string) templ.Component {
	if text == "" {
		return templ.NopComponent
	}
	return hidden(text + " ")
}

// text is text with nothing around it.
func text(text string) templ.Component { return inner(nil, text) }

// isZero reports whether no option of a struct is set.
func isZero(options any) bool { return reflect.ValueOf(options).IsZero() }

// jsonList is a list for a script to read, "" when there is none.
func jsonList(words []string) string {
	if words == nil {
		return ""
	}
	list, err := json.Marshal(words)
	if err != nil {
		return "" // strings always marshal
	}
	return string(list)
}

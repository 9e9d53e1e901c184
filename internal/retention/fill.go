package retention

import (
	"regexp"
	"strings"
)

// placeholder is where a text leaves a period open: {kept draft}.
var placeholder = regexp.MustCompile(`\{kept ([a-z-]+)\}`)

// IsPlaceholder reports whether what stands between braces is a period of ours.
func IsPlaceholder(name string) bool {
	kind, kept := strings.CutPrefix(name, "kept ")
	return kept && Kind(kind).Known()
}

// Fill puts the periods in the place of a text's placeholders. One that it does
// not know stays as it is: none comes this far, for the import refuses it.
func (rules Rules) Fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		r, known := rules.Of(Kind(placeholder.FindStringSubmatch(found)[1]))
		if !known {
			return found
		}
		return r.Words()
	})
}

package updating

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// placeholder is where a text leaves a figure open: {short-days},
// {short-days hours}, {checked}.
var placeholder = regexp.MustCompile(`\{([^{}\n]*)\}`)

// checkedName stands for the day on which the rules were last checked.
const checkedName = "checked"

// The words that may follow a figure's slug in a placeholder: what the figure
// makes rather than what it is.
const (
	inHours   = "hours"   // days as hours
	asCap     = "cap"     // the most private study that counts towards so many days
	sinceYear = "year"    // the year that the value in force is from
	checkedOn = "checked" // the day that the value in force was checked on
)

// Placeholder is one that a text holds.
type Placeholder struct {
	Name   string // between the braces
	Offset int    // of its first brace, in bytes
}

// Known reports whether a set can fill the placeholder.
func (p Placeholder) Known() bool {
	if p.Name == checkedName {
		return true
	}
	slug, word, more := strings.Cut(p.Name, " ")
	k, known := kindOf(slug)
	switch {
	case !known:
		return false
	case !more:
		return true
	case word == inHours || word == asCap:
		return k.unit == UnitDays
	}
	return word == sinceYear || word == checkedOn
}

// Placeholders finds those that a text holds, known or not, in their order.
func Placeholders(text string) []Placeholder {
	var found []Placeholder
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, Placeholder{Name: text[at[2]:at[3]], Offset: at[0]})
	}
	return found
}

// Fill puts the set's figures in the place of a text's placeholders. One that
// it does not know stays as it is: none comes this far, for the import refuses
// it. So does every one of a zero set.
func (s RuleSet) Fill(text string) string {
	if s.IsZero() || !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		p := Placeholder{Name: found[1 : len(found)-1]}
		if !p.Known() {
			return found
		}
		return s.word(p.Name)
	})
}

// word is what stands for a known placeholder.
func (s RuleSet) word(name string) string {
	if name == checkedName {
		return s.Checked.Words()
	}
	slug, word, _ := strings.Cut(name, " ")
	v := s.inForce[slug]
	switch word {
	case inHours:
		return strconv.Itoa(s.Hours(v.Value))
	case asCap:
		return strconv.Itoa(s.PrivateCap(v.Value))
	case sinceYear:
		return strconv.Itoa(v.From.Year)
	case checkedOn:
		return v.Checked.Words()
	}
	return strconv.Itoa(v.Value)
}

// Words writes a value of the figure with its unit: 1 day, 24 months, £800.
func (f Figure) Words(value int) string {
	switch unit := f.Unit(); {
	case unit == "":
		return strconv.Itoa(value)
	case unit == Pounds:
		return "£" + strconv.Itoa(value)
	case value == 1:
		return "1 " + strings.TrimSuffix(string(unit), "s")
	default:
		return fmt.Sprintf("%d %s", value, unit)
	}
}

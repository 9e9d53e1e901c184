package component

import (
	"context"
	"io"
	"strings"
)

// DateInput asks for a date that people know. Its parts are a day, a month and a
// year; leave one out with Omit, or name the parts in Items.
type DateInput struct {
	Fieldset     Fieldset
	Hint         Hint
	ErrorMessage ErrorMessage
	ID           string // prefix of the parts' ids
	NamePrefix   string // the parts are then called prefix[month]
	Day          DatePart
	Month        DatePart
	Year         DatePart
	Items        []DatePart        // instead of Day, Month and Year
	Values       map[string]string // by the parts' names
	Disabled     bool
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup
}

// DatePart is a field of a date input.
type DatePart struct {
	Name           string // day, month and year when empty
	Label          Label  // the name with a capital when empty
	Value          string
	ID             string // the date's id and the name when empty
	Width          int    // 2, or 4 for a year, when 0
	Omit           bool   // leaves the part out
	Error          Switch // whether the error is in this part; Default: in all parts when it is in none
	Disabled       Switch
	Type           string
	Inputmode      string // numeric when empty
	Autocomplete   string
	Autocapitalize string
	Pattern        string
	Spellcheck     Switch
	DescribedBy    string
	Prefix         Affix
	Suffix         Affix
	Classes        string
	Attributes     Attributes
}

// Render writes the date input with its legend, hint and error message.
func (d DateInput) Render(ctx context.Context, w io.Writer) error { return dateInput(d).Render(ctx, w) }

func (d DateInput) question() question {
	message := d.ErrorMessage
	message.Bare = message.Bare || d.anyError()
	return question{hint: d.Hint, message: message, id: d.ID, group: d.FormGroup, described: d.Fieldset.DescribedBy}
}

func (d DateInput) hasFieldset() bool { return !isZero(d.Fieldset) }

// grouped is the fieldset around the parts. JAWS reads a description of a group
// of text inputs only from one with a role.
func (d DateInput) grouped() Fieldset {
	f := d.Fieldset
	f.Role = or(f.Role, "group")
	f.DescribedBy = d.question().describedBy()
	return f
}

// parts are the fields in order, each with its name.
func (d DateInput) parts() []DatePart {
	if len(d.Items) > 0 {
		return d.Items
	}
	parts := []DatePart{}
	for _, one := range []struct {
		part DatePart
		name string
	}{{d.Day, "day"}, {d.Month, "month"}, {d.Year, "year"}} {
		if one.part.Omit {
			continue
		}
		if one.part.Width == 0 && one.name == "year" {
			one.part.Width = 4
		}
		one.part.Name = or(one.part.Name, one.name)
		parts = append(parts, one.part)
	}
	return parts
}

func (p DatePart) hasError() bool {
	return p.Error == On || strings.Contains(p.Classes, "nhsuk-input--error")
}

func (d DateInput) anyError() bool {
	for _, part := range d.parts() {
		if part.hasError() {
			return true
		}
	}
	return false
}

// input is the field of a part.
func (d DateInput) input(p DatePart) Input {
	label := p.Label
	if label.HTML == nil && label.Text == "" && p.Name != "" {
		label.Text = strings.ToUpper(p.Name[:1]) + p.Name[1:]
	}
	label.Classes = join("nhsuk-date-input__label", label.Classes)
	width := p.Width
	if width == 0 {
		width = 2
		if p.Name == "year" || p.Name == or(d.Year.Name, "year") {
			width = 4
		}
	}
	name := p.Name
	if d.NamePrefix != "" {
		name = d.NamePrefix + "[" + p.Name + "]"
	}
	marked := p.hasError() || (p.Error != Off && d.ErrorMessage.marks() && !d.anyError())
	return Input{
		Label: label, ErrorMessage: ErrorMessage{Bare: marked && !strings.Contains(p.Classes, "nhsuk-input--error")},
		ID: or(p.ID, d.ID+"-"+p.Name), Name: name, Value: or(p.Value, d.Values[p.Name]), Type: p.Type,
		Prefix: p.Prefix, Suffix: p.Suffix, Width: width, Inputmode: or(p.Inputmode, "numeric"), Spellcheck: p.Spellcheck,
		Autocomplete: p.Autocomplete, Autocapitalize: p.Autocapitalize, Pattern: p.Pattern,
		Disabled: p.Disabled == On || (p.Disabled == Default && d.Disabled), DescribedBy: p.DescribedBy,
		Classes: join("nhsuk-date-input__input", p.Classes), Attributes: p.Attributes,
	}
}

package component

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"
)

// Affix stands before or after what people type, for example a unit.
type Affix struct {
	Text       string
	HTML       templ.Component
	Classes    string
	Attributes Attributes
}

func (a Affix) isEmpty() bool { return a.Text == "" && a.HTML == nil }

// Wrapper is the box around an input and what stands beside it.
type Wrapper struct {
	Classes    string
	Attributes Attributes
}

// Input is a field for a line of text.
type Input struct {
	Label          Label
	Hint           Hint
	ErrorMessage   ErrorMessage
	Name           string
	ID             string // Name when empty
	Value          string
	Type           string // text when empty
	Width          int    // in characters: 2, 3, 4, 5, 10, 20 or 30; the whole line when 0
	Prefix         Affix
	Suffix         Affix
	Placeholder    string
	Large          bool
	Code           bool // for codes and numbers that are read character by character
	Inputmode      string
	Spellcheck     Switch
	Autocomplete   string
	Autocapitalize string
	Pattern        string
	Disabled       bool
	DescribedBy    string
	Classes        string
	Attributes     Attributes
	InputWrapper   Wrapper
	FormGroup      FormGroup

	groupClass string
	groupExtra attrs
	wrapClass  string
}

// Render writes the input with its label, hint and error message.
func (i Input) Render(ctx context.Context, w io.Writer) error { return input(i).Render(ctx, w) }

func (i Input) question() question {
	return question{
		label: i.Label, hint: i.Hint, message: i.ErrorMessage, id: or(i.ID, i.Name), described: i.DescribedBy,
		group: i.FormGroup, after: i.groupClass, extra: i.groupExtra,
	}
}

func (i Input) attrs() attrs {
	width := ""
	if i.Width != 0 {
		width = strconv.Itoa(i.Width)
	}
	classes := join("nhsuk-input",
		when(i.Large, modifier("nhsuk-input--", "large", i.Classes, "large")),
		when(i.Code, modifier("nhsuk-input--", "code", i.Classes, "code")),
		when(i.ErrorMessage.marks(), "nhsuk-input--error"),
		modifier("nhsuk-input--width-", width, i.Classes, "2", "3", "4", "5", "10", "20", "30"), i.Classes)
	return class(classes).with("id", or(i.ID, i.Name)).with("name", i.Name).with("type", or(i.Type, "text")).
		choice("spellcheck", i.Spellcheck).maybe("value", i.Value).flag("disabled", i.Disabled).
		maybe("aria-describedby", i.question().describedBy()).maybe("autocomplete", i.Autocomplete).
		maybe("autocapitalize", i.Autocapitalize).maybe("pattern", i.Pattern).
		maybe("placeholder", i.Placeholder).maybe("inputmode", i.Inputmode).and(i.Attributes)
}

// isWrapped reports whether something stands beside the input.
func (i Input) isWrapped() bool {
	return !i.Prefix.isEmpty() || !i.Suffix.isEmpty() || !i.FormGroup.BeforeInput.IsZero() ||
		!i.FormGroup.AfterInput.IsZero() || !isZero(i.InputWrapper) || i.wrapClass != ""
}

func (i Input) wrapper() attrs {
	large := when(i.Large, modifier("nhsuk-input--", "large", i.Classes, "large"))
	return class("nhsuk-input-wrapper", when(large != "", "nhsuk-input-wrapper--large"), i.wrapClass, i.InputWrapper.Classes).
		and(i.InputWrapper.Attributes)
}

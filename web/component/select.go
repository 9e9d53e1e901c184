package component

import (
	"context"
	"io"
)

// Select lets people choose one item from a list that opens. Use it last: radios
// are easier.
type Select struct {
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	ID           string // Name when empty
	Items        []SelectItem
	Value        string // of the item that is selected
	Disabled     bool
	DescribedBy  string
	Classes      string
	Attributes   Attributes
	InputWrapper Wrapper
	FormGroup    FormGroup
}

// SelectItem is one item of a select, or a line between items.
type SelectItem struct {
	Value       string
	Text        string
	TextIsValue bool // sends the text: the option has no value of its own
	Selected    bool
	Disabled    bool
	Divider     bool // a line instead of an item
	Attributes  Attributes
}

// Render writes the select with its label, hint and error message.
func (s Select) Render(ctx context.Context, w io.Writer) error { return selectField(s).Render(ctx, w) }

func (s Select) question() question {
	return question{
		label: s.Label, hint: s.Hint, message: s.ErrorMessage, id: or(s.ID, s.Name), described: s.DescribedBy, group: s.FormGroup,
	}
}

func (s Select) attrs() attrs {
	return class("nhsuk-select", when(s.ErrorMessage.marks(), "nhsuk-select--error"), s.Classes).
		with("id", or(s.ID, s.Name)).with("name", s.Name).flag("disabled", s.Disabled).
		maybe("aria-describedby", s.question().describedBy()).and(s.Attributes)
}

func (s Select) isWrapped() bool {
	return !s.FormGroup.BeforeInput.IsZero() || !s.FormGroup.AfterInput.IsZero() || !isZero(s.InputWrapper)
}

func (s Select) option(item SelectItem) attrs {
	a, value := attrs{}, item.Text
	if !item.TextIsValue {
		a, value = a.with("value", item.Value), item.Value
	}
	selected := item.Selected || (s.Value != "" && s.Value == value)
	return a.flag("selected", selected).flag("disabled", item.Disabled).and(item.Attributes)
}

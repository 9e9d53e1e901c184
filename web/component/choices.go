package component

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/a-h/templ"
)

// Choice is one item of radios or checkboxes, or the words between items.
type Choice struct {
	Value          string
	Text           string
	HTML           templ.Component
	Label          Label
	Hint           Hint
	ID             string          // the list's prefix and the item's number when empty
	Name           string          // of a checkbox, to overrule the list's
	Checked        Switch          // Default: whether the list's value names the item
	Disabled       Switch          // Default: as the list
	Conditional    templ.Component // shown below the item while it is checked; always where scripts do not run
	Divider        string          // words instead of an item, "or" mostly
	Behaviour      string          // of a checkbox: exclusive (unchecks the others) or inclusive (checks them)
	BehaviourGroup string          // the others, by a name in common
	Classes        string
	Attributes     Attributes
}

// Radios let people choose one item.
type Radios struct {
	Fieldset     Fieldset
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	IDPrefix     string // Name when empty
	Items        []Choice
	Value        string // of the item that is checked
	Small        bool
	Inline       bool
	Disabled     bool
	ID           string
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup
}

// Render writes the radios with their legend, hint and error message.
func (r Radios) Render(ctx context.Context, w io.Writer) error {
	return choices(choiceList{
		kind: "radios", input: "radio", fieldset: r.Fieldset, hint: r.Hint, message: r.ErrorMessage, name: r.Name,
		prefix: or(r.IDPrefix, r.Name), items: r.Items, values: checked(r.Value), small: r.Small, inline: r.Inline,
		disabled: r.Disabled, id: r.ID, classes: r.Classes, attributes: r.Attributes, group: r.FormGroup,
	}).Render(ctx, w)
}

// Checkboxes let people choose any number of items.
type Checkboxes struct {
	Fieldset     Fieldset
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	IDPrefix     string // Name when empty
	Items        []Choice
	Values       []string // of the items that are checked
	Small        bool
	Inline       bool
	Disabled     bool
	DescribedBy  string
	ID           string
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup
}

// Render writes the checkboxes with their legend, hint and error message.
func (c Checkboxes) Render(ctx context.Context, w io.Writer) error {
	return choices(choiceList{
		kind: "checkboxes", input: "checkbox", fieldset: c.Fieldset, hint: c.Hint, message: c.ErrorMessage, name: c.Name,
		prefix: or(c.IDPrefix, c.Name), items: c.Items, values: c.Values, small: c.Small, inline: c.Inline,
		disabled: c.Disabled, described: c.DescribedBy, id: c.ID, classes: c.Classes, attributes: c.Attributes, group: c.FormGroup,
	}).Render(ctx, w)
}

// checked is the list of one value, or of none.
func checked(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// choiceList is what radios and checkboxes have in common.
type choiceList struct {
	kind, input             string // names in classes and of the input's type
	fieldset                Fieldset
	hint                    Hint
	message                 ErrorMessage
	name, prefix            string
	items                   []Choice
	values                  []string
	small, inline, disabled bool
	described, id, classes  string
	attributes              Attributes
	group                   FormGroup
}

func (l choiceList) question() question {
	return question{hint: l.hint, message: l.message, id: l.prefix, group: l.group, described: or(l.fieldset.DescribedBy, l.described)}
}

func (l choiceList) hasFieldset() bool { return !isZero(l.fieldset) }

// grouped is the fieldset around the list.
func (l choiceList) grouped() Fieldset {
	f := l.fieldset
	f.DescribedBy = l.question().describedBy()
	return f
}

func (l choiceList) attrs() attrs {
	block := "nhsuk-" + l.kind
	return class(block,
		when(l.small, modifier(block+"--", "small", l.classes, "small")),
		when(l.inline, modifier(block+"--", "inline", l.classes, "inline")), l.classes).
		maybe("id", l.id).with("data-module", block).and(l.attributes)
}

// itemID is the id of an item; the first has the prefix alone, so that an error
// summary can lead to it.
func (l choiceList) itemID(index int) string {
	if id := l.items[index].ID; id != "" {
		return id
	}
	if index == 0 {
		return l.prefix
	}
	return l.prefix + "-" + strconv.Itoa(index+1)
}

func (l choiceList) isChecked(item Choice) bool {
	return item.Checked == On || (item.Checked == Default && len(l.values) > 0 && slices.Contains(l.values, item.Value))
}

func (l choiceList) isDisabled(item Choice) bool {
	return item.Disabled == On || (item.Disabled == Default && l.disabled)
}

func (l choiceList) control(index int) attrs {
	item, id := l.items[index], l.itemID(index)
	described := when(!item.Hint.isEmpty(), or(item.Hint.ID, id+"-item-hint"))
	if l.kind == "checkboxes" && !l.hasFieldset() {
		described = join(l.question().describedBy(), described)
	}
	return class("nhsuk-"+l.kind+"__input", item.Classes).with("id", id).with("name", or(item.Name, l.name)).
		with("type", l.input).with("value", item.Value).flag("checked", l.isChecked(item)).flag("disabled", l.isDisabled(item)).
		maybe("data-behaviour", item.Behaviour).maybe("data-behaviour-group", item.BehaviourGroup).
		maybe("data-aria-controls", when(item.Conditional != nil, "conditional-"+id)).
		maybe("aria-describedby", described).and(item.Attributes)
}

func (l choiceList) label(index int) Label {
	item := l.items[index]
	label := Label{
		Text: or(item.Label.Text, item.Text), HTML: item.Label.HTML, VisuallyHiddenText: item.Label.VisuallyHiddenText,
		ID: item.Label.ID, For: l.itemID(index), Classes: join("nhsuk-"+l.kind+"__label", item.Label.Classes), Attributes: item.Label.Attributes,
	}
	if label.HTML == nil {
		label.HTML = item.HTML
	}
	return label
}

func (l choiceList) itemHint(index int) Hint {
	h := l.items[index].Hint
	h.ID = or(h.ID, l.itemID(index)+"-item-hint")
	h.Classes = join("nhsuk-"+l.kind+"__hint", h.Classes)
	return h
}

// itemClass is the class of an item's box. What only works with scripts is
// hidden without them.
func (l choiceList) itemClass(part string, item Choice) attrs {
	return class("nhsuk-"+l.kind+"__"+part, when(item.Behaviour == "inclusive", "nhsuk-u-frontend-not-supported-hidden"))
}

func (l choiceList) conditional(index int) attrs {
	name := "nhsuk-" + l.kind + "__conditional"
	return class(name, when(!l.isChecked(l.items[index]), name+"--hidden")).with("id", "conditional-"+l.itemID(index))
}

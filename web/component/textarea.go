package component

import (
	"context"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Textarea is a field for more than a line of text.
type Textarea struct {
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	ID           string // Name when empty
	Value        string
	Rows         int // 5 when 0
	Spellcheck   Switch
	Autocomplete string
	Disabled     bool
	DescribedBy  string
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup

	groupClass string
	groupExtra attrs
}

// Render writes the textarea with its label, hint and error message.
func (t Textarea) Render(ctx context.Context, w io.Writer) error { return textarea(t).Render(ctx, w) }

func (t Textarea) question() question {
	return question{
		label: t.Label, hint: t.Hint, message: t.ErrorMessage, id: or(t.ID, t.Name), described: t.DescribedBy,
		group: t.FormGroup, extra: t.groupExtra, after: t.groupClass,
	}
}

func (t Textarea) attrs() attrs {
	rows := t.Rows
	if rows == 0 {
		rows = 5
	}
	return class("nhsuk-textarea", when(t.ErrorMessage.marks(), "nhsuk-textarea--error"), t.Classes).
		with("id", or(t.ID, t.Name)).with("name", t.Name).with("rows", strconv.Itoa(rows)).
		choice("spellcheck", t.Spellcheck).flag("disabled", t.Disabled).
		maybe("aria-describedby", t.question().describedBy()).maybe("autocomplete", t.Autocomplete).and(t.Attributes)
}

// Plural is a text in the forms that its number asks for: one, two, few, many
// and other, in which %{count} stands for the number.
type Plural map[string]string

// CharacterCount is a textarea that says how many characters or words are left.
// The count is a help: the server has to check the length itself.
type CharacterCount struct {
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	ID           string // Name when empty
	Value        string
	Rows         int // 5 when 0
	MaxLength    int // in characters
	MaxWords     int // instead of MaxLength
	Threshold    int // percent of the limit from which on the count shows
	CountType    string
	Spellcheck   Switch
	Autocomplete string
	Disabled     bool
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup
	CountMessage CountMessage

	TextareaDescriptionText  string // "You can enter up to %{count} characters" when empty
	CharactersUnderLimitText Plural
	CharactersAtLimitText    string
	CharactersOverLimitText  Plural
	WordsUnderLimitText      Plural
	WordsAtLimitText         string
	WordsOverLimitText       Plural
}

// CountMessage is the line that shows the count.
type CountMessage struct{ Classes string }

// Render writes the textarea with its count.
func (c CharacterCount) Render(ctx context.Context, w io.Writer) error {
	return c.textarea().Render(ctx, w)
}

func (c CharacterCount) limit() int {
	if c.MaxWords != 0 {
		return c.MaxWords
	}
	return c.MaxLength
}

func (c CharacterCount) countType() string { return or(c.CountType, when(c.MaxWords != 0, "words")) }

// description says the limit to people whose browser runs no scripts.
func (c CharacterCount) description() string {
	if c.limit() == 0 {
		return ""
	}
	unit := "characters"
	if c.countType() == "words" {
		unit = "words"
	}
	text := or(c.TextareaDescriptionText, "You can enter up to %{count} "+unit)
	return strings.ReplaceAll(text, "%{count}", strconv.Itoa(c.limit()))
}

func (c CharacterCount) message() templ.Component {
	h := Hint{
		Text: c.description(), ID: or(c.ID, c.Name) + "-info",
		Classes: join("nhsuk-character-count__message", c.CountMessage.Classes),
	}
	if h.Text == "" {
		h.Attributes = Attributes{"hidden": true}
	}
	return h
}

func (c CharacterCount) textarea() Textarea {
	id := or(c.ID, c.Name)
	group := c.FormGroup
	group.AfterInput = Content{HTML: templ.Join(c.message(), beside(c.FormGroup.AfterInput))}
	classes := group.Classes
	group.Classes = ""
	return Textarea{
		Label: c.Label, Hint: c.Hint, ErrorMessage: c.ErrorMessage, Name: c.Name, ID: id, Value: c.Value,
		Rows: c.Rows, Spellcheck: c.Spellcheck, Autocomplete: c.Autocomplete, Disabled: c.Disabled,
		DescribedBy: id + "-info", Classes: join("nhsuk-js-character-count", c.Classes), Attributes: c.Attributes,
		FormGroup: group, groupClass: join(classes, "nhsuk-character-count"), groupExtra: c.attrs(),
	}
}

// attrs tell the script what to count and what to say.
func (c CharacterCount) attrs() attrs {
	a := attrs{}.with("data-module", "nhsuk-character-count").maybe("data-maxlength", number(c.MaxLength)).
		maybe("data-maxwords", number(c.MaxWords)).maybe("data-threshold", number(c.Threshold)).
		maybe("data-count-type", c.countType())
	if c.limit() == 0 {
		a = a.maybe("data-i18n.textarea-description.other", c.TextareaDescriptionText)
	}
	return a.plural("characters-under-limit", c.CharactersUnderLimitText).
		maybe("data-i18n.characters-at-limit", c.CharactersAtLimitText).
		plural("characters-over-limit", c.CharactersOverLimitText).
		plural("words-under-limit", c.WordsUnderLimitText).
		maybe("data-i18n.words-at-limit", c.WordsAtLimitText).
		plural("words-over-limit", c.WordsOverLimitText)
}

// plural adds a text for the script in each of its forms.
func (a attrs) plural(key string, text Plural) attrs {
	for _, form := range slices.Sorted(maps.Keys(text)) {
		a = a.maybe("data-i18n."+key+"."+form, text[form])
	}
	return a
}

// number is a number in words, "" for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

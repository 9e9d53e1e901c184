package component

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// SearchInput is a search field with its button.
type SearchInput struct {
	Label          Label
	Hint           Hint
	ErrorMessage   ErrorMessage
	Name           string
	ID             string // Name when empty
	Value          string
	Type           string // search when empty
	Placeholder    string
	Prefix         Affix
	Suffix         Affix
	Width          int
	Large          bool
	Code           bool
	Inputmode      string
	Spellcheck     Switch
	Autocomplete   string // off when empty
	Autocapitalize string
	Disabled       bool
	DescribedBy    string
	Button         SearchButton
	Classes        string
	Attributes     Attributes
	InputWrapper   Wrapper
	FormGroup      FormGroup
}

// SearchButton is the button of a search field.
type SearchButton struct {
	Omit       bool // no button
	NoIcon     bool // the text alone
	Text       string
	HTML       templ.Component
	AriaLabel  string // "Search" when empty
	Icon       ButtonIcon
	Variant    string
	Disabled   Switch // Default: as the field
	Name       string
	Value      string
	ID         string
	Classes    string
	Attributes Attributes
}

// Render writes the search field with its label, hint and error message.
func (s SearchInput) Render(ctx context.Context, w io.Writer) error {
	group := s.FormGroup
	group.AfterInput = Content{HTML: templ.Join(s.button(), beside(s.FormGroup.AfterInput))}
	classes := group.Classes
	group.Classes = ""
	large := when(s.Large, modifier("nhsuk-search-input--", "large", s.Classes, "large"))
	return Input{
		Label: s.Label, Hint: s.Hint, ErrorMessage: s.ErrorMessage, ID: or(s.ID, s.Name), Name: s.Name, Value: s.Value,
		Placeholder: s.Placeholder, Type: or(s.Type, "search"), Prefix: s.Prefix, Suffix: s.Suffix, Code: s.Code, Width: s.Width,
		Large: s.Large, Spellcheck: s.Spellcheck, Inputmode: s.Inputmode, Autocomplete: or(s.Autocomplete, "off"),
		Autocapitalize: s.Autocapitalize, Disabled: s.Disabled, DescribedBy: s.DescribedBy,
		Classes: join("nhsuk-search-input__input", s.Classes), Attributes: s.Attributes, InputWrapper: s.InputWrapper,
		FormGroup: group, groupClass: join("nhsuk-search-input", large, classes), wrapClass: "nhsuk-search-input__wrapper",
	}.Render(ctx, w)
}

func (s SearchInput) button() templ.Component {
	b := s.Button
	if b.Omit {
		return templ.NopComponent
	}
	icon := b.Icon
	if isZero(icon) && !b.NoIcon {
		icon.Name = "search"
	}
	return Button{
		HTML: b.HTML, Text: b.Text, AriaLabel: or(b.AriaLabel, "Search"), ID: b.ID, Name: b.Name, Value: b.Value, Icon: icon,
		Small: !s.Large, Disabled: b.Disabled == On || (b.Disabled == Default && s.Disabled), Variant: b.Variant,
		Classes: join("nhsuk-search-input__button", b.Classes), Attributes: b.Attributes,
	}
}

// PasswordInput is a field for a password, with a button that shows it.
type PasswordInput struct {
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	ID           string // Name when empty
	Value        string
	Prefix       Affix
	Suffix       Affix
	Width        int
	Large        bool
	Code         bool
	Autocomplete string // current-password when empty; new-password for a new one
	Disabled     bool
	DescribedBy  string
	Button       PasswordButton
	Classes      string
	Attributes   Attributes
	InputWrapper Wrapper
	FormGroup    FormGroup

	ShowPasswordText               string // "Show" when empty
	HidePasswordText               string
	ShowPasswordAriaLabel          string // "Show password" when empty
	HidePasswordAriaLabel          string
	PasswordShownAnnouncementText  string
	PasswordHiddenAnnouncementText string
}

// PasswordButton is the button that shows the password.
type PasswordButton struct {
	Text               string
	AriaLabel          string
	Variant            string // secondary when empty
	Disabled           Switch // Default: as the field
	PreventDoubleClick Switch
	ID                 string
	Classes            string
}

// Render writes the password field with its label, hint and error message.
func (p PasswordInput) Render(ctx context.Context, w io.Writer) error {
	group := p.FormGroup
	group.AfterInput = Content{HTML: templ.Join(p.button(), beside(p.FormGroup.AfterInput))}
	classes := group.Classes
	group.Classes = ""
	return Input{
		Label: p.Label, Hint: p.Hint, ErrorMessage: p.ErrorMessage, ID: or(p.ID, p.Name), Name: p.Name, Value: p.Value,
		Type: "password", Prefix: p.Prefix, Suffix: p.Suffix, Code: p.Code, Width: p.Width, Large: p.Large, Spellcheck: Off,
		Autocomplete: or(p.Autocomplete, "current-password"), Autocapitalize: "none", Disabled: p.Disabled, DescribedBy: p.DescribedBy,
		Classes: join("nhsuk-password-input__input nhsuk-js-password-input-input", p.Classes), Attributes: p.Attributes,
		InputWrapper: p.InputWrapper, FormGroup: group, groupClass: join(classes, "nhsuk-password-input"), groupExtra: p.attrs(),
	}.Render(ctx, w)
}

// attrs tell the script what to say.
func (p PasswordInput) attrs() attrs {
	return attrs{}.with("data-module", "nhsuk-password-input").
		maybe("data-i18n.show-password", or(p.ShowPasswordText, p.Button.Text)).
		maybe("data-i18n.hide-password", p.HidePasswordText).
		maybe("data-i18n.show-password-aria-label", or(p.ShowPasswordAriaLabel, p.Button.AriaLabel)).
		maybe("data-i18n.hide-password-aria-label", p.HidePasswordAriaLabel).
		maybe("data-i18n.password-shown-announcement", p.PasswordShownAnnouncementText).
		maybe("data-i18n.password-hidden-announcement", p.PasswordHiddenAnnouncementText)
}

func (p PasswordInput) button() Button {
	b := p.Button
	return Button{
		Text: or(p.ShowPasswordText, b.Text, "Show"), AriaLabel: or(p.ShowPasswordAriaLabel, b.AriaLabel, "Show password"),
		ID: b.ID, Type: "button", Small: !p.Large, PreventDoubleClick: b.PreventDoubleClick,
		Disabled:   b.Disabled == On || (b.Disabled == Default && p.Disabled),
		Classes:    join("nhsuk-password-input__toggle nhsuk-js-password-input-toggle", b.Classes),
		Attributes: Attributes{"aria-controls": or(p.ID, p.Name), "hidden": true}, Variant: or(b.Variant, "secondary"),
	}
}

// FileUpload lets people send a file.
type FileUpload struct {
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	Name         string
	ID           string // Name when empty
	Multiple     bool
	Disabled     bool
	DescribedBy  string
	Classes      string
	Attributes   Attributes
	FormGroup    FormGroup

	ChooseFilesButtonClassList []string
	ChooseFilesButtonText      string
	NoFileChosenText           string
	MultipleFilesChosenText    Plural
	DropInstructionText        string
	EnteredDropZoneText        string
	LeftDropZoneText           string
}

// Render writes the file field with its label, hint and error message.
func (f FileUpload) Render(ctx context.Context, w io.Writer) error {
	return fileUpload(f).Render(ctx, w)
}

func (f FileUpload) question() question {
	group := f.FormGroup
	classes := group.Classes
	group.Classes = ""
	return question{
		label: f.Label, hint: f.Hint, message: f.ErrorMessage, id: or(f.ID, f.Name), described: f.DescribedBy,
		group: group, after: join(classes, "nhsuk-file-upload"), extra: f.script(),
	}
}

// script tells the script what to say.
func (f FileUpload) script() attrs {
	return attrs{}.with("data-module", "nhsuk-file-upload").
		maybe("data-choose-files-button-class-list", jsonList(f.ChooseFilesButtonClassList)).
		maybe("data-i18n.choose-files-button", f.ChooseFilesButtonText).maybe("data-i18n.no-file-chosen", f.NoFileChosenText).
		plural("multiple-files-chosen", f.MultipleFilesChosenText).maybe("data-i18n.drop-instruction", f.DropInstructionText).
		maybe("data-i18n.entered-drop-zone", f.EnteredDropZoneText).maybe("data-i18n.left-drop-zone", f.LeftDropZoneText)
}

func (f FileUpload) attrs() attrs {
	return class("nhsuk-file-upload__input", f.Classes).with("id", or(f.ID, f.Name)).with("name", f.Name).with("type", "file").
		flag("disabled", f.Disabled).flag("multiple", f.Multiple).
		maybe("aria-describedby", f.question().describedBy()).and(f.Attributes)
}

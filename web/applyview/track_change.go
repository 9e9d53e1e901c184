package applyview

import (
	"strconv"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// TrackForm is a page on which a returner does something about their expression
// of interest.
type TrackForm struct {
	Frame     layout.Frame
	FormKey   string
	Token     string
	Reference string
	Title     string
	Errors    validate.Errors
}

func (p TrackForm) frame() layout.Frame {
	frame := backTo(p.Frame, p.Title, TrackURL(p.Token))
	frame.Errors = p.Errors.Any()
	return frame
}

func (p TrackForm) wrong(field string) component.ErrorMessage {
	return component.ErrorMessage{Text: p.Errors.For(field)}
}

// The titles of the pages.
const (
	DetailsTitle  = "Your contact details"
	NewEmailTitle = "Change your email address"
	PauseTitle    = "Pause your expression of interest"
	WithdrawTitle = "Withdraw your expression of interest"
	CopyTitle     = "Ask for a copy of your data"
	ReplyTitle    = "Answer our question"
	UnaskedTitle  = "You do not need to answer any more"
	confirmTitle  = "Confirm your email address"
	// NewEmailSentTitle is that of the page after a new address was given.
	NewEmailSentTitle = checkEmailTitle
)

// DetailsPage is where a returner corrects how they can be reached.
type DetailsPage struct {
	TrackForm
	Typed interest.ContactDetails
}

// NewEmailPage is where a returner gives another email address.
type NewEmailPage struct {
	TrackForm
	Now    string // where mail goes now
	Wanted string // the address that was asked and is not confirmed; "" without one
	Email  string // as typed
}

// ConfirmPage is the page of the link that confirms a new address.
type ConfirmPage struct {
	Frame   layout.Frame
	FormKey string
	Token   string
	Email   string
}

// PausePage is where a returner asks for time.
type PausePage struct {
	TrackForm
	Today updating.Date
	Typed interest.Hold
}

// until asks for the day on which the case goes on.
func (p PausePage) until() component.DateInput {
	part := func(name, value string) component.DatePart {
		return component.DatePart{Name: name, ID: name, Value: value, Error: checked(p.Errors.For(name) != "")}
	}
	input := component.DateInput{
		ID: "until", Hint: component.Hint{Text: "For example, 15 3 " + strconv.Itoa(p.Today.Year+1) + ". At most 2 years from now."},
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "When should we go on?", Size: "s"}},
		Day:      part("day", p.Typed.Until.Day), Month: part("month", p.Typed.Until.Month), Year: part("year", p.Typed.Until.Year),
	}
	input.Month.Width, input.Month.Inputmode = 4, "text" // a name fits as well as a number
	for _, field := range []string{"day", "month", "year"} {
		if message := p.Errors.For(field); message != "" {
			input.ErrorMessage.Text = message
			break
		}
	}
	return input
}

// WithdrawPage is where a returner withdraws.
type WithdrawPage struct {
	TrackForm
	Typed interest.Move
}

// ownReasons are the reasons for withdrawing as the returner says them.
var ownReasons = map[string]string{
	"changed-mind":    "I no longer want to return",
	"found-elsewhere": "I found a placement elsewhere",
	"personal":        "Personal circumstances",
	"cost":            "The cost is too high",
	"not-said":        "I would rather not say",
}

func (p WithdrawPage) reasons() []component.Choice {
	var items []component.Choice
	for _, reason := range interest.Withdrawn.Info().Reasons {
		items = append(items, component.Choice{Value: reason.Slug, Text: ownReasons[reason.Slug]})
	}
	return items
}

// RequestField carries which request a reply is to.
const RequestField = "request"

// ReplyPage is where a returner answers what they were asked.
type ReplyPage struct {
	TrackForm
	Request interest.Request
	Asked   []interest.AskedStep
	Text    string // as typed
	Changed bool   // something else is asked now than when the page was opened
}

// label asks for the answer in words, which is needed where no question of the
// form is asked.
func (p ReplyPage) label() string {
	if len(p.Asked) > 0 {
		return "Is there anything that you want to add? (optional)"
	}
	return "Your answer"
}

// tasks are the questions with whether they are answered.
func (p ReplyPage) tasks() []component.TaskItem {
	var items []component.TaskItem
	for _, step := range p.Asked {
		item := component.TaskItem{Heading: component.Heading{Text: step.Title, ID: step.Slug}, Href: ReplyStepURL(p.Token, step.Slug)}
		if step.Answered {
			item.Status = component.TaskStatus{Text: "Answered"}
		} else {
			item.Status = component.TaskStatus{Tag: component.Tag{Text: "To answer", Colour: "blue"}}
		}
		items = append(items, item)
	}
	return items
}

package applyview

import (
	"strconv"

	"github.com/a-h/templ"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// Question is what the page of one question needs besides the answer.
type Question struct {
	Frame         layout.Frame
	FormKey       string
	Step          interest.Step
	Action        string // where the form goes; the step's own page when empty
	Version       int    // of the answer that the page shows
	From          string // FromCheck, or ""
	Back          string
	Next          string   // the page after this one, with the answer as it is saved
	Meanwhile     []string // what another window saved since; none when nothing did
	Errors        validate.Errors
	Answers       interest.Answers       // as they are saved
	Organisations []faculty.Organisation // to choose from, where the question is about them
	Notice        Notice                 // the privacy notice, where the question is about it
	Correcting    *Correcting            // where staff correct the answer; nil in the returner's form
}

// Correcting is what the page of a question has more, or otherwise, where staff
// correct the answer.
type Correcting struct {
	Caption string          // above the question
	Above   templ.Component // the form
	Below   templ.Component // the question's fields, in the form
}

// Notice is the privacy notice that is published now.
type Notice struct {
	Version string
	Details faculty.Details
}

// AnyOrganisation is the value of the box that says that any organisation will do.
const AnyOrganisation = "any"

// frame is the page's frame, with the question as its title.
func (q Question) frame() layout.Frame {
	f := q.Frame
	f.Title = q.Step.Title
	f.Errors = q.Errors.Any()
	f.Back = component.BackLink{Href: q.Back}
	return f
}

// action is where the form goes.
func (q Question) action() string {
	if q.Action != "" {
		return q.Action
	}
	return StepURL(q.Step.Slug)
}

func (q Question) version() string { return strconv.Itoa(q.Version) }

// message is what is wrong with a field.
func (q Question) message(field string) component.ErrorMessage {
	return component.ErrorMessage{Text: q.Errors.For(field)}
}

// caption is the section that the question belongs to.
func (q Question) caption() component.Caption {
	if q.Correcting != nil {
		return component.Caption{Text: q.Correcting.Caption, Size: "l"}
	}
	for _, section := range interest.Sections() {
		if section.Slug == q.Step.Section {
			return component.Caption{Text: section.Title, Size: "l"}
		}
	}
	return component.Caption{}
}

// label is the question as the label of its only field and the page's heading.
func (q Question) label() component.Label {
	return component.Label{Text: q.Step.Title, Size: "l", IsPageHeading: true, Caption: q.caption()}
}

// legend is the question as the legend of its fields and the page's heading.
func (q Question) legend() component.Fieldset {
	return component.Fieldset{Legend: component.Legend{Text: q.Step.Title, Size: "l", IsPageHeading: true, Caption: q.caption()}}
}

// profession is the slug of the profession that was chosen.
func (q Question) profession() string { return q.Answers.Situation().Profession }

// errorItems are the links of an error summary: each leads to the field of its
// name.
func errorItems(errs validate.Errors) []component.ErrorItem {
	var items []component.ErrorItem
	for _, one := range errs {
		items = append(items, component.ErrorItem{Text: one.Message, Href: "#" + one.Field})
	}
	return items
}

// choices are the options of a closed list.
func choices(options []interest.Option) []component.Choice {
	var items []component.Choice
	for _, o := range options {
		items = append(items, component.Choice{Value: o.Slug, Text: o.Label, Hint: component.Hint{Text: o.Hint}})
	}
	return items
}

// yesNo are the answers to a question of yes or no.
func yesNo() []component.Choice {
	return []component.Choice{{Value: interest.Yes, Text: "Yes"}, {Value: interest.No, Text: "No"}}
}

// exclusive makes the last of some choices one that excludes the others.
func exclusive(items []component.Choice, group string) []component.Choice {
	for i := range items {
		items[i].BehaviourGroup = group
	}
	last := items[len(items)-1]
	last.Behaviour = "exclusive"
	return append(items[:len(items)-1], component.Choice{Divider: "or"}, last)
}

func checked(on bool) component.Switch {
	if on {
		return component.On
	}
	return component.Off
}

// day is a date input whose parts are called day, month and year.
func (q Question) day(d interest.DayInput, hint string) component.DateInput {
	part := func(name, value string) component.DatePart {
		return component.DatePart{Name: name, ID: name, Value: value, Error: q.wrong(name)}
	}
	input := component.DateInput{
		ID: "when", Fieldset: q.legend(), Hint: component.Hint{Text: hint},
		Day: part("day", d.Day), Month: part("month", d.Month), Year: part("year", d.Year),
	}
	input.Month.Width = 4 // a name fits as well as a number
	input.Month.Inputmode = "text"
	for _, field := range []string{"year", "month", "day"} {
		if message := q.Errors.For(field); message != "" {
			input.ErrorMessage.Text = message
		}
	}
	return input
}

// wrong marks a part of a date when its field has an error.
func (q Question) wrong(field string) component.Switch {
	return checked(q.Errors.For(field) != "")
}

// OrganisationName gives the names of organisations by their slugs; a slug that
// is not among them stands for itself.
func OrganisationName(organisations []faculty.Organisation) func(slug string) string {
	return func(slug string) string {
		for _, o := range organisations {
			if o.Slug == slug {
				return o.Name
			}
		}
		return slug
	}
}

// example is a month of three years ago, in figures: one that does not go out
// of date.
func example(on updating.Date) string {
	return strconv.Itoa(int(on.Month)) + " " + strconv.Itoa(on.Year-3)
}

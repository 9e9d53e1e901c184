package siteview

import (
	"strconv"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// OfferView is the form by which supervised practice is offered.
type OfferView struct {
	Base    Base
	FormKey string
	Form    offer.Form // what was typed
	Members []faculty.Organisation
	Today   updating.Date
	Errors  validate.Errors
	Stale   bool   // the page was open for so long that it has to be sent again
	Wait    string // how long to wait before sending, in words; "" to send now
}

// OfferSentView confirms that an offer was sent.
type OfferSentView struct {
	Base      Base
	Reference string
}

func (v OfferView) wrong(field string) component.ErrorMessage {
	return component.ErrorMessage{Text: v.Errors.For(field)}
}

func (v OfferView) organisationItems() []component.Choice {
	var items []component.Choice
	for _, one := range v.Members {
		items = append(items, component.Choice{Value: one.Slug, Text: one.Name})
	}
	return append(items, component.Choice{Value: offer.OtherOrganisation, Text: "Another organisation", Conditional: v.other()})
}

func offerWorkItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Select a profession"}}
	for _, w := range offer.Works() {
		items = append(items, component.SelectItem{Value: w.Value(), Text: w.Name()})
	}
	return items
}

func offerDays() []component.Choice {
	var items []component.Choice
	for _, d := range offer.AllDays() {
		items = append(items, component.Choice{Value: d.Value(), Text: d.Words()})
	}
	return items
}

// from asks for the month, with one message for both of its fields.
func (v OfferView) from() component.DateInput {
	wrong := func(field string) component.Switch {
		if v.Errors.For(field) != "" {
			return component.On
		}
		return component.Off
	}
	input := component.DateInput{
		ID:       "from",
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "From which month could you start?", Size: "s"}},
		Hint:     component.Hint{Text: "For example, 4 " + strconv.Itoa(v.Today.Year+1)},
		Day:      component.DatePart{Omit: true},
		Month:    component.DatePart{Name: "month", ID: "month", Value: v.Form.Month, Error: wrong("month"), Inputmode: "text", Width: 4},
		Year:     component.DatePart{Name: "year", ID: "year", Value: v.Form.Year, Error: wrong("year")},
	}
	for _, field := range []string{"year", "month"} {
		if message := v.Errors.For(field); message != "" {
			input.ErrorMessage.Text = message
		}
	}
	return input
}

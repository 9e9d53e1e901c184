package question

import (
	"net/url"

	"ahpfaculty/internal/interest"
)

// questions are the steps that ask something, by slug. Their order stands in
// the table of steps alone.
var questions = map[string]Question{
	"profession":      professionForm,
	"branch":          branchForm,
	"standing":        standingForm,
	"abroad":          abroadForm,
	"last-practised":  lastPractisedForm,
	"qualified-where": qualifiedWhereForm,
	"qualified":       qualifiedForm,
	"name":            nameForm,
	"registered-name": registeredNameForm,
	"email":           emailForm,
	"phone":           phoneForm,
	"contact":         contactForm,
	"postcode":        postcodeForm,
	"register-number": registerNumberForm,
	"programme":       programmeForm,
	"experience":      experienceForm,
	"organisations":   organisationsForm,
	"settings":        settingsForm,
	"hours":           hoursForm,
	"start":           startForm,
	"help":            helpForm,
	"privacy":         privacyForm,
}

// Day reads the fields of a date whose day may be left out.
func Day(fields url.Values) interest.DayInput {
	return interest.DayInput{Day: fields.Get("day"), Month: fields.Get("month"), Year: fields.Get("year")}
}

// professionOf is the slug of the profession that was chosen, or "".
func professionOf(a interest.Answers) string {
	return a.Situation().Profession
}

package interest

import (
	"strconv"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// Absence is what is asked of somebody who is or was registered and does not
// practise: the same questions for both, of which one set is answered.
type Absence struct {
	Abroad string // Yes or No
	Last   DayInput
}

// Situation is the first section's questions on one page, as they were typed,
// with the day of applying, which the form does not ask.
type Situation struct {
	Profession string // slug
	Branch     string // slug, or ""
	Standing   string
	Left       Absence // of somebody whose registration has ended
	Registered Absence // of somebody who is registered and does not practise
	InUK       string  // Yes or No, of somebody who never registered
	Qualified  DayInput
	Apply      DayInput // today where nothing is typed
}

// The prefixes of the fields of dates.
const (
	leftPrefix       = "left-"
	registeredPrefix = "registered-"
	qualifiedPrefix  = "qualified-"
	applyPrefix      = "apply-"
)

// yearsToApply is how far in the future somebody can mean to apply.
const yearsToApply = 10

// Field is a field of a form with its value.
type Field struct{ Name, Value string }

// each gives the names of the form's fields with where their values are.
func (s *Situation) each() []struct {
	name string
	at   *string
} {
	return []struct {
		name string
		at   *string
	}{
		{"profession", &s.Profession}, {"branch", &s.Branch}, {"standing", &s.Standing},
		{leftPrefix + "abroad", &s.Left.Abroad},
		{leftPrefix + "day", &s.Left.Last.Day}, {leftPrefix + "month", &s.Left.Last.Month}, {leftPrefix + "year", &s.Left.Last.Year},
		{registeredPrefix + "abroad", &s.Registered.Abroad},
		{registeredPrefix + "day", &s.Registered.Last.Day}, {registeredPrefix + "month", &s.Registered.Last.Month}, {registeredPrefix + "year", &s.Registered.Last.Year},
		{"in-uk", &s.InUK},
		{qualifiedPrefix + "day", &s.Qualified.Day}, {qualifiedPrefix + "month", &s.Qualified.Month}, {qualifiedPrefix + "year", &s.Qualified.Year},
		{applyPrefix + "day", &s.Apply.Day}, {applyPrefix + "month", &s.Apply.Month}, {applyPrefix + "year", &s.Apply.Year},
	}
}

// ReadSituation reads the form's fields by their names.
func ReadSituation(field func(name string) string) Situation {
	var s Situation
	for _, one := range s.each() {
		*one.at = validate.Line(field(one.name))
	}
	return s
}

// Fields gives what was typed, by field, for a form that carries it on.
func (s Situation) Fields() []Field {
	var fields []Field
	for _, one := range s.each() {
		if *one.at != "" {
			fields = append(fields, Field{one.name, *one.at})
		}
	}
	return fields
}

// ApplyingOn is a situation in which nothing is typed but the day of applying.
func ApplyingOn(day updating.Date) Situation {
	return Situation{Apply: DayInput{Day: strconv.Itoa(day.Day), Month: strconv.Itoa(int(day.Month)), Year: strconv.Itoa(day.Year)}}
}

// absence is the set of questions that the standing asks, with the prefix of
// its fields.
func (s Situation) absence() (Absence, string) {
	if updating.Standing(s.Standing) == updating.NotPractising {
		return s.Registered, registeredPrefix
	}
	return s.Left, leftPrefix
}

// applyOn is the day of applying that was typed, or today.
func (s Situation) applyOn(today updating.Date) updating.Date {
	if day := updating.Date(s.Apply.When()); day.Valid() {
		return day
	}
	return today
}

// Answers are what was typed as the form's answers, for the day of applying;
// those that the standing does not ask for are left out.
func (s Situation) Answers(today updating.Date) Answers {
	absence, _ := s.absence()
	a := Answers{
		On:         s.applyOn(today),
		Profession: &Profession{Slug: s.Profession}, Branch: &Branch{Slug: s.Branch},
		Standing: &Standing{Standing: updating.Standing(s.Standing)}, Abroad: &Abroad{Answer: absence.Abroad},
		LastPractised: &LastPractised{absence.Last}, QualifiedWhere: &QualifiedWhere{InUK: s.InUK}, Qualified: &Qualified{s.Qualified},
	}
	if a.Branch.Validate(s.Profession).Any() {
		// No rule depends on it: the form asks for it when it has to.
		a.Branch = nil
	}
	return a.Applicable()
}

// Validate says what is wrong with the answers that matter, by the form's field
// names, in the order of the page.
func (s Situation) Validate(today updating.Date) validate.Errors {
	var errs validate.Errors
	errs = append(errs, Profession{Slug: s.Profession}.Validate()...)
	known, _ := profession.BySlug(s.Profession)
	if known.Regulator == profession.GOsC {
		return errs
	}
	standing := Standing{Standing: updating.Standing(s.Standing)}
	errs = append(errs, standing.Validate()...)
	switch standing.Standing {
	case updating.Left, updating.NotPractising:
		s.checkAbsence(&errs, today)
	case updating.Never:
		s.checkQualifying(&errs, today)
	}
	return errs
}

func (s Situation) checkAbsence(errs *validate.Errors, today updating.Date) {
	absence, prefix := s.absence()
	abroad := Abroad{Answer: absence.Abroad}
	prefixed(errs, prefix, abroad.Validate())
	if absence.Abroad != Yes {
		prefixed(errs, prefix, LastPractised{absence.Last}.Validate(today))
		s.checkApply(errs, today)
	}
}

func (s Situation) checkQualifying(errs *validate.Errors, today updating.Date) {
	*errs = append(*errs, QualifiedWhere{InUK: s.InUK}.Validate()...)
	if s.InUK != No {
		prefixed(errs, qualifiedPrefix, Qualified{s.Qualified}.Validate(today))
		s.checkApply(errs, today)
	}
}

// checkApply looks at the day of applying; none is today.
func (s Situation) checkApply(errs *validate.Errors, today updating.Date) {
	if s.Apply == (DayInput{}) {
		return
	}
	day := updating.Date(s.Apply.When())
	switch {
	case !day.Valid():
		errs.Add(applyPrefix+"day", "The day you mean to apply must be a real date, with a day, a month and a year")
	// The page may have been made before midnight.
	case day.Before(today.AddDays(-1)):
		errs.Add(applyPrefix+"year", "The day you mean to apply must be today or later")
	case day.After(today.AddYears(yearsToApply)):
		errs.Add(applyPrefix+"year", "The day you mean to apply must be in the next "+strconv.Itoa(yearsToApply)+" years")
	}
}

// prefixed adds faults of fields whose names have a prefix on this page.
func prefixed(errs *validate.Errors, prefix string, found validate.Errors) {
	for _, one := range found {
		errs.Add(prefix+one.Field, one.Message)
	}
}

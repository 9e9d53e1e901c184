package interest

import "slices"

// Questions that were not answered have empty answers, which no check of the
// form lets through: a case that came from a spreadsheet has some. Four kinds
// of column cannot say so themselves: "no" and "none" look the same in them.

// silent are the steps of those columns whose question was not answered.
func (a Answers) silent() []string {
	var steps []string
	for _, one := range []struct {
		step  string
		empty bool
	}{
		// Who did not say how they stand was not asked either.
		{"abroad", a.Abroad != nil && a.Abroad.Answer == "" || a.Standing != nil && a.Standing.Standing == ""},
		{"registered-name", a.RegisteredName != nil && a.RegisteredName.Other == ""},
		{"register-number", a.RegisterNumber != nil && a.RegisterNumber.Number == "" && !a.RegisterNumber.Unknown},
		{"programme", a.Programme != nil && a.Programme.Registered == ""},
	} {
		if one.empty {
			steps = append(steps, one.step)
		}
	}
	return steps
}

// hush takes the answers away that the columns of silent steps seem to have.
func (a *Answers) hush(silent []string) {
	if slices.Contains(silent, "abroad") {
		a.Abroad.Answer = ""
	}
	if slices.Contains(silent, "registered-name") {
		a.RegisteredName.Other = ""
	}
	if slices.Contains(silent, "register-number") {
		a.RegisterNumber.Unknown = false
	}
	if slices.Contains(silent, "programme") {
		a.Programme.Registered = ""
	}
}

// whole gives the answers with an empty one for each question that applies and
// was not answered.
func (a Answers) whole() Answers {
	a.Profession, a.Branch, a.Standing = orEmpty(a.Profession), orEmpty(a.Branch), orEmpty(a.Standing)
	a.Abroad, a.LastPractised, a.Qualified = orEmpty(a.Abroad), orEmpty(a.LastPractised), orEmpty(a.Qualified)
	if a.QualifiedWhere == nil {
		a.QualifiedWhere = &QualifiedWhere{InUK: Yes}
	}
	a.Name, a.RegisteredName, a.Email, a.Phone = orEmpty(a.Name), orEmpty(a.RegisteredName), orEmpty(a.Email), orEmpty(a.Phone)
	a.Contact, a.Postcode, a.RegisterNumber, a.Programme = orEmpty(a.Contact), orEmpty(a.Postcode), orEmpty(a.RegisterNumber), orEmpty(a.Programme)
	a.Experience, a.Organisations, a.Settings = orEmpty(a.Experience), orEmpty(a.Organisations), orEmpty(a.Settings)
	a.Hours, a.Start, a.Help, a.Privacy = orEmpty(a.Hours), orEmpty(a.Start), orEmpty(a.Help), orEmpty(a.Privacy)
	return a.Applicable()
}

func orEmpty[T any](answer *T) *T {
	if answer == nil {
		return new(T)
	}
	return answer
}

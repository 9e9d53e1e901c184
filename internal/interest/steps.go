package interest

import (
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

func always(Answers) bool { return true }

// registered reports whether the person is or was on a register, which is
// taken for granted until they say otherwise.
func registered(a Answers) bool {
	return a.Standing == nil || a.Standing.Standing != updating.Never
}

// osteopath reports whether HCPC's questions are not theirs: their regulator
// has its own way back, whatever they would answer.
func osteopath(a Answers) bool {
	p, known := profession.BySlug(a.professionSlug())
	return known && p.Regulator == profession.GOsC
}

func hasBranches(a Answers) bool {
	p, _ := profession.BySlug(a.professionSlug())
	return len(p.Branches) > 0
}

func hasPhone(a Answers) bool { return a.Phone != nil && a.Phone.Number != "" }

// situationDone reports whether the rules have what they need and lead here.
func situationDone(a Answers) bool {
	result, err := a.Result()
	return err == nil && !result.Leaves()
}

// steps is the table of steps: which there are, in what order, when each is
// asked and when it is answered.
var steps = []Step{
	{Slug: "profession", Section: SectionSituation, Title: "Which profession do you want to return to?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Profession != nil && !a.Profession.Validate().Any() },
		clear:   func(a *Answers) { a.Profession = nil }},
	{Slug: "branch", Section: SectionSituation, Title: "Which branch of the profession are you in?",
		Applies: hasBranches,
		Done:    func(a Answers) bool { return a.Branch != nil && !a.Branch.Validate(a.professionSlug()).Any() },
		clear:   func(a *Answers) { a.Branch = nil }},
	{Slug: "standing", Section: SectionSituation, Title: "Are you on your regulator’s register?",
		Applies: func(a Answers) bool { return !osteopath(a) },
		Done:    func(a Answers) bool { return a.Standing != nil && !a.Standing.Validate().Any() },
		clear:   func(a *Answers) { a.Standing = nil }},
	{Slug: "abroad", Section: SectionSituation, Title: "Have you practised outside the UK in the last {abroad-years} years?",
		Applies: func(a Answers) bool { return a.Situation().Asks().Abroad },
		Done:    func(a Answers) bool { return a.Abroad != nil && !a.Abroad.Validate().Any() },
		clear:   func(a *Answers) { a.Abroad = nil }},
	{Slug: "last-practised", Section: SectionSituation, Title: "When did you last practise?",
		Applies: func(a Answers) bool { return a.Situation().Asks().LastPractised },
		Done:    func(a Answers) bool { return a.LastPractised != nil && !a.LastPractised.Validate(a.On).Any() },
		clear:   func(a *Answers) { a.LastPractised = nil }},
	{Slug: "qualified-where", Section: SectionSituation, Title: "Did you qualify in the UK?",
		Applies: func(a Answers) bool { return a.Situation().Asks().QualifiedOutsideUK },
		Done:    func(a Answers) bool { return a.QualifiedWhere != nil && !a.QualifiedWhere.Validate().Any() },
		clear:   func(a *Answers) { a.QualifiedWhere = nil }},
	{Slug: "qualified", Section: SectionSituation, Title: "When did you qualify?",
		Applies: func(a Answers) bool { return a.Situation().Asks().Qualified },
		Done:    func(a Answers) bool { return a.Qualified != nil && !a.Qualified.Validate(a.On).Any() },
		clear:   func(a *Answers) { a.Qualified = nil }},
	{Slug: StepResult, Section: SectionSituation, Title: "Your days of updating",
		Applies: always,
		Done:    situationDone},

	{Slug: "name", Section: SectionAboutYou, Title: "What is your name?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Name != nil && !a.Name.Validate().Any() },
		clear:   func(a *Answers) { a.Name = nil }},
	{Slug: "registered-name", Section: SectionAboutYou, Title: "Were you registered under another name?",
		Applies: registered,
		Done:    func(a Answers) bool { return a.RegisteredName != nil && !a.RegisteredName.Validate().Any() },
		clear:   func(a *Answers) { a.RegisteredName = nil }},
	{Slug: "email", Section: SectionAboutYou, Title: "What is your email address?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Email != nil && !a.Email.Validate().Any() },
		clear:   func(a *Answers) { a.Email = nil }},
	{Slug: "phone", Section: SectionAboutYou, Title: "What is your phone number? (optional)",
		Applies: always,
		Done:    func(a Answers) bool { return a.Phone != nil && !a.Phone.Validate().Any() },
		clear:   func(a *Answers) { a.Phone = nil }},
	{Slug: "contact", Section: SectionAboutYou, Title: "How would you like us to reach you?",
		Applies: hasPhone,
		Done:    func(a Answers) bool { return a.Contact != nil && !a.Contact.Validate().Any() },
		clear:   func(a *Answers) { a.Contact = nil }},
	{Slug: "postcode", Section: SectionAboutYou, Title: "What is the first half of your postcode?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Postcode != nil && !a.Postcode.Validate().Any() },
		clear:   func(a *Answers) { a.Postcode = nil }},

	{Slug: "register-number", Section: SectionRegistration, Title: "What is or was your HCPC register number?",
		Applies: registered,
		Done: func(a Answers) bool {
			return a.RegisterNumber != nil && !a.RegisterNumber.Validate(a.professionSlug()).Any()
		},
		clear: func(a *Answers) { a.RegisterNumber = nil }},
	{Slug: "programme", Section: SectionRegistration, Title: "Are you registered with the national return to practice programme?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Programme != nil && !a.Programme.Validate().Any() },
		clear:   func(a *Answers) { a.Programme = nil }},

	{Slug: "experience", Section: SectionExperience, Title: "What was your last role in your profession?",
		Applies: registered,
		Done:    func(a Answers) bool { return a.Experience != nil && !a.Experience.Validate().Any() },
		clear:   func(a *Answers) { a.Experience = nil }},

	{Slug: "organisations", Section: SectionLookingFor, Title: "Where would you like to do your updating?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Organisations != nil && a.Organisations.chosen() },
		clear:   func(a *Answers) { a.Organisations = nil }},
	{Slug: "settings", Section: SectionLookingFor, Title: "Which settings interest you?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Settings != nil && !a.Settings.Validate().Any() },
		clear:   func(a *Answers) { a.Settings = nil }},
	{Slug: "hours", Section: SectionLookingFor, Title: "What hours could you do?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Hours != nil && !a.Hours.Validate().Any() },
		clear:   func(a *Answers) { a.Hours = nil }},
	{Slug: "start", Section: SectionLookingFor, Title: "When could you start?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Start != nil && !a.Start.Validate(a.On).Any() },
		clear:   func(a *Answers) { a.Start = nil }},
	{Slug: "help", Section: SectionLookingFor, Title: "What help do you need?",
		Applies: always,
		Done:    func(a Answers) bool { return a.Help != nil && !a.Help.Validate().Any() },
		clear:   func(a *Answers) { a.Help = nil }},

	{Slug: "privacy", Section: SectionSend, Title: "How we use your information",
		Applies: always,
		Done:    func(a Answers) bool { return a.Privacy != nil && a.Privacy.Read && a.Privacy.Version != "" },
		clear:   func(a *Answers) { a.Privacy = nil }},
}

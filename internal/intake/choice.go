package intake

import (
	"strings"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
)

// choice is what a text in a cell can mean: slugs by plain words. Words that
// mean two things mean nothing.
type choice map[string]string

// add gives a slug some words.
func (c choice) add(slug string, words ...string) choice {
	for _, one := range words {
		one = plain(one)
		if was, known := c[one]; known && was != slug {
			c[one] = ""
			continue
		}
		c[one] = slug
	}
	return c
}

// of gives the slug of a text; false where it has no meaning, or two.
func (c choice) of(text string) (string, bool) {
	slug := c[plain(text)]
	return slug, slug != ""
}

// options is a closed list of the form, by slugs and labels.
func options(list []interest.Option) choice {
	c := choice{}
	for _, o := range list {
		c.add(o.Slug, o.Slug, o.Label)
	}
	return c
}

// The closed lists that every import has.
var (
	yesNo = choice{}.add(interest.Yes, "yes", "y", "true", "1").add(interest.No, "no", "n", "false", "0")

	stageWords = stages().
			add(string(interest.Received), "new", "open", "not started").
			add(string(interest.InReview), "under review", "reviewing", "in progress", "being reviewed").
			add(string(interest.Contacted), "contact made", "emailed", "called", "spoken to").
			add(string(interest.FindingPlacement), "placement", "seeking placement", "looking for placement", "looking for a placement", "matching", "awaiting placement").
			add(string(interest.Updating), "on placement", "placed", "in placement", "placement started").
			add(string(interest.AppliedToRegister), "applied", "applied to hcpc", "applied to register", "awaiting registration").
			add(string(interest.Returned), "registered", "back in practice", "completed", "complete", "re registered", "returned to practice").
			add(string(interest.Declined), "rejected", "unsuitable", "not eligible", "not suitable").
			add(string(interest.Withdrawn), "withdrew", "dropped out", "no longer interested").
			add(string(interest.Closed), "no response", "no reply", "lost contact")

	turnWords = choice{}.add(string(interest.Ours), "ours", "us").add(string(interest.OnHold), "on hold", "hold", "paused").
			add(string(interest.Returners), "the returner’s", "returner", "with the returner", "theirs")

	holdWords = options(interest.HoldReasons())

	contactWords = options(interest.ContactOptions()).add(interest.ByEmail, "e-mail").add(interest.ByPhone, "telephone", "call", "by phone").
			add(interest.ByText, "sms").add(interest.ByEither, "any", "no preference")

	settingWords = options(interest.SettingOptions())

	hoursWords = options(interest.HoursOptions()).add("full-time", "ft").add("part-time", "pt").add("either", "both", "flexible").add("not-sure", "not sure", "unsure")

	startWords = options(interest.StartOptions()).add(interest.StartSoon, "asap", "immediately", "now").add(interest.StartUnsure, "not sure", "unsure")

	helpWords = options(interest.HelpOptions()).add(interest.HelpNone, "no help")

	standingWords = standings().add(string(updating.Left), "lapsed", "registration lapsed", "registration ended").
			add(string(updating.NotPractising), "registered not practising").
			add(string(updating.Practising), "practising").add(string(updating.Never), "never registered")

	professionWords, branchWords = professions()
)

func stages() choice {
	c := choice{}
	for _, s := range interest.Stages() {
		c.add(string(s.Stage), string(s.Stage), s.Name)
	}
	return c
}

func standings() choice {
	c := choice{}
	for _, s := range updating.Standings() {
		c.add(string(s), string(s), s.Label())
	}
	return c
}

// professions are all names of professions, and of branches with the profession
// before them.
func professions() (all, branches choice) {
	all, branches = choice{}, choice{}
	for _, p := range profession.All() {
		all.add(p.Slug, p.Slug, p.Name, p.Singular)
		for _, alias := range p.Aliases {
			all.add(p.Slug, alias, strings.TrimSuffix(alias, "s"))
		}
		for _, b := range p.Branches {
			all.add(p.Slug, b.Slug, b.Name, b.Singular)
			branches.add(b.Slug, b.Slug, b.Name, b.Singular, strings.Fields(b.Name)[0])
		}
	}
	return all.add("speech-and-language-therapists", "slt", "salt"), branches
}

// anyOrganisation stands for every organisation.
const anyOrganisation = "*"

func organisationWords(all []faculty.Organisation) choice {
	c := choice{}.add(anyOrganisation, "Any organisation", "any", "no preference", "anywhere")
	for _, o := range all {
		c.add(o.Slug, o.Slug, o.Name)
		if o.Abbreviation != "" {
			c.add(o.Slug, o.Abbreviation)
		}
	}
	return c
}

// staffWords are the names and addresses of those who may have cases.
func staffWords(accounts []staff.Account) choice {
	c := choice{}
	for _, a := range accounts {
		if interest.MayHaveCases(a) {
			c.add(a.ID, a.Name, a.Email)
		}
	}
	return c
}

// each parts a cell that holds several choices: at semicolons and line ends and,
// where such a part means nothing, at commas.
func (c choice) each(text string) ([]string, bool) {
	var slugs []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' || r == '|' }) {
		if plain(part) == "" {
			continue
		}
		if slug, known := c.of(part); known {
			slugs = append(slugs, slug)
			continue
		}
		for _, piece := range strings.Split(part, ",") {
			slug, known := c.of(piece)
			if !known {
				return nil, false
			}
			slugs = append(slugs, slug)
		}
	}
	return slugs, true
}

// The closed lists as sentences have them.
var (
	contactList = list(interest.ContactOptions())
	settingList = list(interest.SettingOptions())
	hoursList   = list(interest.HoursOptions())
	helpList    = list(interest.HelpOptions())
	holdList    = list(interest.HoldReasons())
	stageList   = stageNames()
)

// list is a closed list as a sentence has it.
func list(all []interest.Option) string {
	var labels []string
	for _, o := range all {
		labels = append(labels, o.Label)
	}
	return strings.Join(labels, "; ")
}

func stageNames() string {
	var names []string
	for _, s := range interest.Stages() {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

package demo

import (
	"fmt"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
)

// person is somebody who wants to return, whatever they ask for.
type person struct {
	profession profession.Profession
	branch     string
	name       string
	registered string // the name on the register, where it is another
	email      string
	phone      string
	postcode   string
	number     string // on the register; "" where they do not know it
	unusual    bool   // the number looks like none of the profession
	role       string
	setting    string
	years      int
}

// sizes are how many are on the register, in hundreds, about as HCPC counts
// them. Osteopaths have another way back and send no form.
var sizes = []weighted[string]{
	{"physiotherapists", 650}, {"radiographers", 460}, {"occupational-therapists", 440}, {"paramedics", 380},
	{"speech-and-language-therapists", 190}, {"operating-department-practitioners", 170}, {"podiatrists", 130},
	{"dietitians", 120}, {"art-therapists", 32}, {"orthoptists", 17}, {"music-therapists", 13}, {"dramatherapists", 12},
	{"prosthetists-and-orthotists", 12},
}

// postcodes are those of Lincolnshire and around it, by how many live there.
var postcodes = []weighted[string]{
	{"LN1", 5}, {"LN2", 7}, {"LN3", 2}, {"LN4", 5}, {"LN5", 6}, {"LN6", 9}, {"LN7", 1}, {"LN8", 2}, {"LN9", 2}, {"LN10", 1},
	{"LN11", 4}, {"LN12", 3}, {"LN13", 1}, {"PE6", 2}, {"PE9", 3}, {"PE10", 3}, {"PE11", 5}, {"PE12", 5}, {"PE20", 3}, {"PE21", 7},
	{"PE22", 3}, {"PE23", 2}, {"PE24", 2}, {"PE25", 4}, {"NG22", 1}, {"NG23", 1}, {"NG24", 3}, {"NG31", 7}, {"NG32", 2}, {"NG33", 1},
	{"NG34", 4}, {"DN15", 4}, {"DN16", 4}, {"DN17", 3}, {"DN18", 1}, {"DN20", 2}, {"DN21", 4}, {"DN31", 2}, {"DN32", 3}, {"DN33", 3},
	{"DN34", 2}, {"DN35", 3}, {"DN36", 2}, {"DN37", 2}, {"DN38", 1}, {"DN39", 1}, {"DN40", 2}, {"DN41", 1}, {"HU1", 1}, {"LE13", 1}, {"PE1", 1},
}

// drawPerson invents somebody.
func drawPerson(d dice) person {
	var p person
	p.profession, _ = profession.BySlug(weigh(d, sizes))
	if len(p.profession.Branches) > 0 {
		p.branch = p.profession.Branches[d.IntN(10)*len(p.profession.Branches)/14].Slug // the first is the larger one
	}
	first, last := drawFirst(d), drawLast(d)
	p.name = first + " " + last
	if d.chance(.14) {
		p.registered = first + " " + drawLast(d)
	}
	p.email = drawEmail(d, first, last)
	if d.chance(.85) {
		p.phone = drawPhone(d)
	}
	p.postcode = weigh(d, postcodes)
	p.number, p.unusual = drawNumber(d, p.profession.RegisterLetters)
	p.years = 1 + int(float64(d.between(0, 30))*d.Float64())
	p.role = drawRole(d, p)
	p.setting = drawSetting(d, p.profession.Slug)
	return p
}

func drawFirst(d dice) string {
	if d.chance(.02) {
		return pick(d, firstNames) + "-" + pick(d, firstNames)
	}
	return pick(d, firstNames)
}

func drawLast(d dice) string {
	if d.chance(.06) {
		return pick(d, lastNames) + "-" + pick(d, lastNames)
	}
	return pick(d, lastNames)
}

// drawEmail is at a domain that nobody can have.
func drawEmail(d dice, first, last string) string {
	first, last = plain.Replace(strings.ToLower(first)), plain.Replace(strings.ToLower(last))
	domain := pick(d, []string{"example.org", "example.com"})
	switch d.IntN(4) {
	case 0:
		return fmt.Sprintf("%s.%s@%s", first, last, domain)
	case 1:
		return fmt.Sprintf("%s.%s%d@%s", first, last, d.between(1, 99), domain)
	case 2:
		return fmt.Sprintf("%s%s%d@%s", first[:1], last, d.between(1, 9999), domain)
	}
	return fmt.Sprintf("%s_%s%d@%s", last, first, d.between(1955, 2001), domain)
}

// drawPhone is one of the numbers that Ofcom keeps for drama.
func drawPhone(d dice) string {
	return fmt.Sprintf(pick(d, []string{"07700 900%03d", "07700900%03d", "07700 900 %03d", "+44 7700 900%03d"}), d.IntN(1000))
}

// drawNumber is a register number that fits the profession's letters, mostly.
func drawNumber(d dice, letters string) (number string, unusual bool) {
	switch {
	case d.chance(.07):
		return "", false
	case d.chance(.015):
		return fmt.Sprintf("%06d", d.IntN(1_000_000)), true
	}
	return fmt.Sprintf("%s%0*d", letters, d.between(5, 6), d.IntN(100_000)), false
}

func drawRole(d dice, p person) string {
	singular := p.profession.Singular
	if b, found := p.profession.Branch(p.branch); found {
		singular = b.Singular
	}
	lower := strings.ToLower(singular[:1]) + singular[1:]
	switch {
	case p.years < 3:
		return pick(d, []string{"Newly qualified " + lower, "Band 5 " + lower, singular})
	case p.years < 8:
		return pick(d, []string{"Band 6 " + lower, "Rotational " + lower, "Senior " + lower, singular})
	}
	return pick(d, []string{"Senior " + lower, "Band 7 " + lower, "Team lead, " + lower, "Clinical lead, " + lower, "Advanced " + lower,
		"Locum " + lower, "Lecturer and " + lower, singular})
}

// drawSetting is where they worked last.
func drawSetting(d dice, slug string) string {
	if slug == "paramedics" && d.chance(.75) {
		return "ambulance"
	}
	return weigh(d, []weighted[string]{{"hospital", 45}, {"community", 25}, {"primary-care", 6}, {"mental-health", 8}, {"social-care", 4},
		{"education", 4}, {"hospice", 2}, {"independent", 8}, {"other", 2}})
}

// again is the same person as they fill in the form another time.
func (p person) again(d dice) person {
	if d.chance(.3) {
		first, last, _ := strings.Cut(p.name, " ")
		p.email = drawEmail(d, first, last)
	}
	switch d.IntN(5) {
	case 0:
		p.name = strings.ToUpper(p.name)
	case 1:
		p.name = strings.ReplaceAll(strings.ReplaceAll(p.name, "-", " "), "’", "'")
	case 2:
		p.phone = drawPhone(d)
	}
	return p
}

// answers are the whole form of a person in a situation.
func (p person) answers(d dice, w *world, s situation) interest.Answers {
	a := s.answers
	a.Name = &interest.Name{Full: p.name}
	a.RegisteredName = &interest.RegisteredName{Other: interest.No}
	if p.registered != "" {
		a.RegisteredName = &interest.RegisteredName{Other: interest.Yes, Full: p.registered}
	}
	a.Email, a.Phone = &interest.Email{Address: p.email}, &interest.Phone{Number: p.phone}
	a.Contact = &interest.Contact{By: pick(d, interest.ContactOptions()).Slug}
	a.Postcode = &interest.Postcode{Area: p.postcode}
	a.RegisterNumber = &interest.RegisterNumber{Number: p.number, Unknown: p.number == "", Confirmed: p.unusual}
	a.Programme = &interest.Programme{Registered: interest.No}
	if d.chance(.35) {
		a.Programme = &interest.Programme{Registered: interest.Yes, Reference: fmt.Sprintf("RTP-%05d", d.IntN(100_000))}
	}
	a.Experience = &interest.Experience{Role: p.role, Setting: p.setting, Years: fmt.Sprint(p.years)}
	a.Organisations = &interest.Organisations{Any: true}
	if len(w.organisations) > 0 && d.chance(.7) {
		chosen := interest.Organisations{Slugs: some(d, w.organisations, 3)}.Clean()
		a.Organisations = &chosen
	}
	a.Settings = &interest.Settings{Slugs: some(d, w.settings, 4)}
	a.Hours = &interest.Hours{Slug: weigh(d, []weighted[string]{{"full-time", 20}, {"part-time", 45}, {"either", 25}, {"not-sure", 10}})}
	a.Start = drawStart(d, a.On)
	a.Help = &interest.Help{Slugs: []string{interest.HelpNone}}
	if d.chance(.93) {
		a.Help = &interest.Help{Slugs: some(d, w.help, 4)}
	}
	a.Privacy = &interest.Privacy{Version: w.privacy, Read: true}
	return a.Applicable()
}

func drawStart(d dice, on updating.Date) *interest.Start {
	switch {
	case d.chance(.5):
		return &interest.Start{Choice: interest.StartSoon}
	case d.chance(.25):
		return &interest.Start{Choice: interest.StartUnsure}
	}
	from := on.AddMonths(d.between(1, 10))
	return &interest.Start{Choice: interest.StartFrom, Month: fmt.Sprint(int(from.Month)), Year: fmt.Sprint(from.Year)}
}

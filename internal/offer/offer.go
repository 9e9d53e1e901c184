// Package offer is the offers of supervised practice that host organisations
// make through a public form: what they say, where each stands, and which of
// them fit somebody who wants to return.
package offer

import (
	"strconv"
	"strings"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// State is where an offer stands.
type State string

// The states of an offer.
const (
	Open     State = "open"
	Matched  State = "matched"   // somebody is to have it
	Closed   State = "closed"    // it was withdrawn, or is over
	SetAside State = "set-aside" // it looks like the work of a program
)

// States lists the states in the order in which pages show them.
func States() []State { return []State{Open, Matched, Closed, SetAside} }

// Known reports whether s is one of the states.
func (s State) Known() bool { return s.Name() != "" }

// Name is the state in words; "" for one that there is not.
func (s State) Name() string {
	switch s {
	case Open:
		return "Open"
	case Matched:
		return "Matched"
	case Closed:
		return "Closed"
	case SetAside:
		return "Set aside"
	}
	return ""
}

// Offer is one that was made.
type Offer struct {
	ID           string
	Reference    string
	State        State
	Organisation string // its name
	Site         string
	Work         Work
	From         updating.When // a month
	Days         Days
	Name         string
	Email        string
	Phone        string // "" where nobody said
	More         string // "" where nobody said
	ReceivedAt   time.Time
	Suspicion    suspect.Suspicion
	StateSince   time.Time
	Version      int
}

// Work is the profession that would be supervised, and the branch where one is
// meant.
type Work struct {
	Profession string // slug
	Branch     string // slug; "" for any
}

// Works lists every work that can be offered: each profession, and after one
// that has branches each of those.
func Works() []Work {
	var works []Work
	for _, p := range profession.All() {
		works = append(works, Work{Profession: p.Slug})
		for _, b := range p.Branches {
			works = append(works, Work{p.Slug, b.Slug})
		}
	}
	return works
}

// ParseWork reads a work from what the form sends, as Value writes it; the zero
// Work when there is none like it.
func ParseWork(value string) Work {
	slug, branch, _ := strings.Cut(value, "/")
	w := Work{slug, branch}
	if w.Name() == "" {
		return Work{}
	}
	return w
}

// Value is the work as the form sends it.
func (w Work) Value() string {
	if w.Branch == "" {
		return w.Profession
	}
	return w.Profession + "/" + w.Branch
}

// Name is the work in words, such as "Radiographers (any branch)" or
// "Diagnostic radiographers"; "" for one that there is not.
func (w Work) Name() string {
	p, known := profession.BySlug(w.Profession)
	if !known {
		return ""
	}
	if w.Branch != "" {
		b, _ := p.Branch(w.Branch)
		return b.Name
	}
	if len(p.Branches) > 0 {
		return p.Name + " (any branch)"
	}
	return p.Name
}

// Days is how many days a week an organisation offers.
type Days int

// It depends, or the most days of a week.
const (
	Depends Days = 0
	maxDays Days = 5
)

// dependsValue is Depends as the form sends it: an empty field must not mean it.
const dependsValue = "depends"

// AllDays lists the numbers of days in the order in which the form shows them.
func AllDays() []Days { return []Days{1, 2, 3, 4, maxDays, Depends} }

// Value is the days as the form sends them.
func (d Days) Value() string {
	if d == Depends {
		return dependsValue
	}
	return strconv.Itoa(int(d))
}

// Words is the days in words.
func (d Days) Words() string {
	switch d {
	case Depends:
		return "It depends"
	case 1:
		return "1 day a week"
	}
	return strconv.Itoa(int(d)) + " days a week"
}

// parseDays reads what the form sends; false when it is no answer.
func parseDays(value string) (Days, bool) {
	for _, d := range AllDays() {
		if d.Value() == value {
			return d, true
		}
	}
	return Depends, false
}

// OtherOrganisation is what the form sends for an organisation that is no member
// of the faculty. No member has it for a slug: it is no slug.
const OtherOrganisation = "-"

// The most characters of what people type.
const (
	MaxMore  = 1000
	maxLine  = 200
	maxPhone = 40
)

// Form is what somebody types into the form, as they typed it.
type Form struct {
	Organisation string // a member's slug, or OtherOrganisation
	Other        string // the name of another organisation
	Site         string
	Work         string // as Work.Value
	Month        string
	Year         string
	Days         string // as Days.Value
	Name         string
	Email        string
	Phone        string
	More         string
}

// Clean gives the form as it is stored, without the name of another
// organisation where a member is chosen.
func (f Form) Clean() Form {
	if f.Organisation != OtherOrganisation {
		f.Other = ""
	}
	f.Other, f.Site, f.Name = validate.Line(f.Other), validate.Line(f.Site), validate.Line(f.Name)
	f.Month, f.Year = validate.Line(f.Month), validate.Line(f.Year)
	f.Email, f.Phone, f.More = validate.Line(f.Email), validate.Line(f.Phone), validate.Text(f.More)
	return f
}

// Validate says what is wrong, by the form's field names: organisation, other,
// site, profession, month, year, days, name, email, phone, more. The
// organisation must be one of the members or another.
func (f Form) Validate(members []faculty.Organisation, today updating.Date) validate.Errors {
	f = f.Clean()
	var errs validate.Errors
	f.validateHost(&errs, members)
	if ParseWork(f.Work) == (Work{}) {
		errs.Add("profession", "Select the profession that you could supervise")
	}
	errs = append(errs, f.start().Validate(today)...)
	if _, answered := parseDays(f.Days); !answered {
		errs.Add("days", "Select how many days a week you could offer")
	}
	f.validateContact(&errs)
	errs.Max("more", f.More, MaxMore, "What you add must be 1,000 characters or less")
	return errs
}

func (f Form) validateHost(errs *validate.Errors, members []faculty.Organisation) {
	switch {
	case f.Organisation == OtherOrganisation:
		errs.Need("other", f.Other, "Enter the name of your organisation")
		errs.Max("other", f.Other, maxLine, "The name of your organisation must be 200 characters or less")
	case f.host(members) == "":
		errs.Add("organisation", "Select your organisation")
	}
	errs.Need("site", f.Site, "Enter the site or town")
	errs.Max("site", f.Site, maxLine, "The site or town must be 200 characters or less")
}

func (f Form) validateContact(errs *validate.Errors) {
	errs.Need("name", f.Name, "Enter your name")
	errs.Max("name", f.Name, maxLine, "Your name must be 200 characters or less")
	errs.Need("email", f.Email, "Enter your work email address")
	if !validate.Email(f.Email) {
		errs.Add("email", "Enter an email address in the correct format, like name@example.com")
	}
	errs.Max("phone", f.Phone, maxPhone, "Your phone number must be 40 characters or less")
	if f.Phone != "" && !validate.Phone(f.Phone) {
		errs.Add("phone", "Enter a phone number, like 01522 000000, 07700 900000 or +44 7700 900000")
	}
}

// start is the month as the returner's form asks for it too, with the same rules.
func (f Form) start() interest.Start {
	return interest.Start{Choice: interest.StartFrom, Month: f.Month, Year: f.Year}
}

// host is the name of the organisation; "" when none is chosen.
func (f Form) host(members []faculty.Organisation) string {
	if f.Organisation == OtherOrganisation {
		return f.Other
	}
	for _, one := range members {
		if one.Slug == f.Organisation {
			return one.Name
		}
	}
	return ""
}

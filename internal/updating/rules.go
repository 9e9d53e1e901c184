package updating

import (
	"fmt"
	"slices"
	"time"
)

// RuleSet is the regulators' rules and figures as they stand from one day
// until the next set's.
type RuleSet struct {
	Version          string // kept with every result
	From             Date   // the first day of applying that it holds for
	Bands            []Band // in order of years out; the first begins at 0
	HoursInDay       int
	PrivateDivisor   int // private study counts up to the days divided by this
	WindowMonths     int // all updating lies within so many months before applying
	NewlyQualified   int // years after qualifying in which a first registration is an ordinary one
	AbroadYears      int // practice abroad within so many years has a route of its own
	SupervisorYears  int // a supervisor has been on the register for so long
	ReturnerPounds   int // the most that the national programme pays a returner
	HostPounds       int // and an eligible host
	AmountsKnownAsOf int // the year that both amounts were read for; unconfirmed since
	Checked          Date
}

// Band is the days that are asked for from so many years out of practice on.
type Band struct {
	FromYears int
	Days      int
	// Disputed marks a threshold on which the regulator's own pages differ
	// about the very day.
	Disputed bool
}

// checked is when the pages behind the rules were last read. They were read in
// stored copies: the faculty confirms them with the regulator before launch.
var checked = Date{2026, time.November, 20}

var bands = []Band{
	{FromYears: 0, Days: 0},
	{FromYears: 2, Days: 30, Disputed: true},
	{FromYears: 5, Days: 60},
}

// sets are in order of time. The first holds for earlier days too: nobody can
// still apply on one.
var sets = []RuleSet{
	{
		Version: "2020-01-01", From: Date{2020, time.January, 1}, Bands: bands,
		HoursInDay: 7, PrivateDivisor: 2, WindowMonths: 24, NewlyQualified: 5, AbroadYears: 2,
		SupervisorYears: 3, ReturnerPounds: 800, HostPounds: 500, AmountsKnownAsOf: 2022, Checked: checked,
	},
	{
		Version: "2025-02-01", From: Date{2025, time.February, 1}, Bands: bands,
		HoursInDay: 7, PrivateDivisor: 2, WindowMonths: 12, NewlyQualified: 5, AbroadYears: 2,
		SupervisorYears: 3, ReturnerPounds: 800, HostPounds: 500, AmountsKnownAsOf: 2022, Checked: checked,
	},
}

// RulesOn is the set of rules in force for an application on a day.
func RulesOn(applyOn Date) RuleSet {
	inForce := sets[0]
	for _, set := range sets {
		if !set.From.After(applyOn) {
			inForce = set
		}
	}
	inForce.Bands = slices.Clone(inForce.Bands)
	return inForce
}

// band is the place in Bands of an absence from last practice to applying.
func (s RuleSet) band(last, applyOn Date) int {
	at := 0
	for i, b := range s.Bands {
		if !last.AddYears(b.FromYears).After(applyOn) {
			at = i
		}
	}
	return at
}

// Hours is a number of days in hours.
func (s RuleSet) Hours(days int) int { return days * s.HoursInDay }

// PrivateCap is the most days of private study that count towards so many.
func (s RuleSet) PrivateCap(days int) int { return days / s.PrivateDivisor }

// Source is a public page that a rule was read on.
type Source struct {
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	URL       string `json:"url,omitempty"` // "" where the page's address was not kept
}

// Rule is one rule as a person reads it, with where it comes from and when
// that was last checked.
type Rule struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Source  Source `json:"source"`
	Checked Date   `json:"checked"`
}

const hcpcSite = "https://www.hcpc-uk.org/registration/"

// The pages that the rules were read on.
var (
	requirements = Source{"HCPC", "Returning to practice: our requirements", hcpcSite + "returning-to-practice/our-requirements/"}
	updatingPage = Source{"HCPC", "Updating your knowledge and skills", hcpcSite + "returning-to-practice/updating-your-knowledge-and-skills/"}
	formTips     = Source{"HCPC", "Return to practice form tips", ""}
	practising   = Source{"HCPC", "Practising your profession", ""}
	readmission  = Source{"HCPC", "Readmission", hcpcSite + "getting-on-the-register/readmission/"}
	declarations = Source{"HCPC", "Professional declarations at renewal", ""}
	restoration  = Source{"HCPC", "Restoration of title", ""}
	hcpcApply    = Source{"HCPC", "Getting on the register", ""}
	gosc         = Source{"GOsC", "Returning to practice", ""}
	programme    = Source{"Health Education England", "Return to practice programme", ""}
)

// The ids of the rules.
const (
	RuleUnder         = "under-two-years"
	RuleShort         = "two-to-five-years"
	RuleLong          = "five-years-or-more"
	RuleExactly       = "exactly-two-years"
	RuleDay           = "one-day"
	RuleKinds         = "kinds-of-updating"
	RulePrivate       = "private-study"
	RuleWindow        = "window"
	RulePractice      = "out-of-practice"
	RuleCountedTo     = "counted-to"
	RuleAbroad        = "practised-abroad"
	RuleRenewal       = "renewal"
	RuleStay          = "stay-registered"
	RuleLateFirst     = "first-registration-late"
	RuleFirst         = "first-registration"
	RuleInternational = "international"
	RuleRemoved       = "removed"
	RuleOsteopaths    = "osteopaths"
	RuleSupervisor    = "supervisor"
	RulePlacements    = "placements"
	RuleMoney         = "money"
)

// Rules gives every rule of the set, in the order of a page that explains
// them; their texts are made of the set's figures.
func (s RuleSet) Rules() []Rule {
	return append(s.hcpcRules(), s.otherRules()...)
}

func (s RuleSet) hcpcRules() []Rule {
	short, long := s.Bands[1], s.Bands[2]
	return []Rule{
		s.rule(RuleUnder, requirements, "Out of practice for less than %d years: no updating is asked for.", short.FromYears),
		s.rule(RuleShort, updatingPage, "Out of practice for %d years or more, and less than %d: at least %d days of updating.", short.FromYears, long.FromYears, short.Days),
		s.rule(RuleLong, updatingPage, "Out of practice for %d years or more: at least %d days of updating.", long.FromYears, long.Days),
		s.rule(RuleExactly, requirements, "HCPC’s pages differ about exactly %d years: one says “%[1]d years or more”, another “more than %[1]d years”. We count it as %d days.", short.FromYears, short.Days),
		s.rule(RuleDay, updatingPage, "One day of updating is %d hours.", s.HoursInDay),
		s.rule(RuleKinds, updatingPage, "Updating can be supervised practice, formal study and private study, in any mix. You do not need all three."),
		s.rule(RulePrivate, formTips, "Private study counts for at most %d of %d days, or %d of %d.", s.PrivateCap(short.Days), short.Days, s.PrivateCap(long.Days), long.Days),
		s.rule(RuleWindow, requirements, "All the updating must be done in the %d months before applying to the register.", s.WindowMonths),
		s.rule(RulePractice, practising, "Out of practice means not using your professional skills and knowledge at work. Teaching, managing and research count as practising."),
		s.rule(RuleCountedTo, requirements, "Time out of practice is counted up to the day of applying to the register."),
	}
}

func (s RuleSet) otherRules() []Rule {
	short := s.Bands[1]
	return []Rule{
		s.rule(RuleAbroad, readmission, "If you practised abroad in the last %d years, the days of updating do not apply. HCPC asks for other papers.", s.AbroadYears),
		s.rule(RuleRenewal, declarations, "If you are still registered and have not practised for %d years or more, you may apply when you renew. HCPC decides.", short.FromYears),
		s.rule(RuleStay, requirements, "If you are still registered and have been out for less than %d years, nothing is asked for. Keep your registration up.", short.FromYears),
		s.rule(RuleLateFirst, hcpcApply, "If you finished a course approved in the UK over %d years ago and never registered, HCPC sets the days for each person.", s.NewlyQualified),
		s.rule(RuleFirst, hcpcApply, "If you finished your course %d years ago or less, you apply for registration in the ordinary way.", s.NewlyQualified),
		s.rule(RuleInternational, hcpcApply, "If you qualified outside the UK and never registered, you apply to HCPC by its international route."),
		s.rule(RuleRemoved, restoration, "After a removal for fitness to practise, the way back is restoration, which is another process."),
		s.rule(RuleOsteopaths, gosc, "Osteopaths are regulated by GOsC, which has a return process of its own from %d years out.", short.FromYears),
		s.rule(RuleSupervisor, updatingPage, "A supervisor has been on the same part of the register for at least %d years, has no fitness to practise proceedings or sanction, and supervises only within their own scope of practice.", s.SupervisorYears),
		s.rule(RulePlacements, updatingPage, "HCPC does not find placements."),
		s.rule(RuleMoney, programme, "Somebody registered on the national programme could get up to £%d, and an eligible host up to £%d. The amounts are as of about %d and have not been confirmed since.", s.ReturnerPounds, s.HostPounds, s.AmountsKnownAsOf),
	}
}

// Rule finds one rule of the set by its id; the zero Rule when it has none.
func (s RuleSet) Rule(id string) Rule {
	for _, r := range s.Rules() {
		if r.ID == id {
			return r
		}
	}
	return Rule{}
}

func (s RuleSet) rule(id string, from Source, format string, figures ...any) Rule {
	return Rule{ID: id, Text: fmt.Sprintf(format, figures...), Source: from, Checked: s.Checked}
}

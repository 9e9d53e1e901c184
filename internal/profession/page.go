package profession

import "time"

// Page is what the portal publishes about one profession.
type Page struct {
	Slug     string       `yaml:"slug"`
	Name     string       `yaml:"name"`
	Singular string       `yaml:"singular"`
	Summary  string       `yaml:"summary"` // one sentence, for cards and search
	Position int          `yaml:"order"`   // 1 to 14
	Aliases  []string     `yaml:"aliases,omitempty"`
	Works    []string     `yaml:"works,omitempty"` // slugs of Works
	Branches []PageBranch `yaml:"branches,omitempty"`
	Profiles []Profile    `yaml:"lth,omitempty"`
	ToAdd    []string     `yaml:"to_add,omitempty"` // what the faculty has still to write
	Reviewed time.Time    `yaml:"reviewed"`
	ReviewBy time.Time    `yaml:"review_by"`
	Body     string       `yaml:"-"` // Markdown, in the sections of SectionTitles
}

// PageBranch is what a profession's page says of one branch.
type PageBranch struct {
	Slug     string `yaml:"slug"`
	Name     string `yaml:"name"`
	Singular string `yaml:"singular"`
	Summary  string `yaml:"summary"`
}

// Profile is what Lancashire Teaching Hospitals said of a profession in 2022;
// it says nothing about any other place.
type Profile struct {
	Name          string   `yaml:"name"`
	Branch        string   `yaml:"branch"` // a branch's slug, or "" for the whole profession
	Found         []string `yaml:"found,omitempty"`
	Plans         []string `yaml:"plans,omitempty"`
	SupportRoles  []string `yaml:"support_roles,omitempty"`
	CancerPathway string   `yaml:"cancer_pathway,omitempty"`
}

// Work is a kind of work that professions can be looked for by.
type Work struct {
	Slug string
	Name string // sentence case: "With children"
}

// works is in the order in which the filter offers them.
var works = []Work{
	{"children", "With children"},
	{"older-people", "With older people"},
	{"emergencies", "In emergencies"},
	{"technology", "With technology"},
	{"arts", "Through the arts"},
	{"movement", "On movement"},
	{"mind", "On mental health"},
	{"communication", "On communication"},
	{"food", "On food and swallowing"},
	{"surgery-and-theatre", "In surgery and theatre"},
	{"cancer", "In cancer care"},
	{"community", "In the community"},
}

// Works gives the closed list of kinds of work, in the order of the filter.
func Works() []Work {
	return append([]Work(nil), works...)
}

// WorkBySlug finds a kind of work; false when there is none of that slug.
func WorkBySlug(slug string) (Work, bool) {
	for _, w := range works {
		if w.Slug == slug {
			return w, true
		}
	}
	return Work{}, false
}

// SectionTitles are the sections of every profession's page, in order.
func SectionTitles() []string {
	return []string{
		"What they do", "Who they help", "Where they work", "Routes in",
		"Support roles", "Regulator", "Return to practice",
	}
}

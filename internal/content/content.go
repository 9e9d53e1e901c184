// Package content holds what the portal publishes: its written pages, the
// files that content is kept and moved in, search, and Markdown.
package content

import (
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// The sections that written pages belong to.
const (
	General = "general"
	Careers = "careers"
	Faculty = "faculty"
)

// Page is a written page of the portal.
type Page struct {
	Section  string    `yaml:"-"` // General, Careers or Faculty
	Slug     string    `yaml:"slug"`
	Title    string    `yaml:"title"`
	Summary  string    `yaml:"summary"`
	Position int       `yaml:"order,omitempty"`   // within its section; 0 for general pages
	Stage    string    `yaml:"group,omitempty"`   // slug of a Stage; careers only
	Version  string    `yaml:"version,omitempty"` // the privacy notice's only
	ToAdd    []string  `yaml:"to_add,omitempty"`  // what the faculty has still to write
	Reviewed time.Time `yaml:"reviewed"`
	ReviewBy time.Time `yaml:"review_by"`
	Body     string    `yaml:"-"` // Markdown
}

// Stage is a part of a career that pages are grouped by.
type Stage struct {
	Slug string
	Name string // sentence case: "Starting out"
}

// Stages gives the parts of a career in their order.
func Stages() []Stage {
	return []Stage{
		{"starting-out", "Starting out"},
		{"working", "Working as an AHP"},
		{"developing", "Developing your career"},
		{"for-employers", "For employers"},
	}
}

// Pack is everything that is published, as values: what the files of a pack
// say, or what the tables hold.
type Pack struct {
	Professions   []profession.Page
	Pages         []Page
	Faculty       faculty.Details
	Organisations []faculty.Organisation
	Groups        []faculty.Group
	Strategies    []strategy.Strategy
	Rules         updating.Book
	Holidays      []workday.Holiday
}

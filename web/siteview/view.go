package siteview

import (
	"strings"
	"time"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// The links that a page's breadcrumbs are made of.
var (
	HomeCrumb        = component.Link{Text: "Home", Href: HomePath}
	ProfessionsCrumb = component.Link{Text: "Professions", Href: ProfessionsPath}
	CareersCrumb     = component.Link{Text: "Careers", Href: CareersPath}
	FacultyCrumb     = component.Link{Text: "About the faculty", Href: FacultyPath}
	ReturnCrumb      = component.Link{Text: "Return to practice", Href: ReturnToPracticePath}
	GroupsCrumb      = component.Link{Text: "Groups", Href: GroupsPath}
	StrategiesCrumb  = component.Link{Text: "Strategy", Href: StrategiesPath}
)

// Base is what every page shows around its own text.
type Base struct {
	Faculty     faculty.Details
	Path        string
	Title       string
	Description string // for search engines, and the lead of many pages
	Crumbs      []component.Link
	Search      string // what is in the search box
	NoIndex     bool   // search engines leave it out
	Errors      bool   // its form was not right
	Assets      layout.Assets
}

func (b Base) frame() layout.Frame {
	return layout.Frame{
		Title: b.Title, Description: b.Description, Path: b.Path, FacultyName: b.Faculty.Name, Reach: layout.ReachOf(b.Faculty),
		Breadcrumbs: b.Crumbs, Search: b.Search, Assets: b.Assets,
		NoIndex: b.NoIndex, Errors: b.Errors,
	}
}

// Written is a page whose text somebody wrote.
type Written struct {
	Base     Base
	Page     content.Page
	Sections []content.Section
}

// HomeView is what the home page shows.
type HomeView struct {
	Written     Written
	Professions []profession.Page
	Groups      []faculty.Group
}

// ProfessionsView is the list of professions, or those of one kind of work.
type ProfessionsView struct {
	Base        Base
	Chosen      string // slug of the kind of work, "" for all
	Total       int    // how many there are in all
	Professions []profession.Page
}

// ProfessionView is one profession's page.
type ProfessionView struct {
	Base     Base
	Page     profession.Page
	Known    profession.Profession // its regulator and register letters
	Sections []content.Section
}

// CareersView is the list of pages about careers, by part of a career.
type CareersView struct {
	Base   Base
	Stages []CareerStage
}

// CareerStage is the pages about one part of a career.
type CareerStage struct {
	Stage content.Stage
	Pages []content.Page
}

// CareerView is one page about careers, with others about the same part.
type CareerView struct {
	Written Written
	Related []content.Page
}

// FacultyView is the first page about the faculty.
type FacultyView struct {
	Base          Base
	Pages         []content.Page
	Groups        []faculty.Group
	Organisations []faculty.Organisation
}

// FacultyPageView is a page about the faculty; goals are on the council's page
// alone and organisations on that of the members.
type FacultyPageView struct {
	Written       Written
	Goals         []strategy.Objective
	Organisations []faculty.Organisation
	Related       []content.Page
}

// GroupsView is the list of groups.
type GroupsView struct {
	Base   Base
	Action []faculty.Group
	Sub    []faculty.Group
}

// GroupView is one group, with the organisations that work in it.
type GroupView struct {
	Base     Base
	Group    faculty.Group
	Partners []faculty.Organisation
}

// StrategiesView is the list of strategies.
type StrategiesView struct {
	Base       Base
	Strategies []strategy.Strategy
}

// StrategyView is one strategy; the pathway is with that of Lancashire Teaching
// Hospitals alone.
type StrategyView struct {
	Base     Base
	Strategy strategy.Strategy
	Pathway  []Contribution
}

// ThemeView is one theme of a strategy, with its objectives.
type ThemeView struct {
	Base     Base
	Strategy strategy.Strategy
	Theme    strategy.Theme
}

// ObjectivesView is a strategy's objectives, for a theme or a commitment where
// these are chosen.
type ObjectivesView struct {
	Base       Base
	Strategy   strategy.Strategy
	Others     []strategy.Strategy // those that can be looked at instead
	Theme      string              // slug, "" for all
	Commitment string              // slug, "" for all
	Themes     []strategy.Theme    // those that fit
}

// SearchView is what a search found.
type SearchView struct {
	Base  Base
	Query string
	Hits  []content.Hit
	Most  int // how many hits are shown at most
}

// date says a day the way people write it: 20 November 2026.
func date(day time.Time) string { return day.Format("2 January 2006") }

// lowerFirst is a name inside a sentence, where an abbreviation keeps its capitals.
func lowerFirst(name string) string {
	if len(name) < 2 || strings.ToUpper(name[:2]) == name[:2] {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// count says how many: "1 objective", "8 objectives".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return component.Number(n) + " " + many
}

// upperFirst is a name at the start of a line.
func upperFirst(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

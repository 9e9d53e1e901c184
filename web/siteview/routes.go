// Package siteview makes the public pages from values.
package siteview

import (
	"net/url"
	"strings"

	"ahpfaculty/internal/content"
)

// The paths of the public pages, as patterns for the table of routes.
const (
	HomePath             = "/"
	ProfessionsPath      = "/professions"
	ProfessionPath       = "/professions/{slug}"
	CareersPath          = "/careers"
	CareerPath           = "/careers/{slug}"
	FacultyPath          = "/faculty"
	FacultyPagePath      = "/faculty/{slug}"
	GroupsPath           = "/groups"
	GroupPath            = "/groups/{slug}"
	StrategiesPath       = "/strategy"
	StrategyPath         = "/strategy/{strategy}"
	ThemePath            = "/strategy/{strategy}/{theme}"
	ObjectivesPath       = "/strategy/objectives"
	ReturnToPracticePath = "/return-to-practice"
	DaysPath             = "/return-to-practice/days"
	OfferPath            = "/return-to-practice/offer"
	OfferSentPath        = "/return-to-practice/offer/sent/{token}"
	SearchPath           = "/search"
	ContactPath          = "/contact"
	ContactWritePath     = "/contact/write"
	EnquirySentPath      = "/contact/sent/{token}"
	AccessibilityPath    = "/accessibility"
	ReportPath           = "/accessibility/report"
	PrivacyPath          = "/privacy"
	ComplainPath         = "/privacy/complain"
	CookiesPath          = "/cookies"
	RobotsPath           = "/robots.txt"
	SitemapPath          = "/sitemap.xml"
	SecurityPath         = "/.well-known/security.txt"
)

// applyPath is where the returner's form starts; it belongs to another part of
// the portal, which this one only links to.
const applyPath = "/apply"

// CarryPath is where the answers of the days calculator are taken into the
// form; it belongs to the form as well.
const CarryPath = "/apply/carry"

// ProfessionURL is the address of a profession's page.
func ProfessionURL(slug string) string { return ProfessionsPath + "/" + url.PathEscape(slug) }

// ProfessionsByWorkURL is the list of professions for one kind of work.
func ProfessionsByWorkURL(work string) string {
	return ProfessionsPath + "?" + url.Values{"works": {work}}.Encode()
}

// CareerURL is the address of a page about careers.
func CareerURL(slug string) string { return CareersPath + "/" + url.PathEscape(slug) }

// FacultyPageURL is the address of a page about the faculty.
func FacultyPageURL(slug string) string { return FacultyPath + "/" + url.PathEscape(slug) }

// OrganisationURL is where the list of members names an organisation.
func OrganisationURL(slug string) string {
	return FacultyPageURL("members") + "#" + url.PathEscape(slug)
}

// GroupURL is the address of a group's page.
func GroupURL(slug string) string { return GroupsPath + "/" + url.PathEscape(slug) }

// StrategyURL is the address of a strategy's page.
func StrategyURL(strategy string) string { return StrategiesPath + "/" + url.PathEscape(strategy) }

// ThemeURL is the address of the page of a strategy's theme.
func ThemeURL(strategy, theme string) string {
	return StrategyURL(strategy) + "/" + url.PathEscape(theme)
}

// ObjectiveURL is where a theme's page shows an objective.
func ObjectiveURL(strategy, theme, objective string) string {
	return ThemeURL(strategy, theme) + "#" + url.PathEscape(objective)
}

// ObjectivesURL is the list of a strategy's objectives, for one theme or
// commitment where they are not "".
func ObjectivesURL(strategy, theme, commitment string) string {
	query := url.Values{}
	for name, value := range map[string]string{"strategy": strategy, "theme": theme, "commitment": commitment} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return ObjectivesPath
	}
	return ObjectivesPath + "?" + query.Encode()
}

// EnquirySentURL is the confirmation of an enquiry, by the token that its sender
// alone has.
func EnquirySentURL(token string) string { return ContactPath + "/sent/" + url.PathEscape(token) }

// OfferSentURL is the confirmation of an offer, by the token that its sender
// alone has.
func OfferSentURL(token string) string { return OfferPath + "/sent/" + url.PathEscape(token) }

// generalPaths are the addresses of the pages that belong to no section.
var generalPaths = map[string]string{
	"home": HomePath, "return-to-practice": ReturnToPracticePath, "privacy": PrivacyPath,
	"cookies": CookiesPath, "accessibility": AccessibilityPath, "contact": ContactPath,
}

// HitURL is the address of what a search found.
func HitURL(hit content.Hit) string {
	switch hit.Kind {
	case content.KindProfession:
		return ProfessionURL(hit.Slug)
	case content.KindCareers:
		return CareerURL(hit.Slug)
	case content.KindFaculty:
		return FacultyPageURL(hit.Slug)
	case content.KindOrganisation:
		return OrganisationURL(hit.Slug)
	case content.KindGroup:
		return GroupURL(hit.Slug)
	case content.KindStrategy:
		return StrategyURL(hit.Slug)
	case content.KindTheme:
		return ThemeURL(hit.Parent, hit.Slug)
	case content.KindObjective:
		strategy, theme, _ := strings.Cut(hit.Parent, "/")
		return ObjectiveURL(strategy, theme, hit.Slug)
	}
	return generalURL(hit.Slug)
}

// PageURL is the address of a written page.
func PageURL(p content.Page) string {
	switch p.Section {
	case content.Careers:
		return CareerURL(p.Slug)
	case content.Faculty:
		return FacultyPageURL(p.Slug)
	}
	return generalURL(p.Slug)
}

func generalURL(slug string) string {
	if path, ok := generalPaths[slug]; ok {
		return path
	}
	return HomePath
}

// kindNames say what a search found.
var kindNames = map[string]string{
	content.KindProfession: "Profession", content.KindPage: "Page", content.KindCareers: "Careers",
	content.KindFaculty: "About the faculty", content.KindOrganisation: "Member organisation",
	content.KindGroup: "Group", content.KindStrategy: "Strategy", content.KindTheme: "Theme",
	content.KindObjective: "Objective",
}

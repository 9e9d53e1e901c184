package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ahpfaculty/internal/interest"
)

func (e *entry) readExperience() {
	x := interest.Experience{
		Role: e.value("last_role"), Years: e.value("years"),
		Setting: e.pick("last_setting", settingWords, "Enter a place of work: "+settingList),
	}.Clean()
	if x == (interest.Experience{}) {
		return
	}
	// Each part may be missing here: what is wrong is told from what is not there.
	faults := x.Validate()
	if x.Role != "" && faults.For("role") != "" {
		e.problem("last_role", "The last role must be 200 characters or less")
	}
	if x.Years != "" && faults.For("years") != "" {
		e.problem("years", "Years in practice must be a whole number from 0 to 70")
	}
	e.Answers.Experience = &x
}

func (e *entry) readWishes() {
	organisations := e.pickAll("organisations", e.c.organisations, "Enter organisations of the faculty by their names here, with semicolons between them, or Any organisation")
	if len(organisations) > 0 {
		wanted := interest.Organisations{Slugs: organisations, Any: slices.Contains(organisations, anyOrganisation)}.Clean()
		e.hold(wanted.Validate(wanted.Slugs), "organisations", "Enter fewer organisations, or Any organisation")
		e.Answers.Organisations = &wanted
	}
	if slugs := e.pickAll("settings", settingWords, "Enter settings, with semicolons between them: "+settingList); len(slugs) > 0 {
		settings := interest.Settings{Slugs: slugs}.Clean()
		e.Answers.Settings = &settings
	}
	if slug := e.pick("hours", hoursWords, "Enter hours: "+hoursList); slug != "" {
		e.Answers.Hours = &interest.Hours{Slug: slug}
	}
	if slugs := e.pickAll("help", helpWords, "Enter kinds of help, with semicolons between them: "+helpList); len(slugs) > 0 {
		help := interest.Help{Slugs: slugs}.Clean()
		e.hold(help.Validate(), "help", "Enter what help they need, or that they need none, not both")
		e.Answers.Help = &help
	}
	e.readStart()
	if version := e.value("privacy_version"); version != "" {
		if utf8.RuneCountInString(version) > 50 {
			e.problem("privacy_version", "The version of the privacy notice must be 50 characters or less")
		}
		e.Answers.Privacy = &interest.Privacy{Version: version, Read: true}
	}
}

func (e *entry) readStart() {
	const words = "Enter when they could start, like As soon as possible, or a month after the form came, like 09/2025"
	text := e.value("start")
	if text == "" {
		return
	}
	start := interest.Start{}
	if slug, known := startWords.of(text); known && slug != interest.StartFrom {
		start.Choice = slug
	} else if w, known := readWhen(strings.TrimSpace(from.ReplaceAllString(text, ""))); known {
		in := inputOf(w)
		start = interest.Start{Choice: interest.StartFrom, Month: in.Month, Year: in.Year}
	}
	e.hold(start.Validate(e.Answers.On), "start", words)
	e.Answers.Start = &start
}

var from = regexp.MustCompile(`(?i)^from\s`)

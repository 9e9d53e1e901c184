package interest

import "ahpfaculty/internal/validate"

// HelpNone is the answer of somebody who needs no help just now.
const HelpNone = "none"

var helpOptions = []Option{
	{Slug: "placement", Label: "Finding a placement"},
	{Slug: "supervisor", Label: "Finding a supervisor"},
	{Slug: "study-advice", Label: "Advice on what to study"},
	{Slug: "funding", Label: "Information about funding"},
	{Slug: "someone-to-talk-to", Label: "Someone to talk to who has been through it"},
	{Slug: HelpNone, Label: "I do not need help at the moment"},
}

// HelpOptions are the kinds of help that the form offers; HelpNone is last.
func HelpOptions() []Option { return helpOptions }

// Help is what somebody needs from the faculty.
type Help struct {
	Slugs []string `json:"slugs"`
}

// Step is "help".
func (Help) Step() string { return "help" }

// Validate says what is wrong, by the form's field name: help.
func (h Help) Validate() validate.Errors {
	var errs validate.Errors
	if len(h.Slugs) == 0 || !hasAll(helpOptions, h.Slugs) {
		errs.Add("help", "Select what help you need, or select that you do not need help")
	}
	if in(h.Slugs, HelpNone) && len(distinct(h.Slugs)) > 1 {
		errs.Add("help", "Select what help you need, or select that you do not need help, not both")
	}
	return errs
}

// Clean gives the answer as it is stored: each slug once.
func (h Help) Clean() Help { return Help{Slugs: distinct(h.Slugs)} }

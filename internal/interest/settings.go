package interest

import "ahpfaculty/internal/validate"

var settingOptions = []Option{
	{Slug: "hospital", Label: "Hospital"},
	{Slug: "community", Label: "Community, including people’s homes"},
	{Slug: "primary-care", Label: "GP practice or other primary care"},
	{Slug: "mental-health", Label: "Mental health or learning disability service"},
	{Slug: "ambulance", Label: "Ambulance or urgent care"},
	{Slug: "social-care", Label: "Social care"},
	{Slug: "education", Label: "School, college or university"},
	{Slug: "hospice", Label: "Hospice"},
	{Slug: "independent", Label: "Independent practice or private hospital"},
	{Slug: "other", Label: "Somewhere else"},
}

// SettingOptions are the places of work that the form offers, for the last
// role and for what somebody is looking for.
func SettingOptions() []Option { return settingOptions }

// Settings is the kinds of place that somebody is interested in.
type Settings struct {
	Slugs []string `json:"slugs"`
}

// Step is "settings".
func (Settings) Step() string { return "settings" }

// Validate says what is wrong, by the form's field name: settings.
func (s Settings) Validate() validate.Errors {
	var errs validate.Errors
	if len(s.Slugs) == 0 || !hasAll(settingOptions, s.Slugs) {
		errs.Add("settings", "Select at least one setting")
	}
	return errs
}

// Clean gives the answer as it is stored: each slug once.
func (s Settings) Clean() Settings { return Settings{Slugs: distinct(s.Slugs)} }

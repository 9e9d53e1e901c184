package interest

import "ahpfaculty/internal/validate"

var hoursOptions = []Option{
	{Slug: "full-time", Label: "Full time"},
	{Slug: "part-time", Label: "Part time"},
	{Slug: "either", Label: "Full time or part time"},
	{Slug: "not-sure", Label: "I am not sure yet"},
}

// HoursOptions are the hours that the form offers.
func HoursOptions() []Option { return hoursOptions }

// Hours is how much time somebody has for their updating.
type Hours struct {
	Slug string `json:"slug"`
}

// Step is "hours".
func (Hours) Step() string { return "hours" }

// Validate says what is wrong, by the form's field name: hours.
func (h Hours) Validate() validate.Errors {
	var errs validate.Errors
	if !has(hoursOptions, h.Slug) {
		errs.Add("hours", "Select what hours you could do")
	}
	return errs
}

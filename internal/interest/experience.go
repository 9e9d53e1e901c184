package interest

import (
	"strconv"

	"ahpfaculty/internal/validate"
)

// Experience is the last role somebody had in their profession.
type Experience struct {
	Role    string `json:"role"`
	Setting string `json:"setting"` // a slug of SettingOptions
	Years   string `json:"years"`   // whole years of practice, as typed
}

// Step is "experience".
func (Experience) Step() string { return "experience" }

// Validate says what is wrong, by the form's field names: role, setting, years.
func (e Experience) Validate() validate.Errors {
	e = e.Clean()
	var errs validate.Errors
	errs.Need("role", e.Role, "Enter your last role")
	errs.Max("role", e.Role, 200, "Your last role must be 200 characters or less")
	if !has(settingOptions, e.Setting) {
		errs.Add("setting", "Select where you worked")
	}
	errs.Need("years", e.Years, "Enter how many years you practised")
	if n, err := strconv.Atoi(e.Years); err != nil || n < 0 || n > 70 {
		errs.Add("years", "Years in practice must be a whole number from 0 to 70")
	}
	return errs
}

// Clean gives the answer as it is stored: white space collapsed.
func (e Experience) Clean() Experience {
	return Experience{Role: validate.Line(e.Role), Setting: e.Setting, Years: validate.Line(e.Years)}
}

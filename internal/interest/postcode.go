package interest

import (
	"regexp"
	"strings"

	"ahpfaculty/internal/validate"
)

// Postcode is the first half of somebody's postcode: enough to know which
// placements are near, not enough to know where they live.
type Postcode struct {
	Area string `json:"area"`
}

// outward is the first half of a UK postcode; full is a whole one, whose
// second half is dropped and never stored.
var (
	outward = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]?$`)
	full    = regexp.MustCompile(`^([A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}$`)
)

// Step is "postcode".
func (Postcode) Step() string { return "postcode" }

// Validate says what is wrong, by the form's field name: postcode.
func (p Postcode) Validate() validate.Errors {
	p = p.Clean()
	var errs validate.Errors
	errs.Need("postcode", p.Area, "Enter the first half of your postcode")
	if !outward.MatchString(p.Area) {
		errs.Add("postcode", "Enter the first half of your postcode, like LN1 or PE21")
	}
	return errs
}

// Clean gives the answer as it is stored: in capitals, without spaces, and
// without the second half if somebody typed a whole postcode.
func (p Postcode) Clean() Postcode {
	area := strings.ReplaceAll(strings.ToUpper(validate.Line(p.Area)), " ", "")
	if parts := full.FindStringSubmatch(area); parts != nil {
		area = parts[1]
	}
	return Postcode{Area: area}
}

package interest

import (
	"slices"
	"strings"

	"ahpfaculty/internal/validate"
)

// longestOrganisations is how many bytes of slugs one person chooses at most,
// about 50 organisations: the indexes of the queue have them.
const longestOrganisations = 1750

// Organisations is where somebody would like to do their updating: some of the
// faculty's organisations, or any of them.
type Organisations struct {
	Any   bool     `json:"any,omitempty"`
	Slugs []string `json:"slugs,omitempty"` // of the faculty's organisations
}

// Step is "organisations".
func (Organisations) Step() string { return "organisations" }

// Validate says what is wrong, by the form's field name: organisations. Every
// slug must be one of those offered.
func (o Organisations) Validate(offered []string) validate.Errors {
	var errs validate.Errors
	unknown := slices.ContainsFunc(o.Slugs, func(slug string) bool { return !slices.Contains(offered, slug) })
	if !o.chosen() || unknown {
		errs.Add("organisations", "Select where you would like to do your updating, or select that you do not mind")
	} else if len(strings.Join(distinct(o.Slugs), ",")) > longestOrganisations {
		errs.Add("organisations", "Select fewer organisations, or select that you do not mind")
	}
	return errs
}

// Clean gives the answer as it is stored: each slug once, and none where any
// will do.
func (o Organisations) Clean() Organisations {
	if o.Any {
		return Organisations{Any: true}
	}
	return Organisations{Slugs: distinct(o.Slugs)}
}

func (o Organisations) chosen() bool { return o.Any || len(o.Slugs) > 0 }

// distinct gives the slugs in the order of the alphabet, each once.
func distinct(slugs []string) []string {
	sorted := slices.Clone(slugs)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

package updating

import "slices"

// The slugs of the figures, as files, rows and placeholders write them.
const (
	ShortYears          = "short-years" // out of practice, from which updating is asked for
	ShortDays           = "short-days"  // of updating from then on
	LongYears           = "long-years"  // out of practice, from which more is asked for
	LongDays            = "long-days"
	DayHours            = "day-hours"
	PrivateDivisor      = "private-divisor" // private study counts up to the days divided by this
	WindowMonths        = "window-months"   // all updating lies within so many months before applying
	NewlyQualifiedYears = "newly-qualified-years"
	AbroadYears         = "abroad-years"
	SupervisorYears     = "supervisor-years"
	ReturnerPounds      = "returner-pounds" // the most that the national programme pays a returner
	HostPounds          = "host-pounds"     // and an eligible host
)

// Unit is what a figure counts; "" for a bare number.
type Unit string

// The units of figures.
const (
	Years    Unit = "years"
	UnitDays Unit = "days"
	Hours    Unit = "hours"
	Months   Unit = "months"
	Pounds   Unit = "pounds"
)

// kind is a figure that the calculator knows: what it counts, and the values
// that can be meant. A number outside them is a slip of the keyboard.
type kind struct {
	slug        string
	unit        Unit
	least, most int
}

var kinds = []kind{
	{ShortYears, Years, 1, 50},
	{ShortDays, UnitDays, 1, 400},
	{LongYears, Years, 1, 50},
	{LongDays, UnitDays, 1, 400},
	{DayHours, Hours, 1, 24},
	{PrivateDivisor, "", 1, 10},
	{WindowMonths, Months, 1, 120},
	{NewlyQualifiedYears, Years, 1, 50},
	{AbroadYears, Years, 1, 50},
	{SupervisorYears, Years, 1, 50},
	{ReturnerPounds, Pounds, 0, 100_000},
	{HostPounds, Pounds, 0, 100_000},
}

func kindOf(slug string) (kind, bool) {
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.slug == slug })
	if at < 0 {
		return kind{}, false
	}
	return kinds[at], true
}

// FigureSlugs gives the closed list of figures; a book has every one of them.
func FigureSlugs() []string {
	slugs := make([]string, len(kinds))
	for i, k := range kinds {
		slugs[i] = k.slug
	}
	return slugs
}

// Figure is a number of the rules, with every value that it has had.
type Figure struct {
	Slug   string  `yaml:"slug" json:"slug"`
	Name   string  `yaml:"name" json:"name"`     // what it says, for staff
	Values []Value `yaml:"values" json:"values"` // in order of From; at least one
}

// Value is what a figure is from one day until its next value.
type Value struct {
	From    Date   `yaml:"from" json:"from"` // the first day of applying that it holds for
	Value   int    `yaml:"value" json:"value"`
	Source  string `yaml:"source" json:"source"` // slug
	Checked Date   `yaml:"checked" json:"checked"`
	Note    string `yaml:"note,omitempty" json:"note"`
}

// Unit is what the figure counts.
func (f Figure) Unit() Unit {
	k, _ := kindOf(f.Slug)
	return k.unit
}

// Limits are the least and the most that the figure can be.
func (f Figure) Limits() (least, most int) {
	k, _ := kindOf(f.Slug)
	return k.least, k.most
}

// On is the value in force for an application on a day. The first holds for
// earlier days too: nobody can still apply on one.
func (f Figure) On(day Date) Value {
	if len(f.Values) == 0 {
		return Value{}
	}
	inForce := f.Values[0]
	for _, v := range f.Values {
		if !v.From.After(day) {
			inForce = v
		}
	}
	return inForce
}

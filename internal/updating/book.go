package updating

import (
	"fmt"
	"slices"
)

// Book is all that is known of the regulators' rules: dated figures, and the
// sentences that say the rules with the figures left open.
type Book struct {
	Sources    []Source    `yaml:"sources"`
	Regulators []Regulator `yaml:"regulators"`
	Figures    []Figure    `yaml:"figures"`
	Rules      []Sentence  `yaml:"rules"`
}

// Source is a public page that a rule or a figure was read on.
type Source struct {
	Slug      string `yaml:"slug" json:"slug,omitempty"`
	Publisher string `yaml:"publisher" json:"publisher"`
	Title     string `yaml:"title" json:"title"`
	URL       string `yaml:"url,omitempty" json:"url,omitempty"` // "" where the page's address was not kept
}

// Regulator is where a regulator says how people return to practice.
type Regulator struct {
	Slug string `yaml:"slug" json:"slug"`
	Page string `yaml:"page" json:"page"` // address
}

// Sentence is one rule with placeholders for its figures.
type Sentence struct {
	Slug    string `yaml:"slug" json:"slug"`
	Text    string `yaml:"text" json:"text"`
	Source  string `yaml:"source" json:"source"` // slug
	Checked Date   `yaml:"checked" json:"checked"`
}

// Figure finds a figure; false when the book has none of that slug.
func (b Book) Figure(slug string) (Figure, bool) {
	at := slices.IndexFunc(b.Figures, func(f Figure) bool { return f.Slug == slug })
	if at < 0 {
		return Figure{}, false
	}
	return b.Figures[at], true
}

// Rule finds a rule as it is written; false when the book has none of that slug.
func (b Book) Rule(slug string) (Sentence, bool) {
	at := slices.IndexFunc(b.Rules, func(s Sentence) bool { return s.Slug == slug })
	if at < 0 {
		return Sentence{}, false
	}
	return b.Rules[at], true
}

// Source finds a source; the zero Source when the book has none of that slug.
func (b Book) Source(slug string) Source {
	at := slices.IndexFunc(b.Sources, func(s Source) bool { return s.Slug == slug })
	if at < 0 {
		return Source{}
	}
	return b.Sources[at]
}

// Complete reports whether every figure has a value, so that there are sets of
// rules to compute with.
func (b Book) Complete() bool {
	return !slices.ContainsFunc(kinds, func(k kind) bool {
		f, found := b.Figure(k.slug)
		return !found || len(f.Values) == 0
	})
}

// On is the set of rules in force for an application on a day; a zero set,
// which nothing can be computed with, where the book is not complete.
func (b Book) On(applyOn Date) RuleSet {
	if !b.Complete() {
		return RuleSet{}
	}
	s := RuleSet{book: b, inForce: make(map[string]Value, len(kinds))}
	for _, k := range kinds {
		f, _ := b.Figure(k.slug)
		s.inForce[k.slug] = f.On(applyOn)
	}
	figure := func(slug string) int { return s.inForce[slug].Value }
	s.Bands = []Band{
		{FromYears: 0, Days: 0},
		{FromYears: figure(ShortYears), Days: figure(ShortDays), Disputed: true},
		{FromYears: figure(LongYears), Days: figure(LongDays)},
	}
	s.HoursInDay, s.PrivateDivisor, s.WindowMonths = figure(DayHours), figure(PrivateDivisor), figure(WindowMonths)
	s.NewlyQualified, s.AbroadYears, s.SupervisorYears = figure(NewlyQualifiedYears), figure(AbroadYears), figure(SupervisorYears)
	s.ReturnerPounds, s.HostPounds = figure(ReturnerPounds), figure(HostPounds)
	s.From, s.Checked, s.Version = s.since(), s.checked(), s.version()
	return s
}

// Disorder is a figure whose value does not fit another's, on a day.
type Disorder struct {
	Figure string // slug
	On     Date
	Why    string // a sentence without its full stop
}

// Disorders finds, for every day on which a value changes, whether the figures
// still fit each other: longer out never asks for less.
func (b Book) Disorders() []Disorder {
	if !b.Complete() {
		return nil
	}
	var found []Disorder
	for _, day := range b.turns() {
		s := b.On(day)
		short, long := s.Bands[1], s.Bands[2]
		if long.FromYears <= short.FromYears {
			found = append(found, Disorder{LongYears, day,
				fmt.Sprintf("%s must be more than %s, which is %d on %s", LongYears, ShortYears, short.FromYears, day.Words())})
		}
		if long.Days < short.Days {
			found = append(found, Disorder{LongDays, day,
				fmt.Sprintf("%s must not be less than %s, which is %d on %s", LongDays, ShortDays, short.Days, day.Words())})
		}
	}
	return found
}

// turns are the days on which any figure changes, in order.
func (b Book) turns() []Date {
	var days []Date
	for _, f := range b.Figures {
		for _, v := range f.Values {
			days = append(days, v.From)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days)
}

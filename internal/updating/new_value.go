package updating

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/validate"
)

// ErrChanged is a new value for a figure that somebody changed since the form
// for it was made.
var ErrChanged = fmt.Errorf("the figure was changed meanwhile: %w", fault.Conflict)

// The years around today that a new value may begin to hold in: further off is
// a slip of the keyboard.
const (
	yearsBack  = 20
	yearsAhead = 10
)

// longestNumber is how many digits a value may have.
const longestNumber = 6

// NewValue is the form that gives a figure a value from a day on, as typed.
type NewValue struct {
	Figure  string // slug
	Edition string // of the figure that the form was made from
	Value   string
	Day     string // of the first day of applying
	Month   string // a number
	Year    string
	Source  string // slug
}

// Validate says what is wrong, by the form's field names: value, day, source.
func (n NewValue) Validate(b Book, today Date) validate.Errors {
	var errs validate.Errors
	figure, _ := b.Figure(n.Figure)
	least, most := figure.Limits()
	if v := n.Number(); v < least || v > most {
		errs.Add("value", fmt.Sprintf("Enter the new value as a whole number from %d to %d", least, most))
	}
	if n.Day == "" && n.Month == "" && n.Year == "" {
		errs.Add("day", "Enter the first day that the new value holds for")
	} else if from := n.From(); from.IsZero() {
		errs.Add("day", "The first day that the new value holds for must be a real date, like 1 2 2027")
	} else if from.Before(today.AddYears(-yearsBack)) || from.After(today.AddYears(yearsAhead)) {
		errs.Add("day", fmt.Sprintf("The first day that the new value holds for must be in the last %d years or the next %d", yearsBack, yearsAhead))
	}
	if !slices.ContainsFunc(b.Sources, func(s Source) bool { return s.Slug == n.Source }) {
		errs.Add("source", "Select the page on which you read the new value")
	}
	if errs.Any() {
		return errs
	}
	for _, disorder := range b.With(n).Disorders() {
		errs.Add("value", "Enter a value that fits the others: "+disorder.Why)
	}
	return errs
}

// With is the book as it would be with the new value.
func (b Book) With(n NewValue) Book {
	b.Figures = slices.Clone(b.Figures)
	at := slices.IndexFunc(b.Figures, func(f Figure) bool { return f.Slug == n.Figure })
	if at < 0 {
		return b
	}
	values := slices.DeleteFunc(slices.Clone(b.Figures[at].Values), func(v Value) bool { return v.From == n.From() })
	values = append(values, Value{From: n.From(), Value: n.Number(), Source: n.Source})
	slices.SortFunc(values, func(a, b Value) int { return a.From.Compare(b.From) })
	b.Figures[at].Values = values
	return b
}

// From is the first day that the value holds for; the zero Date when what was
// typed is no date.
func (n NewValue) From() Date {
	d := Date{Year: digits(n.Year), Month: MonthOf(n.Month), Day: digits(n.Day)}
	if !d.Valid() {
		return Date{}
	}
	return d
}

// Number is the value that was typed; -1 when it is none.
func (n NewValue) Number() int { return digits(n.Value) }

// digits reads a whole number without a sign; -1 when it is none.
func digits(typed string) int {
	typed = strings.TrimSpace(typed)
	number, err := strconv.ParseUint(typed, 10, 32)
	if err != nil || len(typed) > longestNumber {
		return -1
	}
	return int(number)
}

// Edition tells one state of a figure's values from another.
func (f Figure) Edition() string {
	sum := sha256.New()
	for _, v := range f.Values {
		fmt.Fprintf(sum, "%s %d\n", v.From, v.Value)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// has reports whether the figure has the new value already.
func (f Figure) has(n NewValue) bool {
	return slices.ContainsFunc(f.Values, func(v Value) bool {
		return v.From == n.From() && v.Value == n.Number() && v.Source == n.Source
	})
}

package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// How days and months are written: the day stands before the month. A year of
// two numbers could be one of two, so that it is none.
var (
	dayLayouts   = []string{time.DateOnly, "2/1/2006", "2.1.2006", "2-1-2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2/Jan/2006", "January 2 2006"}
	monthLayouts = []string{"2006-01", "1/2006", "1.2006", "January 2006", "Jan 2006", "Jan-2006"}
)

var (
	ordinal = regexp.MustCompile(`\b(\d{1,2})(st|nd|rd|th)\b`)
	clock   = regexp.MustCompile(`^(.*\S)[T ]\s*(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?$`)
)

// readWhen reads a day or a month; false where it is neither.
func readWhen(text string) (updating.When, bool) {
	text = strings.ReplaceAll(ordinal.ReplaceAllString(strings.ToLower(text), "$1"), ",", " ")
	text = strings.Join(strings.Fields(text), " ")
	if parts := clock.FindStringSubmatch(strings.ToUpper(text)); parts != nil {
		text = parts[1]
	}
	text = strings.ReplaceAll(strings.ToLower(text), "sept ", "sep ")
	for _, layout := range dayLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return updating.When{Year: at.Year(), Month: at.Month(), Day: at.Day()}, true
		}
	}
	for _, layout := range monthLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return updating.When{Year: at.Year(), Month: at.Month()}, true
		}
	}
	return updating.When{}, false
}

// readDay reads a day; false where it is none.
func readDay(text string) (updating.Date, bool) {
	w, known := readWhen(text)
	return updating.Date(w), known && w.Day != 0
}

// readMoment reads a time with its zone, as our own exports have it.
func readMoment(text string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339Nano, text)
	return at.UTC().Truncate(time.Microsecond), err == nil
}

// noon is the hour of what has a day and no time.
const noon = 12

// momentOf is a time of a day: the hour that stands beside it in England's time,
// and noon where none does.
func momentOf(day updating.Date, text string) time.Time {
	at := workday.At(day, noon)
	if parts := clock.FindStringSubmatch(strings.ToUpper(text)); parts != nil {
		layout := "15:04"
		if strings.Count(parts[2], ":") == 2 {
			layout = time.TimeOnly
		}
		if hour, err := time.Parse(layout, parts[2]); err == nil {
			at = time.Date(day.Year, day.Month, day.Day, hour.Hour(), hour.Minute(), hour.Second(), 0, at.Location())
		}
	}
	return at.UTC()
}

// inputOf writes a day or a month as the fields of the form have it.
func inputOf(w updating.When) interest.DayInput {
	in := interest.DayInput{Month: strconv.Itoa(int(w.Month)), Year: strconv.Itoa(w.Year)}
	if w.Day != 0 {
		in.Day = strconv.Itoa(w.Day)
	}
	return in
}

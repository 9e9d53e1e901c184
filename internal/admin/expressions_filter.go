package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// readFilter reads the filter of the queue from an address or a form, for
// whoever looks. What is wrong with its days is given; a choice that no page of
// ours offers is an Invalid fault. The text of a search is read apart.
func readFilter(values url.Values, viewer string) (adminview.Filter, validate.Errors, error) {
	get := func(name string) string { return validate.Line(values.Get(name)) }
	f := adminview.Filter{Search: get("search"), From: get("from"), To: get("to")}
	f.Filter = interest.Filter{
		Tab: interest.Tab(get("tab")), Viewer: viewer, Stage: interest.Stage(get("stage")), Profession: get("profession"),
		Organisation: get("organisation"), Assignee: get("assignee"), Age: interest.Age(get("age")), Late: get("late") == "yes",
		Help: get("help"), Sort: interest.Sort(get("sort")),
	}
	if f.Tab == "" {
		f.Tab = interest.NeedsUs
	}
	if _, known := profession.BySlug(f.Profession); f.Profession != "" && !known {
		return f, nil, fmt.Errorf("filter by an unknown profession: %w", fault.Invalid)
	}
	place, before := get("after"), false
	if get("before") != "" {
		place, before = get("before"), true
	}
	var err error
	if f.Cursor, err = interest.ParseCursor(place, before); err != nil {
		return f, nil, err
	}
	var errs validate.Errors
	f.ReceivedFrom = typedDay(&errs, "from", "The first day of receiving", &f.From)
	f.ReceivedTo = typedDay(&errs, "to", "The last day of receiving", &f.To)
	if !errs.Any() && !f.ReceivedTo.IsZero() && f.ReceivedTo.Before(f.ReceivedFrom) {
		errs.Add("to", "The last day of receiving must be the same as or after the first one")
	}
	return f, errs, f.Validate()
}

// typedDay reads a day as a browser's own date field sends it, or as people type
// it where a browser has none: the day, the month, the year. What was typed
// becomes the day as the field has it, or nothing: no words go into an address.
func typedDay(errs *validate.Errors, field, what string, typed *string) updating.Date {
	if *typed == "" {
		return updating.Date{}
	}
	parts := strings.FieldsFunc(*typed, func(r rune) bool { return strings.ContainsRune(" ./-", r) })
	if len(parts) != 3 {
		parts = make([]string, 3) // no day, no month and no year
	}
	if len(parts[0]) == 4 {
		slices.Reverse(parts)
	}
	day := updating.Date{Month: updating.MonthOf(parts[1])}
	day.Day, _ = strconv.Atoi(parts[0])
	day.Year, _ = strconv.Atoi(parts[2])
	if !day.Valid() || day.Year < 1000 {
		*typed = ""
		errs.Add(field, what+" must be a real date, like 27/3/2026")
		return updating.Date{}
	}
	*typed = day.String()
	return day
}

package admin

import (
	"fmt"
	"net/url"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// readFilter reads the filter of the queue from an address or a form, for
// whoever looks; one that no page of ours offers is an Invalid fault. Its text is
// what the id of the search stands for, which is read apart.
func readFilter(values url.Values, viewer string) (adminview.Filter, error) {
	get := func(name string) string { return validate.Line(values.Get(name)) }
	f := interest.Filter{
		Tab: interest.Tab(get("tab")), Viewer: viewer, Stage: interest.Stage(get("stage")), Profession: get("profession"),
		Organisation: get("organisation"), Assignee: get("assignee"), Age: interest.Age(get("age")), Late: get("late") == "yes",
		Help: get("help"), Sort: interest.Sort(get("sort")),
	}
	if f.Tab == "" {
		f.Tab = interest.NeedsUs
	}
	if _, known := profession.BySlug(f.Profession); f.Profession != "" && !known {
		return adminview.Filter{}, fmt.Errorf("filter by an unknown profession: %w", fault.Invalid)
	}
	for name, day := range map[string]*updating.Date{"from": &f.ReceivedFrom, "to": &f.ReceivedTo} {
		if err := day.UnmarshalText([]byte(get(name))); err != nil || !day.IsZero() && !day.Valid() {
			return adminview.Filter{}, fmt.Errorf("filter by a day that is none: %w", fault.Invalid)
		}
	}
	place, before := get("after"), false
	if get("before") != "" {
		place, before = get("before"), true
	}
	var err error
	if f.Cursor, err = interest.ParseCursor(place, before); err != nil {
		return adminview.Filter{}, err
	}
	return adminview.Filter{Filter: f, Search: get("search")}, f.Validate()
}

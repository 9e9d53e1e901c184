package adminview

import (
	"net/url"

	"ahpfaculty/internal/interest"
)

// Query is the filter as it stands in an address; what chooses nothing is left
// out. The viewer is whoever looks, and the text never stands there.
func (f Filter) Query() url.Values {
	query := url.Values{}
	for name, value := range map[string]string{
		tabField: string(f.Tab), "stage": string(f.Stage), "profession": f.Profession, "organisation": f.Organisation,
		"assignee": f.Assignee, "age": string(f.Age), "help": f.Help, "from": f.From, "to": f.To,
		sortField: string(f.Sort), searchField: f.Search,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if f.Tab == interest.NeedsUs {
		query.Del(tabField)
	}
	if f.Sort == interest.ByDue {
		query.Del(sortField)
	}
	if f.Late {
		query.Set("late", "yes")
	}
	if place := f.Cursor.String(); place != "" && f.Cursor.Before {
		query.Set(beforeField, place)
	} else if place != "" {
		query.Set(afterField, place)
	}
	return query
}

// filterFields are the fields of the form of filters.
var filterFields = []string{sortField, "stage", "assignee", "profession", "organisation", "help", "age", "from", "to", "late"}

// Any reports whether anything but the tab leaves cases out.
func (f Filter) Any() bool {
	return f.Stage != "" || f.Profession != "" || f.Organisation != "" || f.Assignee != "" || f.Age != "" || f.Late ||
		f.Help != "" || !f.ReceivedFrom.IsZero() || !f.ReceivedTo.IsZero() || f.Search != ""
}

// In is the same filter in another tab, from its first page.
func (f Filter) In(tab interest.Tab) Filter {
	f.Tab, f.Cursor = tab, interest.Cursor{}
	return f
}

// At is the filter from a place on.
func (f Filter) At(c interest.Cursor) Filter {
	f.Cursor = c
	return f
}

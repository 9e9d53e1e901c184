package adminview

import (
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/component"
)

// found says how many enquiries the filter chooses, and which are shown.
func (v Enquiries) found() string {
	found := component.Number(v.List.Total) + " enquiries"
	if v.List.Total == 1 {
		found = "1 enquiry"
	}
	if v.List.Pages > 1 {
		found += ", page " + component.Number(v.List.Number) + " of " + component.Number(v.List.Pages)
	}
	return found
}

func (v Enquiries) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, e := range v.List.Rows {
		due := component.TableCell{Text: e.Due.Words()}
		if e.Late {
			due = component.TableCell{HTML: late(e.Due)}
		}
		rows = append(rows, []component.TableCell{
			{Text: e.Reference, Href: EnquiryURL(e.Reference), Classes: "app-whole"},
			{Text: sender(e.Name)},
			{Text: e.Kind.Name()},
			{HTML: enquiryTag(e.State)},
			{Text: day(e.ReceivedAt)},
			due,
		})
	}
	return rows
}

// holidays warns some months before the bank holidays that are known end.
func (v Enquiries) holidays() string {
	if !workday.EndsSoon(v.HolidaysUntil, v.Today) {
		return ""
	}
	return knownWords(v.HolidaysUntil) + ". Later ones count as working days until a faculty lead adds them."
}

// aside says how many are set aside.
func (v Enquiries) aside() string {
	if v.SetAside == 1 {
		return "1 enquiry is set aside."
	}
	return component.Number(v.SetAside) + " enquiries are set aside."
}

// sender is who sent an enquiry.
func sender(name string) string {
	if name == "" {
		return "No name given"
	}
	return name
}

// enquiryTag is a state in a colour; the word says the same without it.
func enquiryTag(s enquiry.State) component.Tag {
	colours := map[enquiry.State]string{enquiry.Open: "yellow", enquiry.Answered: "green"}
	colour := colours[s]
	if colour == "" {
		colour = "grey"
	}
	return component.Tag{Text: s.Name(), Colour: colour}
}

func enquiryStateItems() []component.SelectItem {
	return []component.SelectItem{
		{Value: string(enquiry.Open), Text: "Open"},
		{Value: string(enquiry.Answered), Text: "Answered"},
		{Value: AllStates, Text: "Open and answered"},
		{Value: string(enquiry.SetAside), Text: "Set aside"},
	}
}

func enquiryKindItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All kinds"}}
	for _, kind := range enquiry.Kinds() {
		items = append(items, component.SelectItem{Value: string(kind), Text: kind.Name()})
	}
	return items
}

// state is the filter's state, as the select has it.
func (v Enquiries) state() string {
	if v.Filter.State == "" {
		return string(enquiry.Open)
	}
	return v.Filter.State
}

// pagination leads to the pages of the list.
func (v Enquiries) pagination() component.Pagination {
	return pagination("Pages of enquiries", v.List.Number, v.List.Pages, func(number int) string {
		f := v.Filter
		f.Page = number
		return FilteredEnquiriesURL(f)
	})
}

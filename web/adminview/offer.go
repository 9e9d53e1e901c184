package adminview

import (
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/profession"
	"ahpfaculty/web/component"
)

// found says how many offers the filter chooses, and which are shown.
func (v Offers) found() string {
	found := count(v.List.Total, "offer")
	if v.List.Pages > 1 {
		found += ", page " + component.Number(v.List.Number) + " of " + component.Number(v.List.Pages)
	}
	return found
}

func (v Offers) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, o := range v.List.Rows {
		rows = append(rows, []component.TableCell{
			{Text: o.Reference, Href: OfferURL(o.Reference), Classes: "app-whole"},
			{Text: o.Organisation + ", " + o.Site},
			{Text: o.Work.Name()},
			{Text: o.From.Words()},
			{HTML: offerTag(o.State)},
			{Text: day(o.ReceivedAt)},
		})
	}
	return rows
}

// aside says how many are set aside.
func (v Offers) aside() string {
	if v.SetAside == 1 {
		return "1 offer is set aside."
	}
	return component.Number(v.SetAside) + " offers are set aside."
}

func offerStateItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Open, matched and closed"}}
	for _, s := range offer.States() {
		items = append(items, component.SelectItem{Value: string(s), Text: s.Name()})
	}
	return items
}

func offerProfessionItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All professions"}}
	for _, p := range profession.All() {
		items = append(items, component.SelectItem{Value: p.Slug, Text: p.Name})
	}
	return items
}

// pagination leads to the pages of the list.
func (v Offers) pagination() component.Pagination {
	return pagination("Pages of offers", v.List.Number, v.List.Pages, func(number int) string {
		f := v.Filter
		f.Page = number
		return FilteredOffersURL(f)
	})
}

// offerTag is a state in a colour; the word says the same without it.
func offerTag(s offer.State) component.Tag {
	colours := map[offer.State]string{offer.Open: "yellow", offer.Matched: "green"}
	colour := colours[s]
	if colour == "" {
		colour = "grey"
	}
	return component.Tag{Text: s.Name(), Colour: colour}
}

// errorItems lists what is wrong with either form, each with a link to its field.
func (v Offer) errorItems() []component.ErrorItem {
	items := errorItems(v.ChangeErrors)
	for i, one := range v.ChangeErrors {
		// Both forms of the page have a note; an id stands once on a page.
		if one.Field == "note" {
			items[i].Href = "#change-note"
		}
	}
	return append(items, errorItems(v.NoteErrors)...)
}

// rows say where the offer stands and what it says.
func (v Offer) rows() []component.SummaryRow {
	o := v.Case.Offer
	rows := []component.SummaryRow{
		{Key: component.SummaryCell{Text: "State"}, Value: component.SummaryCell{HTML: offerTag(o.State)}},
		row("Received", moment(o.ReceivedAt)),
	}
	if o.Suspicion != "" {
		rows = append(rows, row("Why it was set aside", o.Suspicion.Name()))
	}
	rows = append(rows,
		row("Organisation", o.Organisation), row("Site or town", o.Site), row("Profession", o.Work.Name()),
		row("From", o.From.Words()), row("Days a week", o.Days.Words()), row("Contact", o.Name),
		component.SummaryRow{
			Key:   component.SummaryCell{Text: "Email"},
			Value: component.SummaryCell{HTML: component.Link{Text: o.Email, Href: "mailto:" + o.Email}},
		})
	if o.Phone != "" {
		rows = append(rows, row("Phone", o.Phone))
	}
	return rows
}

// moveItems are the states that may follow, as what to do.
func (v Offer) moveItems() []component.Choice {
	var items []component.Choice
	for _, to := range offer.Moves(v.Case.State) {
		items = append(items, component.Choice{Value: string(to), Text: doing(v.Case.State, to)})
	}
	return items
}

func doing(from, to offer.State) string {
	switch {
	case to == offer.Matched:
		return "Mark as matched"
	case to == offer.Closed:
		return "Close it"
	case to == offer.SetAside:
		return "Set it aside, as the work of a program"
	case from == offer.SetAside:
		return "Move to the open offers"
	}
	return "Open it again"
}

// newest is the newest event, by which a form knows what it saw.
func (v Offer) newest() int64 {
	if len(v.Case.Events) == 0 {
		return 0
	}
	return v.Case.Events[0].ID
}

// since are the events that the form did not see.
func (v Offer) since() []offer.Event {
	var events []offer.Event
	for _, e := range v.Case.Events {
		if e.ID > v.Seen {
			events = append(events, e)
		}
	}
	return events
}

// who says whose doing an event is.
func (v Offer) who(e offer.Event) string {
	if e.ActorKind != audit.Staff {
		return "the sender"
	}
	if name := v.Staff[e.ActorID]; name != "" {
		return name
	}
	return "a former member of staff"
}

// offerRows are the offers that fit a returner.
func (v Expression) offerRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, o := range v.Offers.Rows {
		rows = append(rows, []component.TableCell{
			{Text: o.Organisation, Href: OfferURL(o.Reference)}, {Text: o.Site}, {Text: o.Days.Words()}, {Text: o.From.Words()},
		})
	}
	return rows
}

// allOffersURL is the list of all open offers of the returner's profession.
func (v Expression) allOffersURL() string {
	return FilteredOffersURL(offer.Filter{State: offer.Open, Profession: v.Case.Answers.Profession.Slug})
}

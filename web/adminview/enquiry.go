package adminview

import (
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/web/component"
)

// errorItems lists what is wrong with either form, each with a link to its field.
func (v Enquiry) errorItems() []component.ErrorItem {
	items := errorItems(v.ChangeErrors)
	for i, one := range v.ChangeErrors {
		// Both forms of the page have a note; an id stands once on a page.
		if one.Field == "note" {
			items[i].Href = "#change-note"
		}
	}
	return append(items, errorItems(v.NoteErrors)...)
}

// rows say where the enquiry stands and who sent it.
func (v Enquiry) rows() []component.SummaryRow {
	e := v.Case.Enquiry
	rows := []component.SummaryRow{
		{Key: component.SummaryCell{Text: "State"}, Value: component.SummaryCell{HTML: enquiryTag(e.State)}},
		row("Received", moment(e.ReceivedAt)),
		v.dueRow(),
	}
	if e.AnsweredBy != "" {
		rows = append(rows, row("Answered", e.AnsweredBy.Name()+", "+moment(e.StateSince)))
	}
	if e.Suspicion != "" {
		rows = append(rows, row("Why it was set aside", e.Suspicion.Name()))
	}
	rows = append(rows, row("From", sender(e.Name)))
	if e.Email != "" {
		rows = append(rows, component.SummaryRow{
			Key:   component.SummaryCell{Text: "Answer to"},
			Value: component.SummaryCell{HTML: component.Link{Text: e.Email, Href: "mailto:" + e.Email}},
		})
	} else {
		rows = append(rows, row("Answer by phone", e.Phone))
	}
	if e.Page != "" {
		rows = append(rows, row("Page with the problem", e.Page))
	}
	return rows
}

func (v Enquiry) dueRow() component.SummaryRow {
	key := "Answer by"
	if v.Case.Kind == enquiry.Complaint {
		key = "Acknowledge by"
	}
	due := row(key, v.Case.Due.Words())
	if key == "Acknowledge by" && v.Case.Email != "" {
		due = row(key, v.Case.Due.Words()+". The portal writes to the sender that we have it.")
	}
	if v.Case.LateOn(v.Today) {
		due.Value = component.SummaryCell{HTML: late(v.Case.Due)}
	}
	return due
}

func howItems() []component.Choice {
	var items []component.Choice
	for _, how := range enquiry.Hows() {
		items = append(items, component.Choice{Value: string(how), Text: how.Name()})
	}
	return items
}

// newest is the newest event, by which a form knows what it saw.
func (v Enquiry) newest() int64 {
	if len(v.Case.Events) == 0 {
		return 0
	}
	return v.Case.Events[0].ID
}

// since are the events that the form did not see.
func (v Enquiry) since() []enquiry.Event {
	var events []enquiry.Event
	for _, e := range v.Case.Events {
		if e.ID > v.Seen {
			events = append(events, e)
		}
	}
	return events
}

// eventName says what an event of an enquiry is.
func eventName(e enquiry.Event) string {
	if e.How != "" {
		return e.Kind.Name() + ": " + e.How.Name()
	}
	return e.Kind.Name()
}

// who says whose doing an event is.
func (v Enquiry) who(e enquiry.Event) string {
	if e.ActorKind != audit.Staff {
		return "the sender"
	}
	if name := v.Staff[e.ActorID]; name != "" {
		return name
	}
	return "a former member of staff"
}

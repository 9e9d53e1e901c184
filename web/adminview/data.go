package adminview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/web/component"
)

// theFaculty stands for every member of staff where the reader is the person.
const theFaculty = "the faculty"

// record is the case as its own page shows it, without the names of staff.
func (v Data) record() Expression {
	return Expression{Case: v.Everything.Case, Organisation: v.Organisation, Origin: v.Everything.Origin, Nameless: true, Today: interest.DayOf(v.Everything.MadeAt)}
}

func (v Data) standRows() []component.SummaryRow {
	rows := v.record().standRows()
	if asked := v.Everything.Case.CopyAskedAt; asked != nil {
		rows = append(rows, row("Asked for a copy of their data", moment(*asked)))
	}
	if why := v.Everything.Case.Suspicion; why != "" {
		rows = append(rows, row("Why it was set aside", why.Name()))
	}
	return rows
}

// requestRows are what the person was asked, with what they answered and did
// not send yet.
func (v Data) requestRows(r interest.Request) []component.SummaryRow {
	rows := v.record().requestRows(r)
	for _, line := range v.Everything.Unsent(r, v.Organisation) {
		rows = append(rows, row("Not sent yet: "+line.Question, strings.Join(line.Answer, ", ")))
	}
	return rows
}

func facultyAlone(events []enquiry.Event) map[string]string {
	staff := map[string]string{}
	for _, e := range events {
		staff[e.ActorID] = theFaculty
	}
	return staff
}

// mailNames are the kinds of mail in words.
var mailNames = map[mail.Kind]string{
	mail.ExpressionReceived: "We have your expression of interest",
	mail.StageChanged:       "Where your case stands",
	mail.InformationAsked:   "We asked for more information",
	mail.Told:               "A message from us",
	mail.TrackLink:          "Your link to your case",
	mail.ConfirmAddress:     "Confirm your new email address",
	mail.AddressChanged:     "Your email address was changed",
	mail.EnquiryReceived:    "We have your message",
	mail.DraftLink:          "Your link back to the form",
	mail.DraftExpires:       "Your form is deleted soon",
}

// mailStates are the states of a mail in words.
var mailStates = map[string]string{mail.Waiting: "Waiting", mail.Sent: "Sent", mail.Refused: "Could not be delivered"}

func (v Data) mailRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, m := range v.Everything.Mails {
		sent := "Not sent"
		if m.SentAt != nil {
			sent = moment(*m.SentAt)
		}
		name := mailNames[m.Kind]
		if name == "" {
			name = string(m.Kind)
		}
		rows = append(rows, []component.TableCell{{Text: name}, {Text: mailStates[m.State]}, {Text: moment(m.CreatedAt)}, {Text: sent}})
	}
	return rows
}

func (v Data) draftRows(d interest.Draft) []component.SummaryRow {
	rows := []component.SummaryRow{
		row("Begun", moment(d.CreatedAt)), row("Last changed", moment(d.UpdatedAt)), row("Kept until", moment(d.ExpiresAt)),
	}
	if d.Sent() {
		rows = append(rows, row("Sent as", d.Reference), row("Answers", "None: they went into the expression of interest"))
	}
	for _, line := range interest.Lines(d.Answers, v.Organisation) {
		rows = append(rows, row(line.Question, strings.Join(line.Answer, ", ")))
	}
	return rows
}

func enquiryDataRows(c enquiry.Case) []component.SummaryRow {
	rows := []component.SummaryRow{
		row("About", c.Kind.Name()), row("State", c.State.Name()), row("Received", moment(c.ReceivedAt)), row("Answer by", c.Due.Words()),
		row("From", sender(c.Name)), row("Email address", c.Email),
		{Key: component.SummaryCell{Text: "Message"}, Value: component.SummaryCell{HTML: lines(c.Message)}},
	}
	if c.Page != "" {
		rows = append(rows, row("Page with the problem", c.Page))
	}
	if c.Suspicion != "" {
		rows = append(rows, row("Why it was set aside", c.Suspicion.Name()))
	}
	return rows
}

func offerDataRows(c offer.Case) []component.SummaryRow {
	rows := Offer{Case: c}.rows()
	if c.More != "" {
		rows = append(rows, htmlRow("What they add", lines(c.More)))
	}
	return rows
}

func offerFacultyAlone(events []offer.Event) map[string]string {
	staff := map[string]string{}
	for _, e := range events {
		staff[e.ActorID] = theFaculty
	}
	return staff
}

func numbered(thing string, i int) string { return thing + " " + strconv.Itoa(i+1) }

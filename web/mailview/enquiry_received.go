package mailview

import (
	"fmt"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// EnquiryReceived tells whoever sent an enquiry that it came, and by when they
// are answered. It repeats nothing that was typed, not even the name: anybody
// can type anything and anybody's address.
func EnquiryReceived(f faculty.Details, e enquiry.Enquiry, today updating.Date) Letter {
	words := enquiryWords(e.Kind)
	l := Letter{
		Subject: "We have your " + words.what + ": " + e.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph(fmt.Sprintf("We received your %s on %s.", words.what, workday.DayOf(e.ReceivedAt).Words())),
			Heading("Your reference"),
			Highlight(e.Reference),
			Paragraph("Keep this mail. Give your reference whenever you contact us about it."),
			Heading("What happens next"),
			List(words.next(e.Due.Words())),
		},
	}
	if today.After(e.Due) {
		l.Parts[len(l.Parts)-1] = Paragraph(fmt.Sprintf("We are late, and sorry for it: you should have heard from us by %s. Somebody at the faculty deals with it now.", e.Due.Words()))
	}
	if e.Kind == enquiry.Complaint {
		l.Parts = append(l.Parts, Paragraph("You can complain to the Information Commissioner’s Office (ICO) at any time."))
	}
	l.Parts = append(append(l.Parts, Heading("How to contact us")), contact(f)...)
	l.Parts = append(l.Parts, Paragraph("If you did not send this, tell us and give the reference."))
	return l
}

// words is how a mail speaks of an enquiry of one kind.
type words struct {
	what string
	next func(by string) []string
}

func enquiryWords(k enquiry.Kind) words {
	switch k {
	case enquiry.Accessibility:
		return words{"report of an accessibility problem", func(by string) []string {
			return []string{"Somebody at the faculty reads what you told us.", "We aim to answer you by " + by + ", and to say what we do about it."}
		}}
	case enquiry.Complaint:
		return words{"complaint about how we use your data", func(by string) []string {
			return []string{
				"This mail says that we have your complaint. Somebody at the faculty looks at it by " + by + ".",
				"We look into it without undue delay, and keep you informed.",
				"We tell you the outcome.",
			}
		}}
	}
	return words{"message", func(by string) []string {
		return []string{"Somebody at the faculty reads your message.", "We aim to answer you by " + by + "."}
	}}
}

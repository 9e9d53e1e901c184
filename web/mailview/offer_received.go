package mailview

import (
	"fmt"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/workday"
)

// OfferReceived tells whoever offered supervised practice that the offer came.
// It repeats nothing that was typed: anybody can type anybody's address.
func OfferReceived(f faculty.Details, o offer.Offer) Letter {
	l := Letter{
		Subject: "We have your offer of supervised practice: " + o.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph(fmt.Sprintf("We received your offer of supervised practice on %s. Thank you.", workday.DayOf(o.ReceivedAt).Words())),
			Heading("Your reference"),
			Highlight(o.Reference),
			Paragraph("Keep this mail. Give your reference whenever you contact us about it."),
			Heading("What happens next"),
			List{
				"Somebody at the faculty reads your offer.",
				"We get in touch when it could suit somebody who returns to practice. That may take some time.",
				"If you can no longer offer it, tell us and give the reference.",
			},
			Heading("How to contact us"),
		},
	}
	l.Parts = append(l.Parts, contact(f)...)
	l.Parts = append(l.Parts, Paragraph("If you did not send this, tell us and give the reference."))
	return l
}

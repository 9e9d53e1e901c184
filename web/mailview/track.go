package mailview

import (
	"fmt"
	"strings"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// LinkPlace stands where a mail that is only shown has no link yet: each one
// that is sent gets its own.
const LinkPlace = "(a link of their own)"

// InformationAsked asks a returner for more information. Link is the whole
// address of the page where they answer.
func InformationAsked(f faculty.Details, e interest.Expression, r interest.Request, link string) Letter {
	l := Letter{
		Subject: "We have a question for you: " + e.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + e.Answers.Name.Full),
			Paragraph("We are working on your expression of interest and need to know something from you."),
			Heading("What we ask"),
		},
	}
	for _, line := range strings.Split(r.Message, "\n") {
		if line != "" {
			l.Parts = append(l.Parts, Paragraph(line))
		}
	}
	if titles := askedAgain(r); len(titles) > 0 {
		l.Parts = append(l.Parts, Paragraph("Answer these questions of the form again:"), titles)
	}
	l.Parts = append(l.Parts, Heading("How to answer"), Button{Label: "Answer", URL: link})
	if !r.AnswerBy.IsZero() {
		l.Parts = append(l.Parts, Paragraph(fmt.Sprintf("Answer by %s. If you need longer, tell us.", r.AnswerBy.Words())))
	}
	l.Parts = append(l.Parts, Paragraph(notToForward), Heading("How to contact us"))
	return signed(l, f, e)
}

// askedAgain are the questions of the form that a request asks again.
func askedAgain(r interest.Request) List {
	var titles List
	for _, slug := range r.Steps {
		if step, known := interest.StepBySlug(slug); known {
			titles = append(titles, step.Title)
		}
	}
	return titles
}

// TrackLink carries a link to whoever lost theirs.
func TrackLink(f faculty.Details, e interest.Expression, link string) Letter {
	l := Letter{
		Subject: "Your link to follow your expression of interest: " + e.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph("Somebody asked for a link to an expression of interest that was sent with this email address."),
		},
	}
	l.Parts = append(l.Parts, follow(whileOpen, link)...)
	l.Parts = append(l.Parts,
		Heading("If this was not you"),
		Paragraph("You do not need to do anything. Whoever asked did not see your email address or your form."),
		Heading("How to contact us"))
	return signed(l, f, e)
}

// ConfirmAddress asks at a new address whether it is the returner's. It names
// nobody: the address may have been typed wrongly.
func ConfirmAddress(f faculty.Details, reference, link string, until updating.Date) Letter {
	l := Letter{
		Subject: "Confirm your email address",
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph("Somebody asked us to send mail about an expression of interest to this address. Its reference is " + reference + "."),
			Button{Label: "Confirm this address", URL: link},
			Paragraph(fmt.Sprintf("The link works until %s. Nothing changes until you select the button that it leads to.", until.Words())),
			Heading("If this is not about you"),
			Paragraph("Somebody may have entered your email address by mistake. Ignore this mail and delete it."),
			Heading("How to contact us"),
		},
	}
	l.Parts = append(l.Parts, contact(f)...)
	return l
}

// AddressChanged tells the address that mail went to before that it no longer
// does.
func AddressChanged(f faculty.Details, e interest.Expression) Letter {
	l := Letter{
		Subject: "Your email address was changed: " + e.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph("Mail about your expression of interest now goes to another address, which was confirmed. Links that we sent to this address no longer work."),
			Paragraph("If you did not change it, contact us at once and give the reference."),
			Heading("How to contact us"),
		},
	}
	return signed(l, f, e)
}

const notToForward = "Whoever has this mail can see where your expression of interest stands and answer for you. Do not forward it."

// What the link is good for, while a case goes on and after its end.
const (
	whileOpen = "You can see whose turn it is, answer questions, change your contact details, pause or withdraw."
	whenEnded = "You can see what was sent and said, and ask for a copy of your data."
)

// follow is the link by which a returner sees where their case stands.
func follow(good, link string) []Part {
	return []Part{
		Heading("See where it stands"),
		Paragraph(good),
		Button{Label: "Follow your expression of interest", URL: link},
		Paragraph(notToForward),
	}
}

// signed ends a letter with how to reach the faculty and the reference.
func signed(l Letter, f faculty.Details, e interest.Expression) Letter {
	l.Parts = append(l.Parts, contact(f)...)
	l.Parts = append(l.Parts, Paragraph("Give your reference whenever you contact us: "+e.Reference+"."))
	return l
}

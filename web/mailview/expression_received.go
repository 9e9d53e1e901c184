package mailview

import (
	"fmt"
	"strings"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
)

// ExpressionReceived tells a returner that their expression of interest came,
// and what happens next. Link is the whole address of the page where they
// follow it.
func ExpressionReceived(f faculty.Details, e interest.Expression, link string) Letter {
	p, _ := profession.BySlug(e.Answers.Profession.Slug)
	l := Letter{
		Subject: "We have your expression of interest: " + e.Reference,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + e.Answers.Name.Full),
			Paragraph(fmt.Sprintf("Thank you for your interest in returning to practice as %s. We have received your expression of interest.", withArticle(p.Singular))),
			Heading("Your reference"),
			Highlight(e.Reference),
			Paragraph("Keep this mail. Give your reference whenever you contact us."),
			Heading("What happens next"),
			List(next(f, e)),
		},
	}
	l.Parts = append(l.Parts, follow(whileOpen, link)...)
	l.Parts = append(l.Parts, Heading("How to contact us"))
	l.Parts = append(l.Parts, contact(f)...)
	l.Parts = append(l.Parts, Paragraph("If you did not send this form, tell us and give the reference."))
	return l
}

func next(f faculty.Details, e interest.Expression) []string {
	when := ""
	if f.ReplyWorkingDays == 1 {
		when = " within 1 working day"
	} else if f.ReplyWorkingDays > 1 {
		when = fmt.Sprintf(" within %d working days", f.ReplyWorkingDays)
	}
	return []string{
		"Someone at the faculty reads what you sent.",
		fmt.Sprintf("We contact you %s%s.", reached(e.Answers), when),
		"We talk with you about the help you asked for, such as finding a placement and a supervisor.",
		"When your updating is complete, you apply to your regulator. Your regulator decides about your registration.",
	}
}

// reached says how the returner asked to be reached, in the middle of a
// sentence.
func reached(a interest.Answers) string {
	if a.Contact == nil {
		return "by email"
	}
	switch a.Contact.By {
	case interest.ByPhone:
		return "by phone"
	case interest.ByText:
		return "by text message"
	case interest.ByEither:
		return "by email, phone or text message"
	}
	return "by email"
}

// contact lists the ways to reach the faculty that it has set.
func contact(f faculty.Details) []Part {
	var ways List
	if f.ContactEmail != "" {
		ways = append(ways, "Email: "+f.ContactEmail)
	}
	if f.ContactPhone != "" {
		phone := "Phone: " + f.ContactPhone
		if f.ContactHours != "" {
			phone += " (" + f.ContactHours + ")"
		}
		ways = append(ways, phone)
	}
	if f.ContactPost != "" {
		ways = append(ways, "Post: "+strings.Join(strings.Fields(f.ContactPost), " "))
	}
	if len(ways) == 0 {
		return []Part{Paragraph("The faculty has not yet set how to contact it. Reply to this mail.")}
	}
	return []Part{ways}
}

// withArticle puts "a" or "an" before a profession, in small letters.
func withArticle(name string) string {
	lower := strings.ToLower(name)
	if lower != "" && strings.ContainsRune("aeiou", rune(lower[0])) {
		return "an " + lower
	}
	return "a " + lower
}

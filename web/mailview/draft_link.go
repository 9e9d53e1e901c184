package mailview

import (
	"fmt"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
)

// DraftLink carries a link back to a form that is not sent yet. Link is its
// whole address. It names nobody and repeats no answer but the profession: the
// address may have been typed wrongly.
func DraftLink(f faculty.Details, to interest.Link, link string) Letter {
	l := Letter{
		Subject: "Your link to continue your expression of interest",
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph("Somebody asked for a link to " + formOf(to.Draft) + "."),
			Paragraph(fmt.Sprintf("It was last changed on %s and is not sent yet.", interest.DayOf(to.Draft.UpdatedAt).Words())),
		},
	}
	l.Parts = append(l.Parts, opening(to, link)...)
	l.Parts = append(l.Parts,
		Heading("How long we keep the form"),
		Paragraph(fmt.Sprintf("We keep it until %s. Each change keeps it for another 28 days. If you do not send it, it is then deleted.", keptUntil(to.Draft))),
		Heading("If this is not about you"),
		Paragraph("Somebody may have entered your email address by mistake. Ignore this mail and delete it."),
	)
	return l
}

// DraftExpires warns of a form that is deleted soon, and carries a link to it.
func DraftExpires(f faculty.Details, to interest.Link, link string) Letter {
	l := Letter{
		Subject: "We delete your form on " + keptUntil(to.Draft) + " unless you change or send it",
		From:    f.Name,
		Parts: []Part{
			Paragraph("Hello"),
			Paragraph(fmt.Sprintf("You began %s. You last changed it on %s and have not sent it.", formOf(to.Draft), interest.DayOf(to.Draft.UpdatedAt).Words())),
			Paragraph(fmt.Sprintf("We delete it on %s. If you change an answer before then, we keep it for another 28 days.", keptUntil(to.Draft))),
		},
	}
	l.Parts = append(l.Parts, opening(to, link)...)
	l.Parts = append(l.Parts,
		Heading("If you do not need the form"),
		Paragraph("You do not have to do anything. Nobody at the faculty sees a form that is not sent."),
	)
	return l
}

// opening is the link with what there is to know about it.
func opening(to interest.Link, link string) []Part {
	return []Part{
		Button{Label: "Continue your form", URL: link},
		List{
			fmt.Sprintf("The link works once, until %s.", interest.DayOf(to.ExpiresAt).Words()),
			"It opens the form on any device.",
			"Whoever has this mail can open the form and read the answers in it. Do not forward it.",
		},
		Paragraph("If the link no longer works, you can ask for a new one where it leads."),
	}
}

// formOf says which form it is, in the middle of a sentence.
func formOf(d interest.Draft) string {
	form := "an expression of interest in returning to practice"
	if p, known := profession.BySlug(d.Answers.Situation().Profession); known {
		form += " as " + withArticle(p.Singular)
	}
	return form
}

func keptUntil(d interest.Draft) string { return interest.DayOf(d.ExpiresAt).Words() }

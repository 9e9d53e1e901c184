package mailview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
)

// StageChanged tells a returner what the message of their case's stage says.
// Link is the whole address of the page where they follow it.
func StageChanged(f faculty.Details, e interest.Expression, m interest.StageMessage, link string) Letter {
	l := Letter{
		Subject: m.Subject + ": " + e.Reference,
		From:    f.Name,
		Parts:   []Part{Paragraph("Dear " + e.Answers.Name.Full)},
	}
	for _, said := range m.Says {
		l.Parts = append(l.Parts, Paragraph(said))
	}
	l.Parts = append(l.Parts, Heading(m.NextName), List(m.Next))
	good := whileOpen
	if m.Stage.Info().Ends {
		good = whenEnded
	}
	l.Parts = append(l.Parts, follow(good, link)...)
	l.Parts = append(l.Parts, Heading("How to contact us"))
	return signed(l, f, e)
}

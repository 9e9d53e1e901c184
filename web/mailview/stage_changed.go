package mailview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
)

// StageChanged tells a returner what the message of their case's stage says.
func StageChanged(f faculty.Details, e interest.Expression, m interest.StageMessage) Letter {
	l := Letter{
		Subject: m.Subject + ": " + e.Reference,
		From:    f.Name,
		Parts:   []Part{Paragraph("Dear " + e.Answers.Name.Full)},
	}
	for _, said := range m.Says {
		l.Parts = append(l.Parts, Paragraph(said))
	}
	l.Parts = append(l.Parts, Heading(m.NextName), List(m.Next), Heading("How to contact us"))
	l.Parts = append(l.Parts, contact(f)...)
	l.Parts = append(l.Parts, Paragraph("Give your reference whenever you contact us: "+e.Reference+"."))
	return l
}

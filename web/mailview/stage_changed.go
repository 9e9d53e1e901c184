package mailview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
)

// StageChanged tells a returner what the message of their case's stage says.
// Link is the whole address of the page where they follow it.
func StageChanged(f faculty.Details, e interest.Expression, m interest.StageMessage, link string) Letter {
	l := Letter{Subject: m.Subject + ": " + e.Reference, From: f.Name, Parts: []Part{stageGreeting(e)}}
	for _, said := range m.Says {
		l.Parts = append(l.Parts, Paragraph(said))
	}
	if len(m.Next) > 0 {
		l.Parts = append(l.Parts, Heading(m.NextName), List(m.Next))
	}
	return stageClosing(l, f, e, m, link)
}

// AroundWords is what stands before and after the words of a mail about a
// stage, as text: what whoever changes them does not change.
func AroundWords(f faculty.Details, e interest.Expression, m interest.StageMessage) (before, after string) {
	return stageGreeting(e).text(), stageClosing(Letter{From: f.Name}, f, e, m, LinkPlace).Text()
}

// Anybody stands for each person of many who get the same mail.
var Anybody = interest.Expression{Reference: "(their reference)", Answers: interest.Answers{Name: &interest.Name{Full: "(their name)"}}}

func stageGreeting(e interest.Expression) Part { return Paragraph("Dear " + e.Answers.Name.Full) }

// stageClosing ends a mail about a stage with the link and how to reach us.
func stageClosing(l Letter, f faculty.Details, e interest.Expression, m interest.StageMessage, link string) Letter {
	good := whileOpen
	if m.Stage.Info().Ends {
		good = whenEnded
	}
	l.Parts = append(l.Parts, follow(good, link)...)
	l.Parts = append(l.Parts, Heading("How to contact us"))
	return signed(l, f, e)
}

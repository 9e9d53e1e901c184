package mailview

import (
	"strings"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/notice"
	"ahpfaculty/web/component"
)

// mostListed is how many cases of a kind a mail lists: the queue has them all.
const mostListed = 20

// Notices are the addresses that a mail of notices leads to.
type Notices struct {
	Case    func(reference string) string // of one case
	Queue   string                        // of the cases
	Choices string                        // of where is chosen what one is told
}

// CaseNotices tells a member of staff what happened to cases: how many and
// which, and nothing about anybody.
func CaseNotices(f faculty.Details, told []notice.Part, to Notices) Letter {
	letter := Letter{From: f.Name}
	var counts []string
	for _, part := range told {
		n := len(part.References)
		counts = append(counts, strings.ToLower(part.Kind.Name())+": "+component.Number(n))
		letter.Parts = append(letter.Parts, Heading(part.Kind.Name()+" ("+component.Number(n)+")"))
		var list List
		for _, reference := range part.References[:min(n, mostListed)] {
			list = append(list, reference+": "+to.Case(reference))
		}
		letter.Parts = append(letter.Parts, list)
		if n > mostListed {
			letter.Parts = append(letter.Parts, Paragraph("And "+component.Number(n-mostListed)+" more."))
		}
	}
	letter.Subject = "Expressions of interest: " + strings.Join(counts, ", ")
	letter.Parts = append(letter.Parts, Button{Label: "Open the cases", URL: to.Queue},
		Paragraph("You can choose what you are told by email and when: "+to.Choices))
	return letter
}

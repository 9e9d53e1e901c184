package interest

import (
	"strings"

	"ahpfaculty/internal/validate"
)

// Words are what a mail about a case says in the words of whoever sends it. The
// greeting, the link and how to reach the faculty are not among them.
type Words struct {
	Says string // paragraphs, each on a line; empty lines are for the eye
	Next string // points, one a line; "" for none
}

// Clean gives the words as they are stored.
func (w Words) Clean() Words { return Words{Says: validate.Text(w.Says), Next: validate.Text(w.Next)} }

// Validate says what is wrong, by the form's field names: says, next.
func (w Words) Validate() validate.Errors {
	var errs validate.Errors
	w.Clean().check(&errs)
	return errs
}

// check says what is wrong, by the form's field names: says, next.
func (w Words) check(errs *validate.Errors) {
	errs.Need("says", w.Says, "Enter what the email says")
	errs.Max("says", w.Says, maxNote, "What the email says must be 4,000 characters or less")
	errs.Max("next", w.Next, maxNote, "The list must be 4,000 characters or less")
}

// Words are those of the message, as a form has them.
func (m StageMessage) Words() Words {
	return Words{Says: strings.Join(m.Says, "\n\n"), Next: strings.Join(m.Next, "\n")}
}

// In is the message in other words.
func (m StageMessage) In(w Words) StageMessage {
	m.Says, m.Next = nil, nil
	for _, paragraph := range strings.Split(w.Says, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			m.Says = append(m.Says, paragraph)
		}
	}
	for _, point := range strings.Split(w.Next, "\n") {
		// Who writes a list often begins each line with a mark of their own.
		if point = strings.TrimSpace(strings.TrimLeft(point, "*-• ")); point != "" {
			m.Next = append(m.Next, point)
		}
	}
	return m
}

// Message is what a mail about the event tells the returner, in the words that
// it was sent in; false where there is none.
func (e Event) Message() (StageMessage, bool) {
	message, has := MessageOf(e.To, e.Reason)
	if e.Kind == EventTold {
		var template Template
		template, has = TemplateBySlug(e.Reason)
		message = template.Message
	}
	if has && e.Words.Says != "" {
		message = message.In(e.Words)
	}
	return message, has
}

package adminview

import (
	"ahpfaculty/internal/interest"
	"ahpfaculty/web/component"
)

// The fields of the page with the email about a move, beside the email's words.
const (
	MailField     = "mail"      // what to do with it: one of the values below, or "" before it was shown
	WordsForField = "words-for" // the move that the words are for
)

// What to do with an email that was shown.
const (
	MailSend = "send"
	MailNone = "none"
	MailBack = "back" // to the case, with what was typed
)

// WordsFor names the move that the words of an email are for.
func WordsFor(m interest.Move) string { return string(m.To) + "/" + m.Reason }

func (v MoveLetter) caption() string {
	return Expression{Case: v.Case}.caption()
}

// words are those that were typed, or the standard ones.
func (v MoveLetter) words() interest.Words {
	if v.Move.Words != nil {
		return *v.Move.Words
	}
	return v.Message.Words()
}

func (v MoveLetter) unreached() bool { return v.Case.MailTrouble != "" }

// rows say what is about to happen.
func (v MoveLetter) rows() []component.SummaryRow {
	to := v.Move.To.Name()
	if v.Move.Reason != "" {
		to += ": " + interest.Label(v.Move.To.Info().Reasons, v.Move.Reason)
	}
	rows := []component.SummaryRow{row("Move to", to)}
	if v.Move.Note != "" {
		rows = append(rows, htmlRow("Your note", lines(v.Move.Note)))
	}
	return append(rows, row("Email to", Expression{Case: v.Case}.email()), row("Subject", v.Subject))
}

// newestEvent is the id of the newest event, by which a form knows what it saw.
func newestEvent(events []interest.Event) int64 {
	if len(events) == 0 {
		return 0
	}
	return events[0].ID
}

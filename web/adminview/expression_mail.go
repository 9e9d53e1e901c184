package adminview

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
)

// entry is a line of the timeline: an event, or a mail.
type entry struct {
	At        time.Time
	What      string
	Who       string // by whom, or from where it is known
	Corrected string // from what to what; "" where nothing was
	Note      string
	Told      string // what the email about it said, where somebody wrote that; else ""
}

// entries are events and mails as one timeline, the newest first.
func (v Expression) entries(events []interest.Event, mails []mail.Row) []entry {
	var list []entry
	for _, m := range mails {
		list = append(list, entry{At: mailAt(m), What: v.mailWords(m), Who: "by the portal"})
	}
	for _, e := range events {
		line := entry{At: e.At, What: v.what(e), Who: "by " + v.who(e), Note: e.Note, Told: told(e.Words)}
		if v.beforeImport(e) {
			line.Who = "as the spreadsheet says"
		}
		if e.Old != "" || e.New != "" {
			line.Corrected = corrected(e)
		}
		list = append(list, line)
	}
	// Stable: what happened at once stays in its order.
	slices.SortStableFunc(list, func(a, b entry) int { return b.At.Compare(a.At) })
	return list
}

// told is what an email said in somebody's own words.
func told(w interest.Words) string { return strings.TrimSpace(w.Says + "\n\n" + w.Next) }

// mailAt is when the newest thing happened to a mail.
func mailAt(m mail.Row) time.Time {
	return *cmp.Or(m.SentAt, m.TriedAt, &m.CreatedAt)
}

// mailWords say what became of a mail.
func (v Expression) mailWords(m mail.Row) string {
	about := v.mailAbout(m)
	switch {
	case m.State == mail.Sent:
		return "Email sent: " + about
	case m.State == mail.Refused:
		return "Email refused: " + about + " (" + failure(m) + ", after " + count(m.Attempts, "attempt") + ")"
	case m.Attempts > 0:
		return "Email waiting: " + about + " (" + failure(m) + ", " + count(m.Attempts, "attempt") + " so far)"
	}
	return "Email waiting: " + about
}

// mailAbouts are the mails that always say the same.
var mailAbouts = map[mail.Kind]string{
	mail.ExpressionReceived: "confirmation",
	mail.InformationAsked:   "asked for more information",
	mail.Told:               "a message",
	mail.TrackLink:          "a new link to their case",
	mail.ConfirmAddress:     "to confirm their new address",
	mail.AddressChanged:     "their address was changed",
}

// mailAbout is what a mail tells the returner.
func (v Expression) mailAbout(m mail.Row) string {
	if about, known := mailAbouts[m.Kind]; known {
		return about
	}
	for _, e := range v.Case.Events {
		if e.Occasion() == m.Occasion {
			return "moved to “" + e.To.Name() + "”"
		}
	}
	return "news of the case"
}

// failure is a mail's last failure, as the outbox keeps it, without what was
// being done.
func failure(m mail.Row) string {
	if _, code, found := strings.Cut(m.Failure, ": "); found {
		return code
	}
	return cmp.Or(m.Failure, "no reason is known")
}

// tellHint says for which of the next stages there is an email.
func (v Expression) tellHint() string {
	var names []string
	for _, m := range interest.MessagesFrom(v.Case.Stage) {
		if name := m.Stage.Name(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "No email tells the person of these moves."
	}
	hint := "An email tells the person of a move to: " + strings.Join(names, ", ") + ". You see it and can change it before anything happens."
	if v.Case.MailTrouble != "" {
		hint += " It will not reach them: tell them in another way."
	}
	return hint
}

// troubleWords say what happened to mail.
func (v Expression) troubleWords() string {
	switch v.Case.MailTrouble {
	case interest.MailBounced:
		return "An email to them came back to the faculty’s mailbox. The timeline says when."
	case interest.MailMissing:
		return "The spreadsheet that this case came from has no email address for them."
	}
	return "An email to them was refused, and we do not try again. The timeline says which, and why."
}

// troubleRow says the same in a few words.
func troubleRow(trouble interest.MailTrouble) string {
	if trouble == interest.MailMissing {
		return "There is no email address"
	}
	return "Does not reach them"
}

// noEmail reports whether there is no address that mail could go to.
func (v Expression) noEmail() bool { return v.Case.MailTrouble == interest.MailMissing }

func (v Expression) email() string {
	if email := v.Case.Answers.Email; email != nil && email.Address != "" {
		return email.Address
	}
	return "not known"
}

func (v Expression) phone() string {
	if phone := v.Case.Answers.Phone; phone != nil {
		return phone.Number
	}
	return ""
}

// typed reports whether the form for news of a kind was sent and came back.
func (v Expression) typed(kind interest.EventKind) bool { return v.Address.Kind == kind }

func (v Expression) typedNote() string {
	if v.typed(interest.EventBounced) {
		return v.Address.Note
	}
	return ""
}

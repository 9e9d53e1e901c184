package demo

import (
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
)

// mails are what the portal would have sent about cases: nothing is owed of it.
// Nobody is written to about a case that is set aside.
func mails(cases []interest.Case) []mail.Row {
	var rows []mail.Row
	for _, c := range cases {
		if c.SetAsideAt != nil {
			continue
		}
		rows = append(rows, sent(c, mail.ExpressionReceived, "", c.ReceivedAt))
		for _, e := range c.Events {
			switch _, told := interest.MessageOf(e.To, e.Reason); {
			case e.Kind == interest.EventAsked:
				rows = append(rows, sent(c, mail.InformationAsked, e.Occasion(), e.At))
			case e.Kind == interest.EventMoved && told && e.ActorKind == audit.Staff:
				rows = append(rows, sent(c, mail.StageChanged, e.Occasion(), e.At))
			}
		}
	}
	return rows
}

// sent is a mail about a case that went within seconds, or that the server of
// an address that does not work refused.
func sent(c interest.Case, kind mail.Kind, occasion string, at time.Time) mail.Row {
	went := at.Add(3 * time.Second)
	row := mail.Row{
		ID:   uuid.NewSHA1(uuid.MustParse(c.ID), []byte(string(kind)+occasion)).String(),
		Kind: kind, SubjectID: c.ID, Occasion: occasion, State: "sent", Attempts: 1, CreatedAt: at, TriedAt: &went, SentAt: &went,
	}
	if c.MailTrouble == interest.MailRefused {
		row.State, row.SentAt, row.Failure = "refused", nil, "550 address"
	}
	return row
}

package admin

import (
	"cmp"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/mailview"
)

// askLetter is the mail that asks for more, as far as it was filled in.
func askLetter(details faculty.Details, e interest.Expression, a interest.Asking) mailview.Letter {
	request := interest.Request{Message: cmp.Or(a.Clean().Message, "(what you want to know)"), Steps: a.Steps}
	if day := a.AnswerBy.When(); !day.IsZero() {
		request.AnswerBy = day.Earliest()
	}
	return mailview.InformationAsked(details, e, request, mailview.LinkPlace)
}

func shown(l mailview.Letter) adminview.Letter {
	return adminview.Letter{Subject: l.Subject, Text: l.Text()}
}

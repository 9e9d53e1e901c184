package server_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// imported imports cases and gives the page of the one that has a name.
func imported(t *testing.T, lead *pagetest.Visitor, name string) string {
	t.Helper()
	file := upload(t, lead, "cases.csv", cases).Want(http.StatusSeeOther).Location
	lead.Send(lead.Get(file), file, columnsOf).Want(http.StatusSeeOther)
	lead.Send(atRest(t, lead, file), file+"/start", nil).Want(http.StatusSeeOther)
	atRest(t, lead, file).Has("h1", "2 expressions imported")
	queue := lead.Get("/admin/expressions?tab=all").Want(http.StatusOK).Doc()
	return queue.Find("tbody tr:contains('"+name+"') a").First().AttrOr("href", "none")
}

// linkTo waits for a mail to an address and gives the path of its link.
func linkTo(t *testing.T, inbox *mailtest.Server, address string) string {
	t.Helper()
	for range 400 {
		for _, message := range slices.Backward(inbox.Received()) {
			raw := strings.ReplaceAll(message.Raw, "=\r\n", "")
			if found := linked.FindStringSubmatch(raw); found != nil && message.To[0] == address {
				return found[1]
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no mail with a link came to %s", address)
	return ""
}

func TestAnImportedCaseIsWorkedOnLikeAnyOther(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	inbox := portal.Work(t, slog.New(slog.DiscardHandler))
	lead := portal.Visitor(t)
	servertest.SignIn(t, lead, portal.Add(t, staff.Lead))
	one := imported(t, lead, "Mary Seacole")

	// An answer that was not given is filled in by itself; those that the rules ask for lead to the days.
	correct := func(step string, fields ...string) *pagetest.Page {
		asked := lead.Get(one + "/correct/" + step).Want(http.StatusOK)
		return lead.Send(asked, one+"/correct/"+step, servertest.Fields(append(fields, "why", "They rang")...))
	}
	correct("hours", "hours", "part-time").Want(http.StatusSeeOther)
	correct("help", "help", "placement").Want(http.StatusSeeOther)
	correct("experience", "role", "", "setting", "", "years", "").Want(http.StatusUnprocessableEntity)
	known := lead.Get(one).Has("dl", "Hours Part time").Has("dl", "Not known: an answer").Has("dl", "Received11 May 2026")
	if strings.Contains(known.Text("main"), "12:00pm") {
		t.Error("the case says an hour that no file had")
	}
	opened := correct("standing", "standing", "left-register").Want(http.StatusOK)
	for _, step := range []struct {
		name   string
		fields []string
	}{
		{"abroad", []string{"abroad", "no"}}, {"last-practised", []string{"month", "3", "year", servertest.YearsAgo(7)}},
	} {
		at := one + "/correct/" + step.name
		if opened.Doc().Find("form[action='"+at+"']").Length() == 0 {
			t.Fatalf("after the standing comes %q, want %s", opened.Text("h1"), step.name)
		}
		opened = lead.Send(opened, at, servertest.Fields(step.fields...))
	}
	opened.Want(http.StatusSeeOther)
	lead.Get(one).Has("dl", "60 days").Has(".app-timeline", "Days of updating worked out again")

	// There is no address: whoever asks or moves learns that no email arrives.
	asked := lead.Get(one).Has("main", "has no email address")
	later := time.Now().AddDate(0, 0, 10)
	lead.Send(asked, one+"/ask", servertest.Fields("message", "When can you start?", "steps", "start", "day", later.Format("2"), "month", later.Format("1"), "year", later.Format("2006"))).
		Want(http.StatusSeeOther)
	lead.Get(one).Has("main", "Emails do not reach this person")
	lead.Send(lead.Get(one), one+"/readdressed", url.Values{"email": {"mary@example.org"}}).Want(http.StatusSeeOther)
	track := linkTo(t, inbox, "mary@example.org")
	lead.Get(one).Want(http.StatusOK)
	for _, word := range []string{"has no email address", "Emails do not reach"} {
		if strings.Contains(lead.Get(one).Text("main"), word) {
			t.Errorf("the case still says %q", word)
		}
	}

	// The returner sees what is known, and answers.
	mary := portal.Visitor(t)
	shown := mary.Get(track).Want(http.StatusOK).Has("main", "Not given").Has(".app-timeline", "We received your expression of interest")
	if strings.Contains(shown.Text("main"), "spreadsheet") || strings.Contains(shown.Text("main"), "You sent your form") {
		t.Errorf("the returner reads %q", shown.Text("main"))
	}
	mary.Send(mary.Get(track+"/answer/start"), track+"/answer/start", servertest.Fields("choice", "as-soon-as-possible")).Want(http.StatusSeeOther)
	mary.Send(mary.Get(track+"/answer").Want(http.StatusOK), track+"/answer", url.Values{"reply": {"In May"}}).Want(http.StatusSeeOther)
	lead.Get(one).Has(".app-timeline", "Answered what we asked").Has("dl", "Start As soon as")
	data := lead.Get(one+"/data").Want(http.StatusOK).Has("main", "Not given").Has("dl", "Row 3 of cases.csv").Text("main")
	if n := strings.Count(data, "Came from"); n != 1 {
		t.Errorf("what is held says %d times where it came from, want once", n)
	}
	lead.Get(one + "/data.json").Want(http.StatusOK)
}

func TestAnImportedCaseWithoutAnAddressIsMovedWithoutAnEmail(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	inbox := portal.Work(t, slog.New(slog.DiscardHandler))
	lead, account := portal.Visitor(t), portal.Add(t, staff.Lead)
	servertest.SignIn(t, lead, account)
	one := imported(t, lead, "Mary Seacole")
	letter := lead.Send(lead.Get(one), one+"/move", servertest.Fields("to", "withdrawn", "reason", "withdrawn/cost", "note", "Rang")).Want(http.StatusOK)
	if n := letter.Doc().Find("button[value=send]").Length(); n != 0 {
		t.Error("an email can be sent to nobody")
	}
	// Who forges that button moves the case all the same, and no mail goes to nowhere.
	lead.Send(letter, one+"/move", url.Values{"mail": {"send"}, "says": {"Goodbye"}, "next": {""}}).Want(http.StatusSeeOther)
	portal.WaitForMail(t)
	for _, m := range inbox.Received() {
		if m.To[0] != account.Email {
			t.Errorf("a mail went to %q", m.To)
		}
	}
	lead.Get(one).Want(http.StatusOK).Has("dl", "Withdrawn").Has("dl", "There is no email address")
	lead.Get("/admin/expressions?tab=all").Want(http.StatusOK).Has("tbody", "No email")
}

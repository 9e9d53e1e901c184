package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
)

// walker is somebody who fills in forms with canaries.
type walker struct {
	*pagetest.Visitor
	t *testing.T
}

func (s *story) walker() walker {
	s.t.Helper()
	return walker{t: s.t, Visitor: pagetest.New(s.t, s.watch.over(s.t, s.Portal))}
}

// get asks for a page.
func (w walker) get(address string) *pagetest.Page {
	w.t.Helper()
	return w.Get(address).Want(http.StatusOK)
}

// send sends a page's form with these fields.
func (w walker) send(from *pagetest.Page, action string, pairs ...string) *pagetest.Page {
	w.t.Helper()
	return w.Send(from, action, servertest.Fields(pairs...))
}

// fill sends a page's form with a canary in each text field.
func (w walker) fill(from *pagetest.Page, action string) *pagetest.Page {
	w.t.Helper()
	values := url.Values{}
	for _, name := range textFields(from.Doc().Find(fmt.Sprintf("form[action=%q]", action))) {
		values.Set(name, "Kanari words")
		if name == "email" {
			values.Set(name, "kanari@example")
		}
	}
	return w.Send(from, action, values)
}

// wrongly fills a page's form with what is no right answer, and gives the page
// that says so.
func (w walker) wrongly(from *pagetest.Page, action string) *pagetest.Page {
	w.t.Helper()
	return w.fill(from, action).Want(http.StatusUnprocessableEntity)
}

// answer answers a question of the returner's form, first with canaries; some
// of them are a name as good as any.
func (w walker) answer(step string, pairs ...string) {
	w.t.Helper()
	address := "/apply/" + step
	w.fill(w.get(address), address)
	w.send(w.get(address), address, pairs...).Want(http.StatusSeeOther)
}

// first is where the first row of a list leads.
func (w walker) first(list string) string {
	w.t.Helper()
	return w.row(list, "")
}

// row is where the row of a list leads whose link says a text.
func (w walker) row(list, text string) string {
	w.t.Helper()
	path, _, _ := strings.Cut(list, "?")
	link := w.get(list).Doc().Find(`tbody a[href^="` + path + `/"]`).FilterFunction(func(_ int, link *pagetest.Field) bool {
		return strings.Contains(link.Text(), text)
	}).First()
	if link.Length() == 0 {
		w.t.Fatalf("%s has no row that says %q", list, text)
	}
	return link.AttrOr("href", "")
}

var linked = regexp.MustCompile(`http://localhost(/(?:admin/link|apply/resume|track/confirm|track)/([A-Za-z0-9_-]+))\b`)

// mailed is the path of the link in the newest mail to an address.
func (s *story) mailed(to string) string {
	s.t.Helper()
	s.WaitForMail(s.t)
	for _, message := range slices.Backward(s.inbox.Received()) {
		// A long line is folded at "=".
		raw := strings.ReplaceAll(message.Raw, "=\r\n", "")
		if found := linked.FindStringSubmatch(raw); found != nil && message.To[0] == to {
			s.watch.secret(found[2])
			return found[1]
		}
	}
	s.t.Fatalf("%d mails and none to %s with a link", len(s.inbox.Received()), to)
	return ""
}

// writes sends every kind of message to the faculty.
func (s *story) writes() {
	w := s.walker()
	w.get("/search?q=" + kanari)
	// One receipt is refused: what is kept of that counts too.
	s.inbox.Refuse(550)
	for i, address := range []string{"/contact/write", "/accessibility/report", "/privacy/complain"} {
		again := w.wrongly(w.get(address), address)
		s.at.pass(10 * time.Second)
		sent := w.send(again, address, "message", "Kanari message", "name", "Kanari Writer", "answer-by", "email",
			"email", fmt.Sprintf("kanari-writer-%d@example.com", i), "phone", "01189 998819", "subject", "").Want(http.StatusSeeOther)
		s.watch.secret(path.Base(sent.Location))
		w.Follow(sent).Want(http.StatusOK)
	}
	s.WaitForMail(s.t)
}

// offers sends a host's offer of supervised practice.
func (s *story) offers() {
	w := s.walker()
	again := w.wrongly(w.get(offerPath), offerPath)
	// The names of an organisation and its town are nobody's data, and kept as such.
	s.at.pass(10 * time.Second)
	sent := w.send(again, offerPath, "organisation", "-", "other", "Example Home", "site", "Example Town", "profession", "physiotherapists",
		"month", "4", "year", servertest.YearsAgo(-1), "days", "2", "name", "Kanari Host", "email", "kanari-host@example.com",
		"phone", "01189 998819", "more", "Kanari words", "subject", "").Want(http.StatusSeeOther)
	s.watch.secret(path.Base(sent.Location))
	w.Follow(sent).Want(http.StatusOK)
}

// applies works out the days, carries them into the form, saves it, goes on by
// a link on another device, and sends it.
func (s *story) applies() {
	const days, address = "/return-to-practice/days", "kanari-returner@example.com"
	w := s.walker()
	w.wrongly(w.get(days), days)
	worked := w.send(w.get(days), days, "profession", "physiotherapists", "standing", "left-register", "left-abroad", "no",
		"left-month", "3", "left-year", servertest.YearsAgo(7)).Want(http.StatusOK)
	w.wrongly(worked, days+"#plan")
	w.send(worked, "/apply/carry").Want(http.StatusSeeOther)
	w.answer("name", "name", "Kanari Returner")
	save := w.wrongly(w.get("/apply/save"), "/apply/save")
	w.send(save, "/apply/save", "email", address).Want(http.StatusSeeOther)
	w.get("/apply/save/sent")
	w.send(w.get("/apply/leave"), "/apply/leave").Want(http.StatusSeeOther)
	w.get("/apply/left")

	w = s.walker()
	w.wrongly(w.get("/apply/link"), "/apply/link")
	w.send(w.get("/apply/link"), "/apply/link", "email", address).Want(http.StatusSeeOther)
	w.get("/apply/link/sent")
	link := s.mailed(address)
	w.send(w.get(link), link).Want(http.StatusSeeOther)
	w.get("/apply/tasks")
	w.answer("registered-name", "other", "yes", "registered-name", "Kanari Before")
	w.answer("email", "email", address)
	w.answer("phone", "phone", "01189 998819")
	w.answer("contact", "by", "phone")
	w.answer("postcode", "postcode", "LN1")
	w.answer("register-number", "number", "PH98189")
	w.answer("programme", "registered", "yes", "reference", "RTP-98189")
	w.answer("experience", "role", "Kanari role", "setting", "community", "years", "7")
	for _, one := range servertest.Rest()[9:] {
		w.fill(w.get("/apply/"+one.Step), "/apply/"+one.Step)
		servertest.Answer(s.t, w.Visitor, one)
	}
	w.send(w.get("/apply/check"), "/apply/check", "subject", "Kanari pills").Want(http.StatusSeeOther)
	w.get("/apply/sent").Has("h1", "Your form is sent")
	s.follows(s.mailed(address))
	s.asksTheRest()
}

// follows answers what it is asked, corrects, pauses and goes on, gives another
// address, asks for what is held, and withdraws.
func (s *story) follows(link string) {
	w := s.walker()
	w.wrongly(w.get("/track"), "/track")
	w.send(w.get("/track"), "/track", "email", "kanari-nobody@example.com").Want(http.StatusSeeOther)
	s.asks(w.get(link).Text("h1 .nhsuk-caption-l"))
	w.fill(w.get(link+"/answer/phone"), link+"/answer/phone")
	w.send(w.get(link+"/answer/phone"), link+"/answer/phone", "phone", "01189 998819").Want(http.StatusSeeOther)
	w.send(w.get(link+"/answer"), link+"/answer", "reply", "Kanari reply").Want(http.StatusSeeOther)
	w.wrongly(w.get(link+"/details"), link+"/details")
	w.send(w.get(link+"/details"), link+"/details", "phone", "01189 998819", "by", "text", "postcode", "LN2").Want(http.StatusSeeOther)
	w.wrongly(w.get(link+"/pause"), link+"/pause")
	w.send(w.get(link+"/pause"), link+"/pause", "day", "1", "month", "1", "year", servertest.YearsAgo(-2), "note", "Kanari pause").Want(http.StatusSeeOther)
	w.send(w.get(link), link+"/go-on").Want(http.StatusSeeOther)
	w.send(w.get(link+"/copy"), link+"/copy").Want(http.StatusSeeOther)
	const address = "kanari-again@example.com"
	w.wrongly(w.get(link+"/email"), link+"/email")
	w.send(w.get(link+"/email"), link+"/email", "email", address).Want(http.StatusSeeOther)
	w.get(link + "/email/sent")
	confirm := s.mailed(address)
	w.send(w.get(confirm), confirm).Want(http.StatusSeeOther)
	link = strings.Replace(confirm, "/confirm", "", 1)
	w.wrongly(w.get(link+"/withdraw"), link+"/withdraw")
	w.send(w.get(link+"/withdraw"), link+"/withdraw", "reason", "cost", "note", "Kanari cost").Want(http.StatusSeeOther)
	w.get(link).Has("main", "is withdrawn")
}

// asks asks the returner of a case for more information.
func (s *story) asks(caption string) {
	s.t.Helper()
	store := interest.Store{DB: s.Pool, Outbox: mail.NewOutbox(), Now: s.at.Now}
	err := store.Ask(s.t.Context(), interest.By{StaffID: "reviewer"}, interest.Asking{
		Reference: strings.TrimPrefix(caption, "Reference "), Version: 1, Message: "Kanari question", Steps: []string{"phone"}, Nonce: "asked",
	})
	if err != nil {
		s.t.Fatalf("Ask() = %v", err)
	}
}

// asksTheRest gets to the questions that the other form does not ask.
func (s *story) asksTheRest() {
	w := s.walker()
	servertest.Begin(s.t, w.Visitor)
	w.answer("profession", "profession", "radiographers")
	w.answer("branch", "branch", "diagnostic-radiographers")
	w.answer("standing", "standing", "left-register")
	w.answer("abroad", "abroad", "no")
	w.answer("last-practised", "month", "3", "year", servertest.YearsAgo(7))
	w.get("/apply/your-days")
	w.answer("standing", "standing", "never-registered")
	w.answer("qualified-where", "in-uk", "yes")
	w.answer("qualified", "month", "3", "year", servertest.YearsAgo(7))
}

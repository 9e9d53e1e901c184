package server_test

import (
	"net/http"
	"path"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

const (
	leadAddress  = "kanari-lead@example.org"
	leadPassword = "kanari-lead-on-seven-hills"
)

// comesIn makes the first lead, signs out, and signs in again with mistakes.
func (s *story) comesIn() walker {
	token, err := s.Staff.FirstLeadLink(s.t.Context())
	if err != nil {
		s.t.Fatalf("FirstLeadLink() = %v", err)
	}
	w, link := s.walker(), "/admin/link/"+s.watch.secret(token)
	again := w.wrongly(w.get(link), link)
	w.send(again, link, "name", "Kanari Lead", "email", leadAddress, "password", leadPassword).Want(http.StatusSeeOther)
	phone := s.setsUp(w)
	w.send(w.get("/admin"), "/admin/sign-out").Want(http.StatusSeeOther)
	const signIn = "/admin/sign-in"
	again = w.wrongly(w.get(signIn), signIn)
	again = w.send(again, signIn, "email", "kanari-nobody@example.org", "password", "kanari wrong").Want(http.StatusUnprocessableEntity)
	w.send(again, signIn, "email", leadAddress, "password", leadPassword).Want(http.StatusSeeOther)
	s.provesIt(w, phone)
	return w
}

// setsUp sets an app for codes up, first with a mistake, and gives its secret.
func (s *story) setsUp(w walker) staff.AppSecret {
	const setUp = "/admin/set-up"
	form := w.wrongly(w.get(setUp), setUp)
	w.get(setUp + "/code.png")
	secret := staff.AppSecret(strings.ReplaceAll(form.Text("#key"), " ", ""))
	s.watch.secret(string(secret))
	s.keepCodes(w.send(form, setUp, "code", stafftest.CodeAt(s.t, secret, s.at.Now())).Want(http.StatusOK))
	return secret
}

// keepCodes keeps the recovery codes of a page, and gives the first.
func (s *story) keepCodes(shown *pagetest.Page) string {
	codes := shown.Doc().Find("#codes li")
	for _, code := range codes.EachIter() {
		s.watch.secret(code.Text())
	}
	return codes.First().Text()
}

// provesIt takes the second step with mistakes first, replaces the app and the
// recovery codes, comes in by one of them, and is asked again after a while.
func (s *story) provesIt(w walker, phone staff.AppSecret) {
	const step, recovery, confirm, app, codes = "/admin/second-step", "/admin/second-step/recovery", "/admin/confirm", "/admin/account/app", "/admin/account/recovery-codes"
	w.wrongly(w.get(step), step)
	w.wrongly(w.get(recovery), recovery)
	s.at.pass(30 * time.Second)
	w.send(w.get(step), step, "code", stafftest.CodeAt(s.t, phone, s.at.Now())).Want(http.StatusSeeOther)
	form := w.wrongly(w.get(app), app)
	w.get(app + "/code.png")
	phone = staff.AppSecret(strings.ReplaceAll(form.Text("#key"), " ", ""))
	s.watch.secret(string(phone))
	s.keepCodes(w.send(form, app, "code", stafftest.CodeAt(s.t, phone, s.at.Now())).Want(http.StatusOK))
	code := s.keepCodes(w.send(w.get(codes), codes).Want(http.StatusOK))
	w.send(w.get("/admin"), "/admin/sign-out").Want(http.StatusSeeOther)
	w.send(w.get("/admin/sign-in"), "/admin/sign-in", "email", leadAddress, "password", leadPassword).Want(http.StatusSeeOther)
	w.send(w.get(recovery), recovery, "recovery", code).Want(http.StatusSeeOther)
	again := w.wrongly(w.get(confirm), confirm)
	s.at.pass(30 * time.Second)
	w.send(again, confirm, "password", leadPassword, "code", stafftest.CodeAt(s.t, phone, s.at.Now())).Want(http.StatusSeeOther)
	w.get("/admin/kept")
	w.get("/admin/stay")
	s.usesPasskeys(w)
}

// usesPasskeys adds a passkey, and shows by it that it is the lead wherever that
// can be shown.
func (s *story) usesPasskeys(w walker) {
	const passkeys, signIn = "/admin/account/passkeys", "/admin/sign-in"
	key := stafftest.NewKey(s.t, servertest.BaseURL)
	answers := func(from, action string, with func(testing.TB, string) string) {
		form := w.get(from)
		w.send(form, action, "answer", with(s.t, form.Doc().Find("form[data-passkey]").AttrOr("data-options", ""))).Want(http.StatusSeeOther)
	}
	answers(passkeys, passkeys, key.Make)
	own := w.get("/admin/account").Doc().Find(`a[href^="`+passkeys+`/"]`).AttrOr("href", "")
	w.send(w.get(own), own+"/name", "name", "Kanari key").Want(http.StatusSeeOther)
	answers("/admin/confirm", "/admin/confirm/passkey", key.Use)
	w.send(w.get("/admin"), "/admin/sign-out").Want(http.StatusSeeOther)
	w.get(signIn + "/passkey")
	answers(signIn, signIn+"/passkey", key.Use)
	w.send(w.get("/admin"), "/admin/sign-out").Want(http.StatusSeeOther)
	w.send(w.get(signIn), signIn, "email", leadAddress, "password", leadPassword).Want(http.StatusSeeOther)
	answers("/admin/second-step", "/admin/second-step/passkey", key.Use)
	w.send(w.get(own), own+"/remove").Want(http.StatusSeeOther)
}

// worksOnCases searches, writes notes, and moves what was sent.
func (s *story) worksOnCases(lead walker) {
	const list, search = "/admin/expressions?tab=all", "/admin/expressions/search"
	found := lead.send(lead.get(list), search, "text", "Kanari Returner").Want(http.StatusSeeOther)
	lead.Follow(found).Want(http.StatusOK).Has("h2", "1 case").Has("main", "Kanari Returner")
	const queue, views = "/admin/expressions", "/admin/expressions/views"
	lead.fill(lead.get(queue+"?late=yes"), views).Want(http.StatusSeeOther)
	view := lead.get(queue).Doc().Find(".app-views form").First().AttrOr("action", "none")
	lead.send(lead.get(queue), view).Want(http.StatusSeeOther)
	lead.send(lead.get(queue), queue+"/take").Want(http.StatusSeeOther)
	one := lead.first(list)
	if _, err := s.Pool.Exec(s.t.Context(), `update expression set suspicion = 'trap', set_aside_at = now() where reference = $1`, path.Base(one)); err != nil {
		s.t.Fatalf("setting a case aside: %v", err)
	}
	lead.send(lead.get(one), one+"/rescue").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/note", "note", "Kanari note").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/note", "note", strings.Repeat(kanari+" ", 700)).Want(http.StatusUnprocessableEntity)
	lead.wrongly(lead.get(one), one+"/readdressed")
	lead.send(lead.get(one), one+"/readdressed", "email", "kanari-moved@example.com", "note", "Kanari rang").Want(http.StatusSeeOther)
	s.corrects(lead, one)
	lead.send(lead.get(one), one+"/bounced", "note", "Kanari bounce").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/reachable", "note", "Kanari again").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/assign", "me", "yes").Want(http.StatusSeeOther)
	lead.wrongly(lead.get(one), one+"/move")
	stale := lead.get(one)
	lead.send(stale, one+"/move", "to", "in-review", "note", "Kanari reason").Want(http.StatusSeeOther)
	lead.send(stale, one+"/move", "to", "in-review", "note", "Kanari second").Want(http.StatusConflict)
	letter := lead.send(lead.get(one), one+"/move", "to", "withdrawn", "reason", "withdrawn/cost", "note", "Kanari end").Want(http.StatusOK)
	lead.send(letter, one+"/move", "mail", "send", "says", "Kanari email", "next", "Kanari point").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/move", "to", "in-review").Want(http.StatusSeeOther)
}

// corrects puts answers of a case right, with mistakes first.
func (s *story) corrects(lead walker, one string) {
	name, last := one+"/correct/name", one+"/correct/experience"
	again := lead.send(lead.get(name), name, "name", "", "why", "Kanari why").Want(http.StatusUnprocessableEntity)
	lead.send(again, name, "name", "Kanari Corrected", "why", "Kanari rang").Want(http.StatusSeeOther)
	lead.send(lead.wrongly(lead.get(last), last), last, "role", "Kanari role", "setting", "hospital", "years", "9", "why", "Kanari wrote").Want(http.StatusSeeOther)
}

// takesTurns asks the returner for more, puts their case on hold, and gives the
// copy of their data that they asked for.
func (s *story) takesTurns(lead walker) {
	one, later := lead.first("/admin/expressions?tab=all"), s.at.Now().AddDate(0, 0, 10)
	until := []string{"day", later.Format("2"), "month", later.Format("1"), "year", later.Format("2006")}
	ask, hold := one+"/ask", one+"/hold"
	lead.send(lead.wrongly(lead.get(one), ask), ask, append(until, "message", "Kanari question")...).Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/take-back").Want(http.StatusSeeOther)
	lead.send(lead.wrongly(lead.get(one), hold), hold, append(until, "reason", "other", "note", "Kanari hold")...).Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/resume").Want(http.StatusSeeOther)
	lead.send(lead.get(one), one+"/copy-given").Want(http.StatusSeeOther)
}

// changesMany sends a message to whoever a list has, once it was looked at.
func (s *story) changesMany(lead walker) {
	const many = "/admin/expressions/bulk"
	again := lead.wrongly(lead.get(many+"?tab=all"), many)
	plan := lead.send(again, many, "which", "all", "kind", "move", "to", "withdrawn/cost", "note", "Kanari many").Want(http.StatusSeeOther).Location
	lead.send(lead.get(plan), plan+"/start", "mail", "send", "says", "", "next", "Kanari list").Want(http.StatusUnprocessableEntity)
	lead.send(lead.get(plan), plan+"/start", "mail", "send", "says", "Kanari many words", "next", "Kanari many points").Want(http.StatusSeeOther)
	lead.get(plan)
}

// worksOnTheRest writes notes on an enquiry and an offer, and changes both.
func (s *story) worksOnTheRest(lead walker) {
	enquiry, offer := lead.first("/admin/enquiries"), lead.first("/admin/offers")
	for _, one := range []string{enquiry, offer} {
		lead.send(lead.get(one), one+"/note", "note", "Kanari note").Want(http.StatusSeeOther)
	}
	lead.send(lead.get(offer), offer+"/change", "to", "matched", "note", "Kanari match").Want(http.StatusSeeOther)
	// The page of an enquiry has two forms to one address, for two changes.
	answer := servertest.Fields("to", "answered", "note", "Kanari answer", "version", "1", page.FormKeyField, formKey(lead.get(enquiry)))
	lead.Post(enquiry+"/change", answer).Want(http.StatusUnprocessableEntity)
	answer.Set("how", "phone")
	lead.Post(enquiry+"/change", answer).Want(http.StatusSeeOther)
}

// entersBy signs in by a passkey alone.
func (w walker) entersBy(key *stafftest.Key) {
	w.t.Helper()
	const signIn = "/admin/sign-in"
	form := w.get(signIn)
	answer := key.Use(w.t, form.Doc().Find("form[data-passkey]").AttrOr("data-options", ""))
	w.send(form, signIn+"/passkey", "answer", answer).Want(http.StatusSeeOther)
}

// managesStaff adds somebody, who comes in by the link of their mail, and
// changes all that can be changed about them.
func (s *story) managesStaff(lead walker) {
	const add, address, password = "/admin/staff/add", "kanari-editor@example.org", "kanari-editor-in-green-boots"
	again := lead.wrongly(lead.get(add), add)
	added := lead.send(again, add, "name", "Kanari Editor", "email", address, "role", string(staff.Editor)).Want(http.StatusOK)
	s.watch.secret(linked.FindStringSubmatch(added.Text("#link"))[2])
	link, editor, person := s.mailed(address), s.walker(), lead.row("/admin/staff", "Kanari Editor")
	lead.send(lead.get(person), person+"/role", "role", string(staff.Viewer)).Want(http.StatusSeeOther)
	editor.send(editor.get(link), link, "password", password).Want(http.StatusSeeOther)
	const setUp = "/admin/set-up"
	form := editor.get(setUp)
	key := stafftest.NewKey(s.t, servertest.BaseURL)
	made := key.Make(s.t, form.Doc().Find("form[data-passkey]").AttrOr("data-options", ""))
	s.keepCodes(editor.send(form, setUp+"/passkey", "answer", made).Want(http.StatusOK))
	const account, change = "/admin/account", "/admin/account/password"
	editor.wrongly(editor.get(account), change)
	editor.send(editor.get(account), change, "current", password, "password", "kanari-nine-quiet-herons").Want(http.StatusSeeOther)
	other := s.walker()
	other.entersBy(key)
	mine := editor.get(account)
	editor.send(mine, mine.Doc().Find("form[action*='/sessions/']").AttrOr("action", "")).Want(http.StatusSeeOther)
	editor.send(editor.get(account), account+"/end-sessions").Want(http.StatusSeeOther)
	fresh := lead.send(lead.get(person), person+"/link").Want(http.StatusOK)
	s.watch.secret(linked.FindStringSubmatch(fresh.Text("#link"))[2])
	other.entersBy(key)
	lead.send(lead.get(person), person+"/end-sessions").Want(http.StatusSeeOther)
	lead.send(lead.get(person), person+"/reset-second-factor").Want(http.StatusSeeOther)
	lead.send(lead.get(person), person+"/disable").Want(http.StatusSeeOther)
	lead.send(lead.get(person), person+"/enable").Want(http.StatusSeeOther)
}

// setsRules changes a figure and a period, with mistakes first.
func (s *story) setsRules(lead walker) {
	const figure, check, period = "/admin/rules/figures/short-days", "/admin/rules/check", "/admin/retention/ended-expression"
	later := s.at.Now().AddDate(0, 0, 2)
	again := lead.wrongly(lead.get(figure), figure)
	lead.send(again, figure, "value", "40", "day", later.Format("2"), "month", later.Format("1"), "year", later.Format("2006"),
		"source", "hcpc-updating").Want(http.StatusOK).Has("h1", "Confirm")
	rules := lead.get("/admin/rules")
	entry := rules.Doc().Find("[name=entry]").First().AttrOr("value", "")
	lead.Post(check, servertest.Fields("entry", entry, page.FormKeyField, formKey(rules))).Want(http.StatusSeeOther)
	lead.get("/admin/retention")
	lead.wrongly(lead.get(period), period)
	confirm := lead.send(lead.get(period), period, "period", "9").Want(http.StatusOK)
	lead.send(confirm, period).Want(http.StatusSeeOther)
	lead.get("/admin/figures/steps")
	lead.get("/admin/figures/cases/load")
}

// choosesNotices has the lead and a shared mailbox told by email, with mistakes
// first.
func (s *story) choosesNotices(lead walker) {
	const own, mailbox = "/admin/account/notifications", "/admin/mailbox"
	all := []string{"new", "at-once", "assigned", "at-once", "answered", "at-once", "due-soon", "daily", "late", "daily"}
	lead.send(lead.get(own), own, all...).Want(http.StatusSeeOther)
	again := lead.wrongly(lead.get(mailbox), mailbox)
	lead.send(again, mailbox, append(all, "email", "kanari-team@example.org", "version", "9999999999")...).Want(http.StatusConflict)
	lead.send(again, mailbox, append(all, "email", "kanari-team@example.org")...).Want(http.StatusSeeOther)
}

// exports takes files of the cases in each format, with mistakes first.
func (s *story) exports(lead walker) {
	const search, export = "/admin/expressions/search", "/admin/expressions/export"
	found := lead.Follow(lead.send(lead.get("/admin/expressions?tab=all"), search, "text", "Kanari").Want(http.StatusSeeOther)).Want(http.StatusOK)
	form := lead.get(found.Doc().Find(`a[href^="`+export+`"]`).AttrOr("href", ""))
	lead.send(form, export, "format", "").Want(http.StatusUnprocessableEntity)
	for _, format := range []string{"csv", "json"} {
		if file := lead.send(form, export, "format", format, "names", "yes").Want(http.StatusOK); !strings.Contains(file.Body, "kanari-moved@example.com") {
			s.t.Errorf("the %s file does not have the returner: %s", format, file.Body)
		}
	}
	ordered := lead.send(form, export, "format", "xlsx", "names", "yes").Want(http.StatusSeeOther).Location
	for range 400 {
		if lead.get(ordered).Doc().Find("form[action$='/file']").Length() == 1 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if file := lead.send(lead.get(ordered), ordered+"/file").Want(http.StatusOK); !strings.HasPrefix(file.Body, "PK") {
		s.t.Errorf("the XLSX file begins with %.20q", file.Body)
	}
	lead.get(ordered).Has("main", "not kept here any more")
	lead.get(lead.first("/admin/expressions?tab=all")).Has(".app-timeline", "Exported to a file: XLSX")
}

// imports brings cases in from a spreadsheet, with mistakes first, and discards
// another file.
func (s *story) imports(lead walker) {
	const imports = "/admin/expressions/import"
	today := s.at.Now().Format("2/1/2006")
	content := "Kanari ref;Name;Email;Phone;Profession;Received;Register number;National programme reference;Last role;Kanari heading\n" +
		"KANARI-1;Kanari Imported;kanari-imported@example.com;01189 998819;Physiotherapist;" + today + ";PH98189;RTP-98189;Kanari role;Kanari note\n" +
		strings.Repeat("kanari;", 9) + "kanari\n"
	file := pagetest.File{Field: "file", Name: "kanari.csv", Content: content}
	lead.get(imports + "/headings.csv")
	lead.SendFile(lead.get(imports), imports, nil, pagetest.File{Field: "file", Name: "kanari.csv", Content: "kanari"}).Want(http.StatusUnprocessableEntity)
	one := lead.SendFile(lead.get(imports), imports, nil, file).Want(http.StatusSeeOther).Location
	lead.send(lead.get(one), one, "column-2", "email").Want(http.StatusUnprocessableEntity)
	lead.send(lead.get(one), one, "column-1", "reference", "column-10", "notes").Want(http.StatusSeeOther)
	checked := atRest(s.t, lead.Visitor, one).Has("dl", "Can be imported1")
	if problems := lead.get(one + "/problems.csv").Body; tells(strings.ReplaceAll(problems, "Kanari heading", "")) >= 0 {
		s.t.Errorf("what is wrong with a row tells what stands in it: %s", problems)
	}
	lead.send(checked, one+"/start").Want(http.StatusSeeOther)
	atRest(s.t, lead.Visitor, one).Has("h1", "1 expression imported")
	other := lead.SendFile(lead.get(imports), imports, nil, pagetest.File{Field: "file", Name: "kanari-2.csv", Content: content + "\n"}).Want(http.StatusSeeOther).Location
	lead.send(lead.get(other), other+"/discard").Want(http.StatusSeeOther)
	queue := lead.get("/admin/expressions?tab=all").Doc()
	lead.get(queue.Find("tbody tr:contains('Kanari Imported') a").First().AttrOr("href", "none")).Has("dl", "Row 2 of kanari.csv")
}

// readsTheAudit filters it, with mistakes first, and downloads it.
func (s *story) readsTheAudit(lead walker) {
	const all = "/admin/audit"
	again := lead.wrongly(lead.get(all), all)
	lead.send(again, all, "about", path.Base(lead.first("/admin/expressions?tab=all")), "from", s.at.Now().Format("2/1/2006"), "to", "").Want(http.StatusSeeOther)
	lead.get(all + ".csv")
}

// setsTimes sets what counts in working days, with mistakes first.
func (s *story) setsTimes(lead walker) {
	const times, stages, replies, holidays = "/admin/times", "/admin/times/stages", "/admin/times/replies", "/admin/times/holidays"
	lead.send(lead.wrongly(lead.get(times), stages), stages, "received", "5", "in-review", "", "contacted", "", "finding-placement", "",
		"updating", "", "applied-to-regulator", "").Want(http.StatusSeeOther)
	lead.send(lead.wrongly(lead.get(times), replies), replies, "usual", "5", "accessibility", "").Want(http.StatusSeeOther)
	day := s.at.Now().AddDate(0, 0, 300)
	for day.Weekday() != time.Wednesday {
		day = day.AddDate(0, 0, 1)
	}
	// What a bank holiday is called is nobody's data, and kept as such.
	lead.send(lead.wrongly(lead.get(times), holidays), holidays, "day", day.Format("2"), "month", day.Format("1"), "year", day.Format("2006"),
		"name", "A special day").Want(http.StatusSeeOther)
	lead.send(lead.get(times), holidays+"/remove", "day", day.Format(time.DateOnly)).Want(http.StatusSeeOther)
}

// erases reads everything about the person, and erases it.
func (s *story) erases(lead walker) {
	one := lead.first("/admin/expressions?tab=all")
	lead.get(one + "/data")
	lead.get(one + "/data.json")
	again := lead.wrongly(lead.get(one+"/erase"), one+"/erase")
	lead.send(again, one+"/erase", "typed", path.Base(one)).Want(http.StatusSeeOther)
}

// forgets signs in by the link of somebody who forgot their password.
func (s *story) forgets() {
	const forgot = "/admin/forgot"
	w := s.walker()
	w.wrongly(w.get(forgot), forgot)
	w.send(w.get(forgot), forgot, "email", leadAddress).Want(http.StatusOK)
	link := s.mailed(leadAddress)
	w.send(w.get(link), link, "password", "kanari-ten-loud-geese-fly").Want(http.StatusSeeOther)
}

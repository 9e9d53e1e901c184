package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestTheEmailAboutAMoveIsSeenAndMayBeChangedBeforeItGoes(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	move := path + "/move"
	form := visitor.Get(path).Has("form[action$='/move']", "An email tells the person of a move to: Declined, Withdrawn, Closed")
	letter := visitor.Send(form, move, url.Values{"to": {"declined"}, "reason": {"declined/no-capacity"}, "note": {"Full\nuntil May"}}).
		Want(http.StatusOK).Has("h1", "Check the email").Has("dl", "About your expression of interest: "+c.Reference).
		Has("dl", "Declined: No placement can be offered").Has("dl", "Full until May").Has("form", "Dear Zoë Example").
		Has("#says", "cannot offer you a placement").Has("#next", "Ask other employers").Has("details", "Give your reference")
	if n := p.count(`select count(*) from event`); n != 1 {
		t.Errorf("%d events once the email was shown, want 1: nothing happens yet", n)
	}
	if n := p.count(`select count(*) from audit_event where action = 'expression.view' and subject_id = $1`, c.ID); n != 2 {
		t.Errorf("%d looks are in the audit, want 2: at the case, and at the email", n)
	}
	for field, wrong := range map[string]string{"says": " ", "next": strings.Repeat("x", 4001)} {
		visitor.Send(letter, move, url.Values{"mail": {"send"}, field: {wrong}}).Want(http.StatusUnprocessableEntity).
			Has(".nhsuk-error-summary a[href='#"+field+"']", "")
	}
	own := url.Values{"says": {"We spoke today.\nYou know why."}, "next": {"Ring us in May"}}
	back := visitor.Send(letter, move, with(own, "mail", "back")).Want(http.StatusOK).Has("#move-note", "until May")
	letter = visitor.Send(back, move, nil).Want(http.StatusOK).Has("#says", "We spoke today.").Has("#next", "Ring us in May")
	for range 2 { // a double click
		visitor.Send(letter, move, url.Values{"mail": {"send"}}).Want(http.StatusSeeOther)
	}
	visitor.Get(path).Has(".app-timeline", "Full until May").Has(".app-timeline", "The email said: We spoke today. You know why. Ring us in May").
		Has(".app-timeline", "Email waiting: moved to “Declined”")
	if n := p.count(`select count(*) from mail where kind = 'stage-changed'`); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

func TestACaseMovesWithoutAnEmailWhenStaffSaySo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	letter := visitor.Send(visitor.Get(path), path+"/move", url.Values{"to": {"withdrawn"}, "reason": {"withdrawn/cost"}}).Want(http.StatusOK)
	visitor.Send(letter, path+"/move", url.Values{"mail": {"none"}, "says": {"Never sent"}}).Want(http.StatusSeeOther)
	if n := p.count(`select count(*) from mail where kind = 'stage-changed'`); n != 0 {
		t.Errorf("%d mails, want none", n)
	}
	if n := p.count(`select count(*) from event_detail where mail_says <> ''`); n != 0 {
		t.Error("the words of an email that nobody sent are kept")
	}
}

func TestWordsForAnEmailStayWhenTheCaseChangedMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	first, _ := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	move := path + "/move"
	letter := second.Send(second.Get(path), move, url.Values{"to": {"closed"}, "reason": {"closed/no-answer"}}).Want(http.StatusOK)
	first.Send(first.Get(path), move, url.Values{"to": {"in-review"}}).Want(http.StatusSeeOther)
	own := url.Values{"mail": {"send"}, "says": {"My own words"}, "next": {""}}
	stale := second.Send(letter, move, own).Want(http.StatusConflict).Has(".nhsuk-card--warning", "Moved from “Received” to “In review”")
	letter = second.Send(stale, move, nil).Want(http.StatusOK).Has("#says", "My own words")
	ended := first.Send(first.Get(path), move, url.Values{"to": {"withdrawn"}, "reason": {"withdrawn/cost"}, "mail": {"none"}})
	ended.Want(http.StatusSeeOther)
	second.Send(letter, move, own).Want(http.StatusConflict).Has(".nhsuk-card--warning", "You wrote: My own words")
}

func TestAnotherReasonIsGivenInTheNote(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	const summary = ".nhsuk-error-summary"
	form := visitor.Get(path)
	visitor.Send(form, path+"/move", url.Values{"to": {"declined"}, "reason": {"declined/other"}}).Want(http.StatusUnprocessableEntity).
		Has(summary+" a[href='#move-note']", "Enter the reason in the note")
	visitor.Send(form, path+"/hold", with(ahead(2), "reason", "other")).Want(http.StatusUnprocessableEntity).
		Has(summary+" a[href='#hold-note']", "Enter the reason in the note")
	visitor.Send(form, path+"/hold", with(with(ahead(2), "reason", "other"), "note", "Moves house")).Want(http.StatusSeeOther)
}

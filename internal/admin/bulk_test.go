package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/staff"
)

// finish makes a change of many cases to its end, as the job does.
func (p *portal) finish(path string) {
	p.t.Helper()
	store := &bulk.Store{DB: p.pool, Outbox: mail.NewOutbox(), Now: time.Now}
	for more := true; more; {
		var err error
		if more, err = store.Next(p.t.Context(), path[strings.LastIndex(path, "/")+1:]); err != nil {
			p.t.Fatalf("Next: %v", err)
		}
	}
}

func TestCasesAreChangedTogetherOnceTheyWereLookedAt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	first, second := p.expression("Zoë Example", "physiotherapists"), p.expression("Yan Example", "dietitians")
	lead, _ := p.signedIn(staff.Lead)
	const at, summary = "/admin/expressions/bulk", ".nhsuk-error-summary"
	choice := lead.Get(at+"?profession=dietitians").Has("main", "Yan Example").Has("main", "All that the list has: 1 case")
	if strings.Contains(choice.Text("main"), "Zoë") {
		t.Error("the choice has cases that the filter leaves out")
	}
	choice = lead.Get(at)
	lead.Send(choice, at, nil).Want(http.StatusUnprocessableEntity).Has(summary, "Select the cases").Has(summary, "Select what to do")
	both := url.Values{"which": {"all"}, "kind": {"move"}}
	lead.Send(choice, at, with(both, "to", "declined/other")).Want(http.StatusUnprocessableEntity).Has(summary, "Enter the reason in the note")
	lead.Send(choice, at, url.Values{"which": {"all"}, "kind": {"assign"}, "assignee": {"x"}}).Want(http.StatusUnprocessableEntity).Has(summary, "Select somebody who can have cases")
	lead.Send(choice, at, url.Values{"which": {"ticked"}, "case": {"x"}, "kind": {"assign"}}).Want(http.StatusBadRequest)
	planned := lead.Send(choice, at, with(both, "to", "declined/no-capacity")).Want(http.StatusSeeOther)
	plan := lead.Follow(planned).Has("h1", "Check the change").Has("dl", "Will be changed2").Has("#says", "cannot offer you a placement").Has("main", "Dear (their name)")
	start := planned.Location + "/start"
	lead.Send(plan, start, url.Values{"mail": {"send"}, "says": {""}}).Want(http.StatusUnprocessableEntity).Has(summary, "Enter what the email says")
	for range 2 { // a double click
		lead.Send(plan, start, url.Values{"mail": {"send"}, "says": {"No room until May."}}).Want(http.StatusSeeOther)
	}
	going := lead.Get(planned.Location).Has("h1", "How far the change is").Has("dl", "Waits2")
	stop := going.Doc().Find("main a:contains('Stop this page')").AttrOr("href", "")
	for asked, refresh := range map[string]string{
		"": "3; url=" + planned.Location + "?look=1", "?look=x": "3; url=" + planned.Location + "?look=1",
		"?look=4": "3; url=" + planned.Location + "?look=5", "?look=5": "20; url=" + planned.Location + "?look=6",
		"?look=18": "20; url=" + planned.Location + "?look=19", "?look=19": "", "?look=999999": "",
	} {
		if got := lead.Get(planned.Location + asked).Header.Get("Refresh"); got != refresh {
			t.Errorf("the page of a change that goes on, asked for by %q, has Refresh %q, want %q", asked, got, refresh)
		}
	}
	stopped := lead.Get(stop).Has("main", "This page no longer updates")
	if stopped.Header.Get("Refresh") != "" || stopped.Doc().Find("main a[href='"+planned.Location+"']").Text() != "See how far it is now" {
		t.Errorf("the page that was stopped has Refresh %q, and %q", stopped.Header.Get("Refresh"), stopped.Text("main"))
	}
	p.finish(planned.Location)
	done := lead.Get(planned.Location).Has("main", "The change is finished").Has("dl", "Done2")
	if done.Header.Get("Refresh") != "" {
		t.Error("the page of a change that is finished loads itself again")
	}
	for _, c := range []string{first.Reference, second.Reference} {
		lead.Get("/admin/expressions/"+c).Has(".nhsuk-tag", "Declined").Has(".app-timeline", "No room until May.")
	}
}

func TestAReviewerChangesNoCaseOfAColleague(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, _ := p.signedIn(staff.Lead)
	reviewer, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	lead.Send(lead.Get(path), path+"/assign", url.Values{"me": {"yes"}}).Want(http.StatusSeeOther)
	const at = "/admin/expressions/bulk"
	planned := reviewer.Send(reviewer.Get(at), at, url.Values{"which": {"all"}, "kind": {"tell"}, "template": {"still-looking"}}).Want(http.StatusSeeOther)
	plan := reviewer.Follow(planned).Has("main", "A colleague has it").Has("main", "None of these cases can be changed so")
	lead.Get(planned.Location).Want(http.StatusNotFound)
	reviewer.Post(planned.Location+"/start", with(formKey(plan), "says", "Hello")).Want(http.StatusSeeOther)
	p.finish(planned.Location)
	if n := p.count(`select count(*) from mail where kind = 'told'`); n != 0 {
		t.Errorf("%d messages went to the person of a colleague's case, want none", n)
	}
}

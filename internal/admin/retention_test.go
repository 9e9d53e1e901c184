package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/staff"
)

func TestLeadSetsHowLongThingsAreKept(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	c := p.expression("Zoë Example", "physiotherapists")
	old := func() { // the case ended 10 months ago
		if _, err := p.pool.Exec(t.Context(), `update expression set stage_since = now() - interval '10 months' where id = $1`, c.ID); err != nil {
			t.Fatal(err)
		}
	}
	lead, account := p.signedIn(staff.Lead)
	move := interest.Move{Reference: c.Reference, Version: 1, To: interest.Closed, Reason: "no-answer", Nonce: "n"}
	if err := p.interest.Move(t.Context(), interest.By{StaffID: account.ID}, move); err != nil {
		t.Fatalf("Move: %v", err)
	}
	old()
	path := "/admin/retention/ended-expression"
	lead.Get("/admin/retention").Want(http.StatusOK).Has("tbody", "12 months after the day the case ended").Has("tbody", "As the portal came").
		Has("tbody", "Not yet").Has("a[href='"+path+"']", "Expressions of interest that have ended")
	form := lead.Get(path).Want(http.StatusOK)
	for _, wrong := range []string{"", "2", "73", "six"} {
		lead.Send(form, path, url.Values{"period": {wrong}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter")
	}
	confirm := lead.Send(form, path, url.Values{"period": {"6"}}).Want(http.StatusOK).
		Has(".nhsuk-card--warning", "Counted now: 1").Has("main", "6 months after the day the case ended")
	if n := p.count(`select count(*) from expression`) + p.count(`select count(*) from retention_run`); n != 1 {
		t.Errorf("counting left %d rows, want the case alone", n)
	}
	set := lead.Send(confirm, path, nil).Want(http.StatusSeeOther)
	lead.Follow(set).Want(http.StatusOK).Has(".nhsuk-notification-banner", "kept for 6 months").Has("tbody", "by Sam Rivers")
	lead.Send(confirm, path, url.Values{"period": {"9"}}).Want(http.StatusConflict).Has(".nhsuk-error-summary", "somebody changed it")
	if n := p.count(`select count(*) from audit_event where action = 'retention.set' and subject_id = 'ended-expression' and actor_id = $1`, account.ID); n != 1 {
		t.Errorf("changes in the audit = %d, want 1", n)
	}

	if _, err := (&purge.Store{DB: p.pool, Now: p.interest.Now}).Run(t.Context(), false); err != nil {
		t.Fatalf("Run: %v", err)
	}
	lead.Get("/admin/retention").Want(http.StatusOK).Has("main", "Runs that found something")
	lead.Get("/admin/expressions/"+c.Reference).Want(http.StatusGone).Has("h1", "Erased")

	lead.Get("/admin/retention/draft").Want(http.StatusOK).Has("main", "not to be chosen")
	lead.Get("/admin/retention/nothing").Want(http.StatusNotFound)
	reviewer, _ := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin/retention").Want(http.StatusForbidden)
}

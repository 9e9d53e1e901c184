package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/staff"
)

func TestWhatIsSetAsideIsInAListOfItsOwnUntilItIsRescued(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	if _, err := p.pool.Exec(t.Context(), `update expression set suspicion = 'trap', set_aside_at = received_at where id = $1`, c.ID); err != nil {
		t.Fatalf("setting a case aside: %v", err)
	}
	viewer, _ := p.signedIn(staff.Viewer)
	reviewer, account := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin").Want(http.StatusOK).Has("tbody", "Received0")
	reviewer.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "0 cases").Has("main", "1 form set aside")
	reviewer.Get("/admin/expressions?tab=set-aside").Want(http.StatusOK).Has("h2", "1 case").Has("tbody", c.Reference)
	path := "/admin/expressions/" + c.Reference
	form := reviewer.Get(path).Want(http.StatusOK).Has(".nhsuk-card--warning", "A field was filled in that people do not see")
	if n := form.Doc().Find("form[action*='" + path + "']").Not("[action$='/rescue']").Length(); n != 0 || strings.Contains(form.Text("main"), "Ours, since") {
		t.Errorf("a case that is set aside has %d forms beside the rescue, or a turn: nobody works on it yet", n)
	}
	wantWaysThatLead(t, form)
	reviewer.Post(path+"/move", with(formKey(form), "to", "in-review")).Want(http.StatusBadRequest)
	lead, _ := p.signedIn(staff.Lead)
	lead.Get(path).Want(http.StatusOK).Has("main", "Zoë Example").Has(".app-timeline", "Received").
		Has("a[href$='/data']", "Everything we hold").Has("a[href$='/erase']", "Erase this case")
	lead.Get(path+"/data").Want(http.StatusOK).Has("main", "Why it was set asideA field was filled in that people do not see")
	viewer.Post(path+"/rescue", nil).Want(http.StatusForbidden)
	for range 2 { // a double click
		reviewer.Follow(reviewer.Send(form, path+"/rescue", nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has(".app-timeline", "Found to be from a person").
			Has("form[action$='/move']", "Move")
	}
	reviewer.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "1 case")
	if n := p.count(`select count(*) from audit_event where action = 'expression.rescue' and actor_id = $1 and subject_id = $2`, account.ID, c.ID); n != 1 {
		t.Errorf("%d audit rows of the rescue, want 1", n)
	}
}

// wantWaysThatLead fails the test where a link into the page leads nowhere.
func wantWaysThatLead(t *testing.T, p *pagetest.Page) {
	t.Helper()
	for _, link := range p.Doc().Find("main a[href^='#']").EachIter() {
		if p.Doc().Find(link.AttrOr("href", "none")).Length() != 1 {
			t.Errorf("%q leads nowhere on the page", link.Text())
		}
	}
}

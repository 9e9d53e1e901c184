package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
)

func TestOffersOfThePersonAreInEverythingThatIsHeld(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, account := p.signedIn(staff.Lead)
	path := "/admin/expressions/" + c.Reference
	if text := lead.Get(path + "/data").Want(http.StatusOK).Text("main"); strings.Contains(text, "Offers of supervised practice with") {
		t.Errorf("everything about the person speaks of offers, of which there are none: %s", text)
	}
	theirs, other := p.offerOf("dietitians", "Lincoln"), p.offerOf("dietitians", "Louth")
	if _, err := p.pool.Exec(t.Context(), `update offer set email = 'ZOE@example.com' where id = $1`, theirs.ID); err != nil {
		t.Fatal(err)
	}
	item := "/admin/offers/" + theirs.Reference
	lead.Send(lead.Get(item), item+"/note", url.Values{"note": {"Rang the ward"}}).Want(http.StatusSeeOther)

	shown, file := lead.Get(path+"/data").Want(http.StatusOK), lead.Get(path+"/data.json").Want(http.StatusOK)
	for _, text := range []string{theirs.Reference, "Example Home", "Lincoln", "Sam Sample", "ZOE@example.com", "2 days a week", "Rang the ward"} {
		shown.Has("main", text)
		if !strings.Contains(file.Body, text) {
			t.Errorf("the file does not say %q: %s", text, file.Body)
		}
	}
	shown.Has("main", "A <b>small</b> team").Has("h2", "Offers of supervised practice with the same email address")
	for _, text := range []string{other.Reference, "Louth", account.Name, account.ID} {
		if main := shown.Text("main"); strings.Contains(main, text) || strings.Contains(file.Body, text) {
			t.Errorf("everything about the person says %q, which is not about them", text)
		}
	}
	var parsed subject.File
	if err := json.Unmarshal([]byte(file.Body), &parsed); err != nil || len(parsed.Offers) != 1 {
		t.Fatalf("the file has %d offers, %v, want 1", len(parsed.Offers), err)
	}
	if o := parsed.Offers[0]; o.Name != "Sam Sample" || o.More != "A <b>small</b> team" || len(o.Timeline) != 2 {
		t.Errorf("the offer in the file is %+v, want its contact, what they add, and 2 events", o)
	}
	lead.Get(path+"/erase").Want(http.StatusOK).Has("main a[href='"+item+"']", "Offer "+theirs.Reference)
}

func TestHomeCountsTheOpenOffersForThoseWhoSeeCases(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	reviewer, _ := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin").Want(http.StatusOK).Has("main a[href='/admin/offers']", "Offers of supervised practice: 0 open")
	p.offerOf("dietitians", "Lincoln")
	taken := p.offerOf("dietitians", "Louth")
	if _, err := p.pool.Exec(t.Context(), `update offer set state = 'matched' where id = $1`, taken.ID); err != nil {
		t.Fatal(err)
	}
	reviewer.Get("/admin").Has("main a[href='/admin/offers']", "Offers of supervised practice: 1 open")
	viewer, _ := p.signedIn(staff.Viewer)
	if n := viewer.Get("/admin").Want(http.StatusOK).Doc().Find("a[href='/admin/offers']").Length(); n != 0 {
		t.Errorf("a viewer is led to the offers %d times, want none", n)
	}
}

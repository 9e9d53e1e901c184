package admin_test

import (
	"crypto/rand"
	"net/http"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/staff"
)

// offerOf sends an offer from an address of its own, and gives it.
func (p *portal) offerOf(profession, site string) offer.Case {
	p.t.Helper()
	store := &offer.Store{DB: p.pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}
	var from [16]byte
	_, _ = rand.Read(from[:])
	next := time.Now().AddDate(1, 0, 0)
	token, err := store.Send(p.t.Context(), offer.Delivery{
		Form: offer.Form{
			Organisation: offer.OtherOrganisation, Other: "Example Home", Site: site, Work: profession, Month: "4", Year: next.Format("2006"), Days: "2",
			Name: "Sam Sample", Email: rand.Text() + "@example.com", More: "A <b>small</b> team",
		},
		Nonce: rand.Text(), Took: time.Minute, From: netip.AddrFrom16(from),
	})
	if err != nil {
		p.t.Fatalf("Send: %v", err)
	}
	reference, err := store.Receipt(p.t.Context(), token)
	if err != nil {
		p.t.Fatalf("Receipt: %v", err)
	}
	c, err := store.ByReference(p.t.Context(), reference)
	if err != nil {
		p.t.Fatalf("ByReference: %v", err)
	}
	return c
}

func TestOffersStandInAListAndBesideACase(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	visitor.Get("/admin/offers").Want(http.StatusOK).Has("h2", "0 offers").Has("main", "There is nothing here")
	c := p.expression("Zoë Example", "dietitians")
	visitor.Get("/admin/expressions/"+c.Reference).Want(http.StatusOK).Has("main", "No open offer fits this profession")
	p.offerOf("paramedics", "Louth")
	for range offer.PageSize + 1 {
		p.offerOf("dietitians", "Lincoln")
	}
	beside := visitor.Get("/admin/expressions/"+c.Reference).Has("table", "Example Home").Has("table", "Lincoln").Has("table", "2 days a week")
	if n := beside.Doc().Find("table:has(a[href^='/admin/offers/']) tbody tr").Length(); n != 5 {
		t.Errorf("offers beside the case = %d, want 5", n)
	}
	all, _ := beside.Doc().Find(`a[href^="/admin/offers?"]`).Attr("href")
	visitor.Get(all).Want(http.StatusOK).Has("h2", "26 offers, page 1 of 2")
	visitor.Get("/admin/offers?profession=paramedics").Want(http.StatusOK).Has("h2", "1 offer").Has("tbody", "Louth")
	visitor.Get("/admin/offers?state=closed").Want(http.StatusOK).Has("h2", "0 offers")
	for _, bad := range []string{"state=none", "profession=none", "page=0", "page=x"} {
		visitor.Get("/admin/offers?" + bad).Want(http.StatusBadRequest)
	}
	visitor.Get("/admin/offers?page=9").Want(http.StatusSeeOther)
	viewer, _ := p.signedIn(staff.Viewer)
	viewer.Get("/admin/offers").Want(http.StatusForbidden)
}

func TestAnOfferIsMatchedOnceAndASecondReviewerSeesIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.offerOf("dietitians", "Lincoln")
	first, account := p.signedIn(staff.Reviewer)
	second, _ := p.signedIn(staff.Lead)
	path := "/admin/offers/" + c.Reference
	form := first.Get(path).Want(http.StatusOK).Has("h1", c.Reference).Has("main", "A <b>small</b> team").Has("main", "Sam Sample")
	older := second.Get(path)
	first.Send(form, path+"/change", nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select what to do with the offer")
	for range 2 {
		done := first.Send(form, path+"/change", url.Values{"to": {"matched"}, "note": {"For a returner"}}).Want(http.StatusSeeOther)
		first.Follow(done).Has(".nhsuk-tag", "Matched").Has(".app-timeline", "For a returner")
	}
	second.Send(older, path+"/change", url.Values{"to": {"closed"}, "note": {"Not any more"}}).Want(http.StatusConflict).
		Has(".nhsuk-card--warning", "changed while you had it open").Has("#change-note", "Not any more")
	second.Send(second.Get(path), path+"/note", url.Values{"note": {" "}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter a note")
	second.Follow(second.Send(second.Get(path), path+"/note", url.Values{"note": {"Rang"}}).Want(http.StatusSeeOther)).Has(".app-timeline", "Rang")
	second.Follow(second.Send(second.Get(path), path+"/change", url.Values{"to": {"open"}}).Want(http.StatusSeeOther)).Has(".nhsuk-tag", "Open")
	if n := p.count(`select count(*) from audit_event where action = 'offer.match' and actor_id = $1 and subject_id = $2`, account.ID, c.ID); n != 1 {
		t.Errorf("matches in the audit = %d, want 1", n)
	}
	if n := p.count(`select count(*) from audit_event where action = 'offer.view' and actor_id = $1`, account.ID); n != 4 {
		t.Errorf("views in the audit = %d, want one for each time that the page was shown, 4", n)
	}
	first.Get("/admin/offers/A-ZZZ-ZZZZ").Want(http.StatusNotFound)
}

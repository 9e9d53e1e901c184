package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
)

const offerPath = "/return-to-practice/offer"

func newOffer() url.Values {
	return url.Values{
		"organisation": {"-"}, "other": {"Canary Home"}, "site": {"Canary Town"}, "profession": {"physiotherapists"}, "month": {"4"}, "year": {"2027"},
		"days": {"2"}, "name": {"Canary Name"}, "email": {"canary@example.com"}, "more": {"Canary <b>words</b>"},
	}
}

func TestAnOfferLeadsToAReferenceOnce(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	for _, from := range []string{"/return-to-practice", "/careers/clinical-placements"} {
		if n := v.Get(from).Want(http.StatusOK).Doc().Find(`main a[href="` + offerPath + `"]`).Length(); n != 1 {
			t.Errorf("%s has %d links to the form, want 1", from, n)
		}
	}
	if !strings.Contains(v.Get("/sitemap.xml").Body, offerPath+"<") {
		t.Error("the sitemap lacks the form")
	}
	form := v.Get(offerPath).Want(http.StatusOK)
	empty := v.Send(form, offerPath, nil).Want(http.StatusUnprocessableEntity).Has("title", "Error: ").Has(".nhsuk-error-summary", "Select your organisation")
	links := empty.Doc().Find(".nhsuk-error-summary a")
	links.Each(func(_ int, link *pagetest.Field) {
		if n := empty.Doc().Find(link.AttrOr("href", "none")).Length(); n != 1 {
			t.Errorf("%q leads to %d fields, want 1", link.Text(), n)
		}
	})
	if links.Length() != 8 {
		t.Errorf("errors = %d, want 8", links.Length())
	}
	wrong := newOffer()
	wrong.Set("email", "canary")
	v.Send(empty, offerPath, wrong).Want(http.StatusUnprocessableEntity).Has("#more", "Canary <b>words</b>").Has("#profession option[selected]", "Physiotherapists")
	v.Post(offerPath, newOffer()).Want(http.StatusForbidden)
	at.pass(10 * time.Second)
	sent := v.Send(form, offerPath, newOffer()).Want(http.StatusSeeOther)
	if again := v.Send(form, offerPath, newOffer()).Want(http.StatusSeeOther); again.Location != sent.Location {
		t.Errorf("the same form leads to %q and %q", sent.Location, again.Location)
	}
	confirmed := v.Another().Get(sent.Location).Want(http.StatusOK).Has("h1", "Your offer is sent")
	reference := confirmed.Text(".nhsuk-panel strong")
	if !strings.HasPrefix(reference, "A-") || strings.Contains(strings.ToLower(confirmed.Body), "canary") || confirmed.Doc().Find(`meta[name=robots][content=noindex]`).Length() != 1 {
		t.Errorf("the confirmation of %q is for search engines, or shows what was typed", reference)
	}
	v.Get(offerPath + "/sent/nothing").Want(http.StatusNotFound)
	var kept string
	err := p.Pool.QueryRow(t.Context(), `select (select string_agg(j::text, ' ') from river_job j) || (select string_agg(a::text, ' ') from audit_event a)`).Scan(&kept)
	if err != nil || strings.Contains(strings.ToLower(kept), "canary") {
		t.Errorf("jobs or audit hold what was typed (%v): %s", err, kept)
	}
}

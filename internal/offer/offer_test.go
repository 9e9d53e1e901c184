package offer_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

var today = updating.Date{Year: 2026, Month: time.November, Day: 20}

var reviewer = offer.By{StaffID: "a-reviewer", RequestID: "request"}

var members = []faculty.Organisation{{Slug: "example-trust", Name: "Example Trust", Kind: "NHS trust"}}

func newForm() offer.Form {
	return offer.Form{
		Organisation: "example-trust", Site: "Lincoln", Work: "physiotherapists", Month: "April", Year: "2027", Days: "2",
		Name: "Sam Sample", Email: "sam@example.com",
	}
}

func newDelivery(nonce string, change func(*offer.Form)) offer.Delivery {
	d := offer.Delivery{Form: newForm(), Nonce: nonce, Took: time.Minute, RequestID: "request"}
	var from [16]byte
	_, _ = rand.Read(from[:])
	d.From = netip.AddrFrom16(from)
	d.Form.Email = strings.ToLower(rand.Text()) + "@example.com"
	if change != nil {
		change(&d.Form)
	}
	return d
}

func newStore(t *testing.T, db postgres.DB) *offer.Store {
	t.Helper()
	faculties := &faculty.Store{DB: db}
	if err := faculties.Replace(t.Context(), faculty.Details{Name: "Example AHP Faculty"}, members, nil); err != nil {
		t.Fatalf("setting the faculty's details: %v", err)
	}
	return &offer.Store{DB: db, Outbox: mail.NewOutbox(), Now: func() time.Time { return noon }, Random: rand.Reader}
}

func mustSend(t *testing.T, s *offer.Store, d offer.Delivery) offer.Case {
	t.Helper()
	token, err := s.Send(t.Context(), d)
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	reference, err := s.Receipt(t.Context(), token)
	if err != nil {
		t.Fatalf("Receipt() = %v", err)
	}
	c, err := s.ByReference(t.Context(), strings.ToLower(reference))
	if err != nil {
		t.Fatalf("ByReference(%q) = %v", reference, err)
	}
	return c
}

func count(t *testing.T, db postgres.DB, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func TestAFormSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field, want string
		change      func(*offer.Form)
	}{
		{"organisation", "Select your organisation", func(f *offer.Form) { f.Organisation = "" }},
		{"organisation", "Select your organisation", func(f *offer.Form) { f.Organisation = "no-member" }},
		{"other", "Enter the name of your organisation", func(f *offer.Form) { f.Organisation = offer.OtherOrganisation }},
		{"site", "Enter the site or town", func(f *offer.Form) { f.Site = " " }},
		{"profession", "Select the profession that you could supervise", func(f *offer.Form) { f.Work = "physiotherapists/diagnostic-radiographers" }},
		{"month", "Enter the month you could start, like 11 or November", func(f *offer.Form) { f.Month = "13" }},
		{"year", "The month you could start must be this month or later", func(f *offer.Form) { f.Month, f.Year = "10", "2026" }},
		{"days", "Select how many days a week you could offer", func(f *offer.Form) { f.Days = "" }},
		{"days", "Select how many days a week you could offer", func(f *offer.Form) { f.Days = "6" }},
		{"name", "Enter your name", func(f *offer.Form) { f.Name = "" }},
		{"email", "Enter your work email address", func(f *offer.Form) { f.Email = "" }},
		{"email", "Enter an email address in the correct format, like name@example.com", func(f *offer.Form) { f.Email = "sam" }},
		{"phone", "Enter a phone number, like 01522 000000, 07700 900000 or +44 7700 900000", func(f *offer.Form) { f.Phone = "12" }},
		{"more", "What you add must be 1,000 characters or less", func(f *offer.Form) { f.More = strings.Repeat("é", 1001) }},
	} {
		f := newForm()
		c.change(&f)
		if errs := f.Validate(members, today); errs.For(c.field) != c.want || len(errs) != 1 {
			t.Errorf("Validate() = %v, want %s: %s", errs, c.field, c.want)
		}
	}
	good := newForm()
	good.More, good.Days, good.Work = strings.Repeat("é", 1000), "depends", "radiographers/diagnostic-radiographers"
	if errs := good.Validate(members, today); errs.Any() {
		t.Errorf("Validate(good) = %v", errs)
	}
}

func TestEveryWorkComesBackFromItsValue(t *testing.T) {
	t.Parallel()
	if n := len(offer.Works()); n != 18 {
		t.Errorf("%d works, want 14 professions and 4 branches", n)
	}
	for _, w := range offer.Works() {
		if got := offer.ParseWork(w.Value()); got != w || w.Name() == "" {
			t.Errorf("ParseWork(%q) = %v (%q), want %v", w.Value(), got, w.Name(), w)
		}
	}
	for from, want := range map[offer.State]int{offer.Open: 3, offer.Matched: 2, offer.Closed: 1, offer.SetAside: 1, "x": 0} {
		if got := offer.Moves(from); len(got) != want {
			t.Errorf("Moves(%s) = %v, want %d", from, got, want)
		}
	}
}

func TestTwentySendingsAtOnceMakeOneOffer(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	s := newStore(t, pool)
	d := newDelivery("one", nil)
	barrier := make(chan struct{})
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			<-barrier
			if _, err := s.Send(context.Background(), d); err != nil {
				t.Errorf("Send() = %v", err)
			}
		})
	}
	close(barrier)
	wait.Wait()
	for _, table := range []string{"offer", "mail", "offer_event", "audit_event"} {
		if n := count(t, pool, `select count(*) from `+table); n != 1 {
			t.Errorf("%s = %d, want 1", table, n)
		}
	}
	if _, err := pool.Exec(t.Context(), `update offer_event set note = 'x'`); err == nil {
		t.Error("the serving role changes a timeline")
	}
}

func TestAnOfferIsKeptAsItWasMadeAndAProgramsSetAside(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	s := newStore(t, tx)
	c := mustSend(t, s, newDelivery("one", func(f *offer.Form) { f.Phone = "01522 000000" }))
	if c.Organisation != "Example Trust" || c.From.Words() != "April 2027" || c.Days.Words() != "2 days a week" || c.Work.Name() != "Physiotherapists" || c.State != offer.Open {
		t.Errorf("the offer is %+v", c.Offer)
	}
	if got, err := s.ByID(t.Context(), c.ID); err != nil || got != c.Offer {
		t.Errorf("ByID() = %+v, %v, want %+v", got, err, c.Offer)
	}
	d := newDelivery("two", nil)
	d.Trapped = true
	aside := mustSend(t, s, d)
	if aside.State != offer.SetAside || count(t, tx, `select count(*) from mail where subject_id = $1`, aside.ID) != 0 {
		t.Errorf("a program's offer is %s, want it set aside without a mail", aside.State)
	}
	rescue := offer.Change{Reference: aside.Reference, Version: 1, To: offer.Open, Nonce: "rescue"}
	if err := s.Change(t.Context(), reviewer, rescue); err != nil || count(t, tx, `select count(*) from mail where subject_id = $1`, aside.ID) != 1 {
		t.Errorf("Change(rescue) = %v, want a mail", err)
	}
	bad := newDelivery("three", func(f *offer.Form) { f.Site = "" })
	for name, d := range map[string]offer.Delivery{"no key": newDelivery("", nil), "no site": bad} {
		if _, err := s.Send(t.Context(), d); !errors.Is(err, fault.Invalid) {
			t.Errorf("Send(%s) = %v, want Invalid", name, err)
		}
	}
	_, byID := s.ByID(t.Context(), "x")
	_, byReference := s.ByReference(t.Context(), "A-ZZZ-ZZZZ")
	_, byToken := s.Receipt(t.Context(), "x")
	for _, err := range []error{byID, byReference, byToken} {
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("what is not there = %v, want NotFound", err)
		}
	}
}

func TestChangesFollowTheMovesThatThereAre(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	s := newStore(t, tx)
	c := mustSend(t, s, newDelivery("one", nil))
	match := offer.Change{Reference: c.Reference, Version: 1, To: offer.Matched, Note: "For a returner", Nonce: "match"}
	for range 2 {
		if err := s.Change(t.Context(), reviewer, match); err != nil {
			t.Fatalf("Change(matched) = %v, want it once and a repeat", err)
		}
	}
	match.Nonce = "again"
	if err := s.Change(t.Context(), reviewer, match); !errors.Is(err, offer.ErrChanged) {
		t.Errorf("Change(of an older version) = %v, want ErrChanged", err)
	}
	match.Version = 2
	if err := s.Change(t.Context(), reviewer, match); !errors.Is(err, offer.ErrMove) {
		t.Errorf("Change(matched to matched) = %v, want ErrMove", err)
	}
	for range 2 {
		if err := s.AddNote(t.Context(), reviewer, offer.Note{Reference: c.Reference, Text: "Rang", Nonce: "note"}); err != nil {
			t.Fatalf("AddNote() = %v", err)
		}
	}
	if err := s.AddNote(t.Context(), reviewer, offer.Note{Reference: c.Reference, Nonce: "note"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("AddNote(nothing) = %v, want Invalid", err)
	}
	if err := s.View(t.Context(), reviewer, c.ID); err != nil {
		t.Errorf("View() = %v", err)
	}
	now, _ := s.ByReference(t.Context(), c.Reference)
	if now.State != offer.Matched || now.Version != 2 || len(now.Events) != 3 {
		t.Errorf("the offer is %s of version %d with %d events, want matched, 2 and 3", now.State, now.Version, len(now.Events))
	}
}

func TestOffersThatFitAreOpenAndOfTheProfession(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	for i, change := range []func(*offer.Form){
		func(f *offer.Form) { f.Work, f.Site, f.Month = "radiographers", "Any", "6" },
		func(f *offer.Form) { f.Work, f.Site = "radiographers/diagnostic-radiographers", "Diagnostic" },
		func(f *offer.Form) {
			f.Work, f.Site, f.Month = "radiographers/therapeutic-radiographers", "Therapeutic", "1"
		},
		func(f *offer.Form) { f.Work = "dietitians" },
	} {
		mustSend(t, s, newDelivery(string(rune('a'+i)), change))
	}
	for w, want := range map[offer.Work]string{
		{Profession: "radiographers"}:                                     "Therapeutic Diagnostic Any",
		{Profession: "radiographers", Branch: "diagnostic-radiographers"}: "Diagnostic Any",
		{Profession: "osteopaths"}:                                        "",
	} {
		got, err := s.Fitting(t.Context(), w)
		var sites []string
		for _, o := range got.Rows {
			sites = append(sites, o.Site)
		}
		if strings.Join(sites, " ") != want || got.Total != len(sites) || err != nil {
			t.Errorf("Fitting(%v) = %v of %d, %v, want %s", w, sites, got.Total, err, want)
		}
	}
	for f, want := range map[offer.Filter]int{{}: 4, {Profession: "radiographers"}: 3, {State: offer.Closed}: 0, {State: offer.Open, Profession: "dietitians"}: 1} {
		if page, err := s.List(t.Context(), f); err != nil || page.Total != want || len(page.Rows) != want || page.Pages != 1 {
			t.Errorf("List(%v) = %+v, %v, want %d", f, page, err, want)
		}
	}
	if counts, err := s.Count(t.Context()); err != nil || counts.Open != 4 || counts.SetAside != 0 {
		t.Errorf("Count() = %+v, %v, want 4 open", counts, err)
	}
}

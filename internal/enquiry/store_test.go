package enquiry_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// noon is the day of the examples: Friday 20 November 2026.
var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

var reviewer = enquiry.By{StaffID: "a-reviewer", RequestID: "request"}

// newStore keeps enquiries of a faculty; the time can be moved on.
func newStore(t *testing.T, db postgres.DB) (*enquiry.Store, *time.Time) {
	t.Helper()
	members := &faculty.Store{DB: db}
	if err := members.Replace(t.Context(), faculty.Details{Name: "Example AHP Faculty"}, nil, nil); err != nil {
		t.Fatalf("setting the faculty's details: %v", err)
	}
	now := noon
	return &enquiry.Store{DB: db, Outbox: mail.NewOutbox(), Now: func() time.Time { return now }, Random: rand.Reader}, &now
}

func newDelivery(nonce string) enquiry.Delivery {
	return enquiry.Delivery{
		Message: enquiry.Message{Kind: enquiry.Contact, Text: "Can you come to our fair?", Name: "Zoë Example", AnswerBy: enquiry.ByEmail, Email: "zoe@example.com"},
		Nonce:   nonce, Took: time.Minute, From: netip.MustParseAddr("192.0.2.1"), RequestID: "request",
	}
}

// mustSend sends a message and gives the enquiry.
func mustSend(t *testing.T, store *enquiry.Store, d enquiry.Delivery) enquiry.Case {
	t.Helper()
	token, err := store.Send(t.Context(), d)
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	receipt, err := store.ByToken(t.Context(), token)
	if err != nil {
		t.Fatalf("ByToken() = %v", err)
	}
	c, err := store.ByReference(t.Context(), receipt.Reference)
	if err != nil {
		t.Fatalf("ByReference(%q) = %v", receipt.Reference, err)
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

func TestAnEnquiryIsKeptWithItsMailAndItsDay(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, _ := newStore(t, tx)
	c := mustSend(t, store, newDelivery("one"))
	if c.State != enquiry.Open || c.Name != "Zoë Example" || c.Email != "zoe@example.com" || c.Due.String() != "2026-11-27" || c.Suspicion != "" {
		t.Errorf("the enquiry is %+v, want an open one that is due in 5 working days", c.Enquiry)
	}
	if len(c.Events) != 1 || c.Events[0].Kind != enquiry.EventReceived {
		t.Errorf("events = %+v, want that it was received", c.Events)
	}
	if n := count(t, tx, `select count(*) from mail where kind = 'enquiry-received' and subject_id = $1`, c.ID); n != 1 {
		t.Errorf("mails owed = %d, want 1", n)
	}
	byPhone := newDelivery("two")
	byPhone.Message.AnswerBy, byPhone.Message.Phone = enquiry.ByPhone, "01522 000000"
	c = mustSend(t, store, byPhone)
	if n := count(t, tx, `select count(*) from mail where subject_id = $1`, c.ID); n != 0 || c.Email != "" {
		t.Errorf("mails owed without an address = %d (%q), want none", n, c.Email)
	}
	if e, err := store.ByID(t.Context(), c.ID); err != nil || e != c.Enquiry {
		t.Errorf("ByID = %+v, %v, want %+v", e, err, c.Enquiry)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	store, _ := newStore(t, postgrestest.Tx(t))
	_, byReference := store.ByReference(t.Context(), "E-K7M-4XPD")
	_, byID := store.ByID(t.Context(), "no-id")
	_, byToken := store.ByToken(t.Context(), "sample")
	for what, err := range map[string]error{"reference": byReference, "id": byID, "token": byToken} {
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("by %s = %v, want NotFound", what, err)
		}
	}
	for name, d := range map[string]enquiry.Delivery{
		"no key": newDelivery(""), "no message": {Nonce: "n", Took: time.Minute, Message: enquiry.Message{Kind: enquiry.Contact}},
		"no kind": {Nonce: "n", Took: time.Minute, Message: enquiry.Message{Text: "x", Name: "x", AnswerBy: "email", Email: "a@b.c"}},
	} {
		if _, err := store.Send(t.Context(), d); !errors.Is(err, fault.Invalid) {
			t.Errorf("Send(%s) = %v, want Invalid", name, err)
		}
	}
}

func TestTwentySendingsAtOnceMakeOneEnquiry(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store, _ := newStore(t, pool)
	tokens, barrier := make([]string, 20), make(chan struct{})
	var wait sync.WaitGroup
	for i := range tokens {
		wait.Go(func() {
			<-barrier
			var err error
			if tokens[i], err = store.Send(context.Background(), newDelivery("the same")); err != nil {
				t.Errorf("Send() = %v", err)
			}
		})
	}
	close(barrier)
	wait.Wait()
	for _, token := range tokens {
		if token != tokens[0] {
			t.Errorf("tokens differ: %q and %q", token, tokens[0])
		}
	}
	if n := count(t, pool, `select count(*) from enquiry`); n != 1 {
		t.Errorf("enquiries = %d, want 1", n)
	}
	if n := count(t, pool, `select count(*) from mail`); n != 1 {
		t.Errorf("mails = %d, want 1", n)
	}
	if n := count(t, pool, `select max(failures) from attempt`); n != 1 {
		t.Errorf("attempts counted = %d, want 1: a repeat is none", n)
	}
	other := newDelivery("the same")
	other.Message.Text = "Other words, after Back"
	if token, err := store.Send(context.Background(), other); err != nil || token == tokens[0] {
		t.Errorf("Send(other words) = %q, %v, want another enquiry", token, err)
	}
}

func TestWhatLooksLikeAProgramIsSetAside(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, _ := newStore(t, tx)
	trapped, fast := newDelivery("trapped"), newDelivery("fast")
	trapped.Trapped, fast.Took = true, 2*time.Second
	for want, d := range map[enquiry.Suspicion]enquiry.Delivery{enquiry.Trap: trapped, enquiry.Fast: fast} {
		c := mustSend(t, store, d)
		if c.State != enquiry.SetAside || c.Suspicion != want {
			t.Errorf("the enquiry is %s for %q, want it set aside for %q", c.State, c.Suspicion, want)
		}
	}
	if n := count(t, tx, `select count(*) from mail`); n != 0 {
		t.Errorf("mails = %d, want none", n)
	}
}

func TestTooManyAreSetAsideAndThenRefused(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, now := newStore(t, tx)
	states := map[enquiry.State]int{}
	var refused error
	for i := range 70 {
		d := newDelivery(fmt.Sprint(i))
		d.Message.Email = fmt.Sprintf("zoe%d@example.com", i)
		if _, refused = store.Send(t.Context(), d); refused != nil {
			break
		}
	}
	for _, state := range []enquiry.State{enquiry.Open, enquiry.SetAside} {
		states[state] = count(t, tx, `select count(*) from enquiry where state = $1`, state)
	}
	var wait *fault.WaitError
	if states[enquiry.Open] != 11 || states[enquiry.SetAside] != 51 || !errors.As(refused, &wait) || !errors.Is(refused, fault.Limited) {
		t.Errorf("open = %d, set aside = %d, then %v, want 11, 51 and a wait", states[enquiry.Open], states[enquiry.SetAside], refused)
	}
	elsewhere := newDelivery("elsewhere")
	elsewhere.From = netip.MustParseAddr("198.51.100.7")
	if c := mustSend(t, store, elsewhere); c.State != enquiry.Open {
		t.Errorf("one from elsewhere is %s, want it open", c.State)
	}
	*now = noon.Add(25 * time.Hour)
	if c := mustSend(t, store, newDelivery("a day later")); c.State != enquiry.Open {
		t.Errorf("one a day later is %s, want it open", c.State)
	}
}

func TestOneAddressIsNotSentMailAfterMail(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, _ := newStore(t, tx)
	for i := range 6 {
		d := newDelivery(fmt.Sprint(i))
		d.From = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
		mustSend(t, store, d)
	}
	if n := count(t, tx, `select count(*) from mail`); n != 4 {
		t.Errorf("mails to one address = %d, want 4", n)
	}
}

func TestChangesFollowTheMovesThatThereAre(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, _ := newStore(t, tx)
	c := mustSend(t, store, newDelivery("one"))
	answer := enquiry.Change{Reference: c.Reference, Version: 1, To: enquiry.Answered, How: enquiry.AnsweredByPhone, Note: "Rang her", Nonce: "answer"}
	for range 2 {
		if err := store.Change(t.Context(), reviewer, answer); err != nil {
			t.Fatalf("Change(answered) = %v, want it once and a repeat", err)
		}
	}
	c, err := store.ByReference(t.Context(), c.Reference)
	if err != nil || c.State != enquiry.Answered || c.AnsweredBy != enquiry.AnsweredByPhone || c.Version != 2 || len(c.Events) != 2 || c.Events[0].Note != "Rang her" {
		t.Errorf("answered: %+v, %v", c, err)
	}
	stale := enquiry.Change{Reference: c.Reference, Version: 1, To: enquiry.Open, Nonce: "stale"}
	if err := store.Change(t.Context(), reviewer, stale); !errors.Is(err, enquiry.ErrChanged) {
		t.Errorf("Change(an older version) = %v, want ErrChanged", err)
	}
	for name, forged := range map[string]enquiry.Change{
		"answered again":  {Reference: c.Reference, Version: 2, To: enquiry.Answered, How: enquiry.AnsweredByPost, Nonce: "a"},
		"answered, aside": {Reference: c.Reference, Version: 2, To: enquiry.SetAside, Nonce: "b"},
		"nowhere":         {Reference: c.Reference, Version: 2, To: "nowhere", Nonce: "c"},
	} {
		if err := store.Change(t.Context(), reviewer, forged); !errors.Is(err, enquiry.ErrMove) {
			t.Errorf("Change(%s) = %v, want ErrMove", name, err)
		}
	}
	if err := store.Change(t.Context(), reviewer, enquiry.Change{Reference: c.Reference, Version: 2, To: enquiry.Open}); !errors.Is(err, fault.Invalid) {
		t.Errorf("Change(no key) = %v, want Invalid", err)
	}
	if err := store.Change(t.Context(), reviewer, enquiry.Change{Reference: c.Reference, Version: 2, To: enquiry.Open, Nonce: "reopen"}); err != nil {
		t.Errorf("Change(open again) = %v", err)
	}
	for range 2 {
		if err := store.AddNote(t.Context(), reviewer, enquiry.Note{Reference: c.Reference, Text: "A note", Nonce: "note"}); err != nil {
			t.Errorf("AddNote() = %v", err)
		}
	}
	if err := store.AddNote(t.Context(), reviewer, enquiry.Note{Reference: c.Reference, Text: " ", Nonce: "empty"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("AddNote(empty) = %v, want Invalid", err)
	}
	if err := store.View(t.Context(), reviewer, c.ID); err != nil {
		t.Errorf("View() = %v", err)
	}
	for action, want := range map[string]int{"enquiry.send": 1, "enquiry.answer": 1, "enquiry.reopen": 1, "enquiry.note": 1, "enquiry.view": 1} {
		if n := count(t, tx, `select count(*) from audit_event where action = $1 and subject_id = $2`, action, c.ID); n != want {
			t.Errorf("%s in the audit = %d, want %d", action, n, want)
		}
	}
}

func TestARescuedEnquiryGetsItsMailOnce(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, _ := newStore(t, tx)
	d := newDelivery("trapped")
	d.Trapped = true
	c := mustSend(t, store, d)
	for i, to := range []enquiry.State{enquiry.Open, enquiry.SetAside, enquiry.Open} {
		change := enquiry.Change{Reference: c.Reference, Version: i + 1, To: to, Nonce: fmt.Sprint(i)}
		if err := store.Change(t.Context(), reviewer, change); err != nil {
			t.Fatalf("Change(%s) = %v", to, err)
		}
	}
	if n := count(t, tx, `select count(*) from mail where subject_id = $1`, c.ID); n != 1 {
		t.Errorf("mails = %d, want 1", n)
	}
}

func TestListFiltersAndCountsWhatIsLate(t *testing.T) {
	t.Parallel()
	store, now := newStore(t, postgrestest.Tx(t))
	first := mustSend(t, store, newDelivery("first"))
	*now = noon.Add(10 * 24 * time.Hour)
	second, trapped := newDelivery("second"), newDelivery("trapped")
	second.Message.Kind, trapped.Trapped = enquiry.Complaint, true
	complaint := mustSend(t, store, second)
	mustSend(t, store, trapped)
	if err := store.Change(t.Context(), reviewer, enquiry.Change{
		Reference: complaint.Reference, Version: 1, To: enquiry.Answered, How: enquiry.AnsweredByEmail, Nonce: "n",
	}); err != nil {
		t.Fatalf("Change() = %v", err)
	}
	for _, test := range []struct {
		filter enquiry.Filter
		want   int
	}{
		{enquiry.Filter{}, 2}, {enquiry.Filter{State: enquiry.Open}, 1}, {enquiry.Filter{State: enquiry.Answered}, 1},
		{enquiry.Filter{State: enquiry.SetAside}, 1}, {enquiry.Filter{Kind: enquiry.Complaint}, 1},
		{enquiry.Filter{Kind: enquiry.Accessibility}, 0}, {enquiry.Filter{State: enquiry.Open, Kind: enquiry.Complaint}, 0},
	} {
		page, err := store.List(t.Context(), test.filter)
		if err != nil || page.Total != test.want || len(page.Rows) != test.want {
			t.Errorf("List(%+v) = %d of %d, %v, want %d", test.filter, len(page.Rows), page.Total, err, test.want)
		}
	}
	all, err := store.List(t.Context(), enquiry.Filter{})
	if err != nil || all.Rows[0].Reference != complaint.Reference || all.Rows[0].Late || all.Rows[1].Reference != first.Reference || !all.Rows[1].Late {
		t.Errorf("List() = %+v, %v, want the newest first and the older late", all.Rows, err)
	}
	if counts, err := store.Count(t.Context()); counts != (enquiry.Counts{Open: 1, Late: 1, SetAside: 1}) || err != nil {
		t.Errorf("Count() = %+v, %v, want 1 that is late and 1 set aside", counts, err)
	}
	beyond, err := store.List(t.Context(), enquiry.Filter{Page: 1 << 40})
	if err != nil || len(beyond.Rows) != 0 {
		t.Errorf("List(far page) = %+v, %v, want no rows", beyond, err)
	}
}

func TestPurgeDeletesWhatHasHadItsTime(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store, now := newStore(t, tx)
	answered, trapped := mustSend(t, store, newDelivery("answered")), newDelivery("trapped")
	mustSend(t, store, newDelivery("open"))
	trapped.Trapped = true
	mustSend(t, store, trapped)
	if err := store.Change(t.Context(), reviewer, enquiry.Change{
		Reference: answered.Reference, Version: 1, To: enquiry.Answered, How: enquiry.AnsweredByEmail, Nonce: "n",
	}); err != nil {
		t.Fatalf("Change() = %v", err)
	}
	for _, step := range []struct {
		at   time.Time
		want int64
	}{
		{noon.AddDate(0, 0, 30), 0}, {noon.AddDate(0, 0, 31), 1},
		{noon.AddDate(1, 0, 0), 0}, {noon.AddDate(1, 0, 1), 1}, {noon.AddDate(5, 0, 0), 0},
	} {
		*now = step.at
		if n, err := store.Purge(t.Context()); n != step.want || err != nil {
			t.Errorf("Purge() on %s = %d, %v, want %d", step.at, n, err, step.want)
		}
	}
	if n := count(t, tx, `select count(*) from enquiry where state = 'open'`); n != 1 {
		t.Errorf("open enquiries = %d, want the one that nobody has answered", n)
	}
}

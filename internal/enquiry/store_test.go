package enquiry_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
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
	store, _ := newStore(t, tx)
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
		setAside, err := store.PurgeSetAside(t.Context(), step.at.AddDate(0, 0, -30))
		answered, err2 := store.PurgeAnswered(t.Context(), step.at.AddDate(0, -12, 0))
		if n := setAside + answered; n != step.want || err != nil || err2 != nil {
			t.Errorf("purging on %s = %d, %v, %v, want %d", step.at, n, err, err2, step.want)
		}
	}
	if n := count(t, tx, `select count(*) from mail where subject_id not in (select id::text from enquiry)`); n != 0 {
		t.Errorf("mails about enquiries that are gone = %d, want none", n)
	}
	if n := count(t, tx, `select count(*) from enquiry where state = 'open'`); n != 1 {
		t.Errorf("open enquiries = %d, want the one that nobody has answered", n)
	}
}

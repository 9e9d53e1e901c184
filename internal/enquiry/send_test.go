package enquiry_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/suspect"
)

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
	for want, d := range map[suspect.Suspicion]enquiry.Delivery{suspect.Trap: trapped, suspect.Fast: fast} {
		c := mustSend(t, store, d)
		if c.State != enquiry.SetAside || c.Suspicion != want {
			t.Errorf("the enquiry is %s for %q, want it set aside for %q", c.State, c.Suspicion, want)
		}
	}
	if n := count(t, tx, `select count(*) from mail`); n != 0 {
		t.Errorf("mails = %d, want none", n)
	}
}

func TestWhatPeopleWriteIsNotSetAside(t *testing.T) {
	t.Parallel()
	store, _ := newStore(t, postgrestest.Tx(t))
	for i, text := range []string{
		"Help", "?", "Tak", "PLEASE RING ME TODAY!!!", "Żółć, naïveté, 你好, שלום, 👋",
		"The link https://www.hcpc-uk.org/registration/returning-to-practice/ on your page is broken. So is www.example.com/a?b=c&d=e.",
		"See https://a.example/1 https://b.example/2 https://c.example/3 https://d.example/4 https://e.example/5",
		"Write to me at zoe.two@example.com or +44 (0)7700 900123", "My course was free. Is there a loan, a bonus or a prize? I won’t pay 100% of £1,000.",
		"<b>Is this</b> <a href=\"https://example.com\">the page</a>?", "\tIndented\r\n\r\nand long\n" + strings.Repeat("I left practice in 2019. ", 70),
	} {
		d := newDelivery(fmt.Sprint(i))
		d.From, d.Message.Email = netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}), fmt.Sprintf("zoe-%d@example.com", i)
		d.Message.Text = text
		if c := mustSend(t, store, d); c.State != enquiry.Open || c.Suspicion != "" {
			t.Errorf("%.60q is %s for %q, want it open", text, c.State, c.Suspicion)
		}
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

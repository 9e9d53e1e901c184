package suspect_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/suspect"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var hospital = netip.MustParseAddr("192.0.2.1")

// desk weighs what is sent, at a time that the test moves on.
type desk struct {
	t        *testing.T
	attempts attempt.Store
	now      time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)}
	d.attempts = attempt.Store{DB: postgrestest.Tx(t), Now: func() time.Time { return d.now }}
	return d
}

// weigh counts each test's sendings apart: tests wait for each other's counts
// until they end.
func (d *desk) weigh(s suspect.Sending) (suspect.Suspicion, error) {
	s.Form = d.t.Name() + s.Form
	return s.Weigh(d.t.Context(), d.attempts)
}

// want fails the test unless a sending is suspected of this; "" is nothing.
func (d *desk) want(what string, s suspect.Sending, want suspect.Suspicion) {
	d.t.Helper()
	if got, err := d.weigh(s); got != want || err != nil {
		d.t.Errorf("%s = %q, %v, want %q", what, got, err, want)
	}
}

// wantWait fails the test unless a sending is refused for a while.
func (d *desk) wantWait(what string, s suspect.Sending, want time.Duration) {
	d.t.Helper()
	_, err := d.weigh(s)
	var wait *fault.WaitError
	if !errors.As(err, &wait) || !errors.Is(err, fault.Limited) || wait.After != want {
		d.t.Errorf("%s = %v, want a wait of %v", what, err, want)
	}
}

// from is an address of a network of its own for each number.
func from(n int) netip.Addr { return netip.AddrFrom4([4]byte{198, 51, byte(n >> 8), byte(n)}) }

func TestHowPeopleSendIsNotSuspected(t *testing.T) {
	t.Parallel()
	for what, s := range map[string]suspect.Sending{
		"one word, pasted":          {Took: 3 * time.Second, Email: "zoe@example.com"},
		"a form filled in for them": {Took: 4 * time.Second, Email: "zoe@example.com"},
		"a minute":                  {Took: time.Minute, Email: "zoe@example.com"},
		"a page left open all day":  {Took: 23 * time.Hour, Email: "zoe@example.com"},
		"an answer by phone":        {Took: time.Minute},
		"letters of other tongues":  {Took: time.Minute, Email: "zoë.o’brien+nhs@exämple.org"},
		"capitals":                  {Took: time.Minute, Email: "ZOE@EXAMPLE.COM"},
		"IPv6":                      {Took: time.Minute, From: netip.MustParseAddr("2001:db8::1")},
		"IPv4 written as IPv6":      {Took: time.Minute, From: netip.MustParseAddr("::ffff:192.0.2.1")},
		"no address that is known":  {Took: time.Minute, From: netip.Addr{}},
	} {
		t.Run(what, func(t *testing.T) { newDesk(t).want(what, s, "") })
	}
}

func TestHowProgramsSendIsSuspected(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		sending suspect.Sending
		want    suspect.Suspicion
	}{
		"every field filled in":            {suspect.Sending{Trapped: true, Took: time.Minute}, suspect.Trap},
		"every field filled in, slowly":    {suspect.Sending{Trapped: true, Took: 20 * time.Hour}, suspect.Trap},
		"every field filled in, at once":   {suspect.Sending{Trapped: true}, suspect.Trap},
		"at once":                          {suspect.Sending{}, suspect.Fast},
		"just faster than people":          {suspect.Sending{Took: 3*time.Second - 1}, suspect.Fast},
		"before the form was shown":        {suspect.Sending{Took: -time.Minute}, suspect.Fast},
		"at once, with a person's address": {suspect.Sending{Email: "zoe@example.com"}, suspect.Fast},
	} {
		t.Run(what, func(t *testing.T) { newDesk(t).want(what, test.sending, test.want) })
	}
}

func TestAHospitalIsHeardUntilItIsTooMany(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	person := func(n int) suspect.Sending {
		return suspect.Sending{From: hospital, Took: time.Minute, Email: fmt.Sprintf("person-%d@example.com", n)}
	}
	for n := range 11 {
		d.want("a colleague", person(n), "")
	}
	d.want("one more", person(11), suspect.Often)
	d.want("one from elsewhere", suspect.Sending{From: from(1), Took: time.Minute}, "")
	d.want("an offer from the hospital", suspect.Sending{Form: "offer", From: hospital, Took: time.Minute}, "")
	d.now = d.now.Add(time.Minute)
	d.want("one a minute later", person(12), "")
	d.want("one more", person(13), suspect.Often)
	d.now = d.now.Add(25 * time.Hour)
	for n := range 11 {
		d.want("a colleague a day later", person(n), "")
	}
}

func TestAnIPv6NetworkIsOnePlace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	host := func(last string) suspect.Sending {
		return suspect.Sending{From: netip.MustParseAddr("2001:db8:1:2::" + last), Took: time.Minute}
	}
	for n := range 11 {
		d.want("a host", host(fmt.Sprintf("%x", n+1)), "")
	}
	d.want("another host of the network", host("ffff"), suspect.Often)
	d.want("the network beside it", suspect.Sending{From: netip.MustParseAddr("2001:db8:1:3::1"), Took: time.Minute}, "")
}

func TestNobodysMailboxIsFilledFromManyPlaces(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	victim := func(n int, email string) suspect.Sending {
		return suspect.Sending{From: from(n), Took: time.Minute, Email: email}
	}
	for n := range 4 {
		d.want("a message with the address", victim(n, "zoe@example.com"), "")
	}
	d.want("one more", victim(4, "zoe@example.com"), suspect.Often)
	d.want("one more in capitals", victim(5, "Zoe@Example.COM"), suspect.Often)
	d.want("another address", victim(6, "ann@example.com"), "")
	d.now = d.now.Add(10 * time.Minute)
	d.want("one after ten minutes", victim(7, "zoe@example.com"), "")
}

func TestAFloodIsRefusedAndPeopleOfItsNetworkAreNot(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	program := suspect.Sending{From: hospital, Took: time.Second}
	for range 51 {
		d.want("what a program sends", program, suspect.Fast)
	}
	d.wantWait("one more", program, 10*time.Second)
	d.wantWait("one in the trap", suspect.Sending{From: hospital, Trapped: true, Took: time.Minute}, 10*time.Second)
	d.want("a person of the same network", suspect.Sending{From: hospital, Took: time.Minute, Email: "zoe@example.com"}, "")
	d.want("a program elsewhere", suspect.Sending{From: from(1), Took: time.Second}, suspect.Fast)
	d.now = d.now.Add(10 * time.Second)
	d.want("a program after the wait", program, suspect.Fast)
	d.wantWait("and once more", program, 20*time.Second)
}

func TestADatabaseThatIsAwayIsAFaultAndNoSuspicion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, s := range []suspect.Sending{{Form: "enquiry", Took: time.Minute}, {Form: "enquiry"}} {
		if _, err := s.Weigh(ctx, d.attempts); err == nil || errors.Is(err, fault.Limited) {
			t.Errorf("Weigh(took %v) = %v, want a fault that is no limit", s.Took, err)
		}
	}
}

func TestEverySuspicionSaysWhy(t *testing.T) {
	t.Parallel()
	said := map[string]suspect.Suspicion{}
	for _, s := range []suspect.Suspicion{suspect.Trap, suspect.Fast, suspect.Often} {
		if other, twice := said[s.Name()]; s.Name() == "" || twice {
			t.Errorf("%q says %q, as does %q", s, s.Name(), other)
		}
		said[s.Name()] = s
	}
	if name := suspect.Suspicion("").Name(); name != "" {
		t.Errorf("no suspicion says %q", name)
	}
}

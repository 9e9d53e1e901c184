package job_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// outage is a fault of the SMTP server that lasts until it recovers.
type outage struct {
	name   string
	forms  int
	limit  time.Duration // of a conversation
	begin  func(*mailtest.Server)
	repeat bool // its outcome is unclear: a mail may have been taken
}

// outages need time as the server answers: silence costs the limit each time.
var outages = []outage{
	{"SMTP refusing", 200, 30 * time.Second, func(s *mailtest.Server) { s.Refuse(slices.Repeat([]int{451}, 10_000)...) }, false},
	{"SMTP hanging up at once", 200, 30 * time.Second, (*mailtest.Server).Leave, false},
	{"SMTP silent", 24, 2 * time.Second, func(s *mailtest.Server) { s.Silence(math.MaxInt) }, false},
	{"SMTP slow, 0.2 s an answer", 100, 30 * time.Second, func(s *mailtest.Server) { s.Slow(200 * time.Millisecond) }, false},
	{"SMTP dropping after DATA", 200, 30 * time.Second, func(s *mailtest.Server) { s.Drop(math.MaxInt) }, true},
}

func TestNothingIsLostOrDoubledWhileSMTPFails(t *testing.T) {
	t.Parallel()
	for _, one := range outages {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.check(t)
		})
	}
}

func (o outage) check(t *testing.T) {
	t.Helper()
	const tries = 2 // of each mail before the server is back
	p, began := startOn(t, postgrestest.NewDatabase(t), o.limit), time.Now()
	o.begin(p.server)
	shown := p.sendMany(t, interesttest.Fewer(o.forms))
	for range tries {
		p.hurryAll(t)
		p.rest(t)
	}
	p.server.Recover()
	p.settle(t)
	outcome := interesttest.CheckMails(t, p.pool, shown, p.server.Received())
	outcome.Log(t, o.name, len(shown), began)
	want := 0
	if o.repeat { // each attempt was taken, and all but the last one unclear
		want = p.count(t, `select sum(attempts - 1) from mail`)
	}
	if outcome.Repeats != want {
		t.Errorf("%d mails came again, want %d: those whose answer was lost, and no other", outcome.Repeats, want)
	}
	p.checkNoCanary(t)
}

// sendMany sends so many forms and gives their references.
func (p portal) sendMany(t *testing.T, n int) []string {
	t.Helper()
	draft := p.draft(t)
	var shown []string
	for _, id := range interesttest.Copies(t, p.pool, draft.ID, n) {
		receipt, err := p.interest.Send(context.Background(), id, draft.Revision, "")
		if err != nil {
			t.Fatalf("Send() = %v", err)
		}
		shown = append(shown, receipt.Reference)
	}
	return shown
}

// hurryAll lets whatever waits for its next try run now.
func (p portal) hurryAll(t *testing.T) {
	t.Helper()
	if _, err := p.pool.Exec(context.Background(), `
		update river_job set state = 'available', scheduled_at = now() where state in ('retryable', 'scheduled')`); err != nil {
		t.Fatalf("hurrying the jobs: %v", err)
	}
}

// rest waits until every mail that could be tried has been.
func (p portal) rest(t *testing.T) {
	t.Helper()
	left := 0
	for range 1800 {
		left = p.count(t, `select count(*) from river_job where kind = 'mail' and state in ('available', 'running')`)
		if left == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%d mails are still being tried after three minutes", left)
}

// settle lets every mail be tried, again and again, until none is waiting.
func (p portal) settle(t *testing.T) {
	t.Helper()
	for range mail.MaxAttempts {
		p.rest(t)
		if p.count(t, `select count(*) from mail where state = 'waiting'`) == 0 {
			return
		}
		p.hurryAll(t)
	}
	t.Fatal("mails are still waiting")
}

func (p portal) count(t *testing.T, query string) int {
	t.Helper()
	var n int
	if err := p.pool.QueryRow(context.Background(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

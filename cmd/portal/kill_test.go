package main

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/private"
	"ahpfaculty/internal/server/servertest"
)

// TestNothingIsLostOrDoubledWhenThePortalIsKilled kills the program, with the
// Postgres that it runs, again and again while returners fill in forms and send
// them, and starts it again on the same data folder.
func TestNothingIsLostOrDoubledWhenThePortalIsKilled(t *testing.T) {
	t.Parallel()
	k := newKilled(t)
	k.start(t)
	var senders sync.WaitGroup
	for range 8 {
		senders.Go(func() { k.fillAndSend(t) })
	}
	kills := interesttest.Fewer(100)
	for n := range kills {
		k.waitForMoment(n)
		k.kill(t)
		k.start(t)
	}
	k.over.Store(true)
	senders.Wait()
	pool := k.database(t)
	k.settle(t, pool)
	outcome := interesttest.CheckMails(t, pool, k.shown, k.mails.Received())
	outcome.Log(t, fmt.Sprintf("`kill -9`, %d times", kills), len(k.shown)+int(k.unanswered.Load()), k.began)
	t.Logf("%d requests, %d of them sendings, got no answer", k.broken.Load(), k.unanswered.Load())
	if n := count(t, pool, `
		select count(*) from unnest($1::text[], $2::text[]) seen (reference, name)
		join expression using (reference, name)`, k.shown, k.names); n != len(k.shown) {
		t.Errorf("%d of %d references lead to the expression of who was shown them", n, len(k.shown))
	}
	if n := count(t, pool, `select count(*) from mail where attempts <> 1`); n != 0 {
		t.Errorf("%d mails were sent again although their sending was noted", n)
	}
	if k.unanswered.Load() == 0 {
		t.Error("no sending was broken off: the test shows less than it says")
	}
}

// killed is a portal that is killed and started again, and what its returners
// saw of it.
type killed struct {
	addr, dir  string
	mails      *mailtest.Server
	running    *process
	started    time.Time // the portal that runs
	random     *rand.Rand
	began      time.Time
	over       atomic.Bool
	forms      atomic.Int64  // begun
	pressed    chan struct{} // somebody sends a form now
	broken     atomic.Int64  // requests without an answer
	unanswered atomic.Int64  // sendings without an answer
	mu         sync.Mutex
	shown      []string // the references that returners were shown
	names      []string // of those returners
}

func newKilled(t *testing.T) *killed {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed of the moments: %d", seed)
	return &killed{
		addr: freePort(t), dir: dataDir(t), mails: mailtest.New(t, mailtest.Plain),
		random: rand.New(rand.NewPCG(seed, 0)), began: time.Now(), pressed: make(chan struct{}),
	}
}

func (k *killed) start(t *testing.T) {
	t.Helper()
	k.started = time.Now()
	k.running = start(t, []string{"serve"}, "PORTAL_DATA_DIR="+k.dir, "PORTAL_ADDR="+k.addr,
		"PORTAL_SMTP_URL=smtp://"+net.JoinHostPort(k.mails.Host, k.mails.Port)+"?tls=none")
	k.running.waitFor(t, "Portal ready", time.Minute)
}

func (k *killed) kill(t *testing.T) {
	t.Helper()
	if err := k.running.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	k.running.end(t, 10*time.Second)
}

// waitForMoment waits until a random moment: any, or soon after somebody
// pressed the button, or soon after a mail was taken.
func (k *killed) waitForMoment(n int) {
	switch n % 3 {
	case 0:
		time.Sleep(k.within(500 * time.Millisecond))
	case 1:
		<-k.pressed
		time.Sleep(k.within(30 * time.Millisecond))
	case 2:
		for taken := len(k.mails.Received()); len(k.mails.Received()) == taken; {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(k.within(3 * time.Millisecond))
	}
}

func (k *killed) within(most time.Duration) time.Duration {
	return time.Duration(k.random.Int64N(int64(most)))
}

// asPeopleDo is how long somebody looks at their answers before they send them:
// whose form takes less than 3 seconds is taken for a program, and gets no mail.
const asPeopleDo = 3100 * time.Millisecond

// fillAndSend is one returner after another, each with a form of their own.
func (k *killed) fillAndSend(t *testing.T) {
	for !k.over.Load() {
		n := k.forms.Add(1)
		name := fmt.Sprintf("Zoë Example %d", n)
		v := pagetest.At(t, "http://"+strings.Replace(k.addr, "127.0.0.1", "localhost", 1))
		v.From(fmt.Sprintf("127.0.%d.%d", n/200, 2+n%200))
		v.Insist(time.Minute)
		check := servertest.Whole(t, v, servertest.Give("name", "name", name), servertest.Give("email", "email", fmt.Sprintf("zoe-%d@example.com", n)))
		time.Sleep(asPeopleDo)
		select {
		case k.pressed <- struct{}{}:
		default:
		}
		before := v.Unanswered
		sent := v.Send(check, "/apply/check", nil).Want(http.StatusSeeOther)
		k.unanswered.Add(int64(v.Unanswered - before))
		confirmed := v.Follow(sent).Want(http.StatusOK)
		k.broken.Add(int64(v.Unanswered))
		k.mu.Lock()
		k.shown, k.names = append(k.shown, confirmed.Text(".nhsuk-panel strong")), append(k.names, name)
		k.mu.Unlock()
	}
}

// database reaches the Postgres of the portal that runs.
func (k *killed) database(t *testing.T) *pgxpool.Pool {
	t.Helper()
	shared, err := private.Start(t.Context(), private.Options{DataDir: k.dir, Log: slog.Default()})
	if err != nil {
		t.Fatalf("reaching the portal's Postgres: %v", err)
	}
	pool, err := postgres.Open(t.Context(), shared.ServingURL(), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// settle waits until no mail is owed any more. Time is put on: the jobs that
// portals were killed over began four minutes ago, after which the portal that
// runs takes them up, and no mail waits for its next try.
func (k *killed) settle(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	ctx, owed := t.Context(), 0
	for range 1200 {
		if _, err := pool.Exec(ctx, `
			update river_job set attempted_at = now() - interval '4 minutes' where state = 'running' and attempted_at < $1`, k.started); err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(ctx, `
			update river_job set state = 'available', scheduled_at = now() where state = 'retryable'`); err != nil {
			t.Fatal(err)
		}
		if owed = count(t, pool, `select count(*) from mail where state = 'waiting'`); owed == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d mails are still owed after two minutes", owed)
}

func count(t *testing.T, pool *pgxpool.Pool, query string, args ...any) int {
	t.Helper()
	var n int
	if err := pool.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

package server_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
)

// wantSent fails the test unless so many forms were sent, with one of all that
// belongs to each.
func wantSent(t *testing.T, p *servertest.Portal, want int) {
	t.Helper()
	for what, sql := range map[string]string{
		"expressions": `select count(*) from expression`,
		"events":      `select count(*) from event`,
		"first ones":  `select count(distinct expression_id) from event where kind = 'received'`,
		"audit rows":  `select count(*) from audit_event where action = 'expression.send' and outcome = 'done'`,
		"mails":       `select count(*) from mail where kind = 'expression-received'`,
		"jobs":        `select count(*) from river_job where kind = 'mail'`,
		"drafts":      `select count(*) from draft where reference is not null and answers = '{}'`,
	} {
		if got := p.Count(t, sql); got != want {
			t.Errorf("%s = %d, want %d", what, got, want)
		}
	}
}

// referenceOf is the reference that the page of a sent form shows.
func referenceOf(p *pagetest.Page) string { return p.Text(".nhsuk-panel strong") }

func TestFiftyPressesAreOneExpressionAndOneMail(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	v := p.Visitor(t)
	check := servertest.Whole(t, v)
	tabs := []*pagetest.Page{check, v.Get("/apply/check").Want(http.StatusOK)}
	var wait sync.WaitGroup
	barrier := make(chan struct{})
	var references [50]string
	for i := range references {
		wait.Go(func() {
			<-barrier
			sent := v.Send(tabs[i%2], "/apply/check", nil)
			if sent.Status != http.StatusSeeOther || sent.Location != "/apply/sent" {
				t.Errorf("press %d = %d to %q, want 303 to /apply/sent", i, sent.Status, sent.Location)
				return
			}
			references[i] = referenceOf(v.Get(sent.Location))
		})
	}
	close(barrier)
	wait.Wait()
	for i, got := range references {
		if got == "" || got != references[0] {
			t.Errorf("press %d shows %q, want %q", i, got, references[0])
		}
	}
	wantSent(t, p, 1)
	if n := p.Count(t, `select count(*) from expression where reference = $1`, references[0]); n != 1 {
		t.Errorf("expressions with the reference that was shown = %d, want 1", n)
	}
	inbox := p.Work(t, slog.New(slog.DiscardHandler))
	p.WaitForMail(t)
	if received := inbox.Received(); len(received) != 1 || len(received[0].To) != 1 || received[0].To[0] != "zoe@example.com" {
		t.Errorf("mails = %+v, want one to the person", received)
	}
}

// person is somebody who has answered everything.
type person struct {
	visitor *pagetest.Visitor
	check   *pagetest.Page
	name    string
}

func newPeople(t *testing.T, p *servertest.Portal, round, n int) []person {
	t.Helper()
	people := make([]person, n)
	for i := range people {
		one := person{visitor: p.Visitor(t), name: fmt.Sprintf("Zoë Example %d of round %d", i, round)}
		one.check = servertest.Whole(t, one.visitor, servertest.Give("name", "name", one.name))
		people[i] = one
	}
	return people
}

func TestNothingIsLostOrDoubledOverHTTPWhilePostgresCrashes(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	p := servertest.On(t, pool)
	const rounds, people = 4, 8
	var shown []string
	var presses atomic.Int64
	began := time.Now()
	for round := range rounds {
		sending := newPeople(t, p, round, people)
		references := make([]string, people)
		var wait sync.WaitGroup
		for i, one := range sending {
			offset := rand.N(500 * time.Millisecond)
			wait.Go(func() {
				time.Sleep(offset)
				references[i] = one.sendUntilTaken(t, &presses)
			})
		}
		time.Sleep(rand.N(300 * time.Millisecond))
		if err := database.Crash(); err != nil {
			t.Error(err)
		}
		time.Sleep(rand.N(300 * time.Millisecond))
		if err := database.Restart(t.Context()); err != nil {
			t.Error(err)
		}
		wait.Wait()
		p.Pool.Reset() // a connection that died with the server and was not used since counts nothing
		shown = append(shown, references...)
		for i, one := range sending {
			n := p.Count(t, `select count(*) from expression where reference = $1 and name = $2 and register_number = 'PH12345' and help = '{placement,supervisor}'`,
				references[i], one.name)
			if n != 1 {
				t.Errorf("expressions of %s under %q with all that was typed = %d, want 1", one.name, references[i], n)
			}
		}
	}
	wantSent(t, p, rounds*people)
	interesttest.Check(t, p.Pool, shown).Log(t, "Postgres crashed four times, over HTTP", int(presses.Load()), began)
}

// sendUntilTaken presses the button of whatever page it gets, as a person
// would, and gives the reference.
func (one person) sendUntilTaken(t *testing.T, presses *atomic.Int64) string {
	from := one.check
	for range 200 {
		presses.Add(1)
		sent := one.visitor.Send(from, "/apply/check", nil)
		switch {
		case sent.Status == http.StatusServiceUnavailable:
			from = sent
		case sent.Status == http.StatusSeeOther && sent.Location == "/apply/sent":
			confirmed := one.visitor.Get(sent.Location)
			if confirmed.Status == http.StatusOK {
				return referenceOf(confirmed)
			}
			if confirmed.Status != http.StatusServiceUnavailable {
				t.Errorf("the confirmation of %s = %d, want 200 or 503", one.name, confirmed.Status)
			}
		default:
			t.Errorf("sending the form of %s = %d to %q, want 503 or 303 to /apply/sent", one.name, sent.Status, sent.Location)
			return ""
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Errorf("the form of %s was never taken", one.name)
	return ""
}

func TestATabThatShowsOldAnswersSendsNothing(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	v := p.Visitor(t)
	old := servertest.Whole(t, v)
	servertest.Answer(t, v, servertest.Give("name", "name", "Zoë Changed"))
	fresh := v.Get("/apply/check").Want(http.StatusOK).Has("main", "Zoë Changed")
	v.Send(old, "/apply/check", nil).Want(http.StatusConflict).Has("main", "Zoë Changed")
	wantSent(t, p, 0)
	sent := v.Follow(v.Send(fresh, "/apply/check", nil).Want(http.StatusSeeOther)).Want(http.StatusOK)
	// The old tab is told of the form that was sent, not of one that it sends.
	late := v.Follow(v.Send(old, "/apply/check", nil).Want(http.StatusSeeOther)).Want(http.StatusOK)
	if referenceOf(late) != referenceOf(sent) || referenceOf(sent) == "" {
		t.Errorf("the tabs show %q and %q, want one reference", referenceOf(sent), referenceOf(late))
	}
	wantSent(t, p, 1)
	if n := p.Count(t, `select count(*) from expression where name = 'Zoë Changed'`); n != 1 {
		t.Errorf("expressions with the new answer = %d, want 1", n)
	}
}

// TestAnAnswerThatIsSavedWhileTheFormIsSentIsInItOrRefused races a tab that
// sends with one that changes an answer: one of them is first, and the other
// one's person sees that.
func TestAnAnswerThatIsSavedWhileTheFormIsSentIsInItOrRefused(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	for round := range 8 {
		v := p.Visitor(t)
		before, after := fmt.Sprintf("Zoë Before %d", round), fmt.Sprintf("Zoë After %d", round)
		check := servertest.Whole(t, v, servertest.Give("name", "name", before))
		asked := v.Get("/apply/name").Want(http.StatusOK)
		var sent, saved *pagetest.Page
		var wait sync.WaitGroup
		barrier := make(chan struct{})
		wait.Go(func() { <-barrier; sent = v.Send(check, "/apply/check", nil) })
		wait.Go(func() { <-barrier; saved = v.Send(asked, "/apply/name", servertest.Fields("name", after)) })
		close(barrier)
		wait.Wait()
		if sent.Status == http.StatusConflict { // the answer was first: nothing was sent
			sent.Has("main", after)
			v.Send(sent, "/apply/check", nil).Want(http.StatusSeeOther)
			wantNamed(t, p, before, 0)
			wantNamed(t, p, after, 1)
			continue
		}
		sent.Want(http.StatusSeeOther)
		wantNamed(t, p, before, 1)
		wantNamed(t, p, after, 0)
		if saved.Status == http.StatusSeeOther && saved.Location != "/apply/sent" {
			t.Errorf("an answer after the form was sent leads to %q as if it were kept, want /apply/sent", saved.Location)
		}
	}
	wantSent(t, p, 8)
}

func wantNamed(t *testing.T, p *servertest.Portal, name string, want int) {
	t.Helper()
	if n := p.Count(t, `select count(*) from expression where name = $1`, name); n != want {
		t.Errorf("expressions of %q = %d, want %d", name, n, want)
	}
}

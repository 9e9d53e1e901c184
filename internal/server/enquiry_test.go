package server_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

// clock is a time that a test moves on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// newClock shows noon on Friday 20 November 2026.
func newClock() *clock {
	return &clock{now: time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)}
}

func (c *clock) set(d *server.Deps) { d.Now = c.Now }

// canary is a message whose words must be nowhere but in the enquiry's table.
func canary() url.Values {
	return url.Values{"message": {"Canary words"}, "name": {"Canary Name"}, "answer-by": {"email"}, "email": {"canary@example.com"}}
}

func enquiries(t *testing.T, p *servertest.Portal, where string) int {
	t.Helper()
	var n int
	if err := p.Pool.QueryRow(context.Background(), `select count(*) from enquiry where `+where).Scan(&n); err != nil {
		t.Fatalf("counting enquiries: %v", err)
	}
	return n
}

func TestEveryDoorLeadsToAReference(t *testing.T) {
	t.Parallel()
	at, log := newClock(), &bytes.Buffer{}
	p := servertest.New(t, at.set, func(d *server.Deps) {
		d.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	v := p.Visitor(t)
	for _, door := range []struct{ from, path, kind, title, due string }{
		{"/contact", "/contact/write", "contact", "Your message is sent", "by 27 November 2026"},
		{"/accessibility", "/accessibility/report", "accessibility", "Your report is sent", "by 27 November 2026"},
		{"/privacy", "/privacy/complain", "complaint", "Your complaint is sent", "by 19 December 2026"},
	} {
		if n := v.Get(door.from).Want(http.StatusOK).Doc().Find(`a.nhsuk-button[href="` + door.path + `"]`).Length(); n != 1 {
			t.Errorf("%s has %d buttons to %s, want 1", door.from, n, door.path)
		}
		form := v.Get(door.path).Want(http.StatusOK).Has("main", "Phone").Has("main", "Post").Has("main", "To be set by the faculty")
		at.pass(10 * time.Second)
		sent := v.Send(form, door.path, canary()).Want(http.StatusSeeOther)
		if strings.Contains(strings.ToLower(sent.Location), "canary") || sent.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s leads to %q with cookie %q, want neither", door.path, sent.Location, sent.Header.Get("Set-Cookie"))
		}
		var reference string
		for range 2 {
			confirmed := v.Another().Get(sent.Location).Want(http.StatusOK).Has("h1", door.title).Has("main", door.due).Has("main", "email address too")
			if got := confirmed.Text(".nhsuk-panel strong"); reference != "" && got != reference || !strings.HasPrefix(got, "E-") {
				t.Errorf("%s gives reference %q after %q, want the same again", door.path, got, reference)
			} else {
				reference = got
			}
			if confirmed.Doc().Find(`meta[name=robots][content=noindex]`).Length() != 1 || strings.Contains(strings.ToLower(confirmed.Body), "canary") {
				t.Errorf("the confirmation of %s is for search engines, or shows what was typed", door.path)
			}
		}
		if n := enquiries(t, p, `kind = '`+door.kind+`' and state = 'open'`); n != 1 {
			t.Errorf("%s made %d enquiries, want 1", door.path, n)
		}
	}
	v.Get("/contact/sent/nothing").Want(http.StatusNotFound)
	var kept string
	err := p.Pool.QueryRow(t.Context(), `
		select (select string_agg(j::text, ' ') from river_job j) || (select string_agg(m::text, ' ') from mail m) ||
			(select string_agg(a::text, ' ') from audit_event a)`).Scan(&kept)
	if text := strings.ToLower(kept + log.String()); err != nil || strings.Contains(text, "canary") {
		t.Errorf("jobs, mails, audit or log hold what was typed (%v): %s", err, text)
	}
}

func TestBadInputComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	for _, path := range []string{"/contact/write", "/accessibility/report", "/privacy/complain"} {
		form := v.Get(path).Want(http.StatusOK)
		empty := v.Send(form, path, nil).Want(http.StatusUnprocessableEntity).
			Has(".nhsuk-error-summary", "Select how we can answer you").Has("title", "Error: ")
		empty.Doc().Find(".nhsuk-error-summary a").Each(func(_ int, link *pagetest.Field) {
			if n := empty.Doc().Find(link.AttrOr("href", "none")).Length(); n != 1 {
				t.Errorf("%s: %q leads to %d fields, want 1", path, link.Text(), n)
			}
		})
		wrong := v.Send(empty, path, url.Values{"message": {"Some <b>words</b>"}, "name": {"Zoë"}, "answer-by": {"email"}, "email": {"zoe at example"}}).
			Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter an email address in the correct format").
			Has("#message", "Some <b>words</b>")
		for _, selector := range []string{`#name[value="Zoë"]`, `#email[value="zoe at example"]`, `input[name=answer-by][value=email][checked]`} {
			if wrong.Doc().Find(selector).Length() != 1 {
				t.Errorf("%s came back without %s", path, selector)
			}
		}
		// The time to fill it in counts from the first page, not from this one.
		at.pass(10 * time.Second)
		again := v.Send(v.Send(v.Get(path), path, nil), path, url.Values{"message": {""}})
		again.Want(http.StatusUnprocessableEntity)
		v.Send(wrong, path, url.Values{"email": {"zoe@example.com"}}).Want(http.StatusSeeOther)
	}
	if n := enquiries(t, p, `state = 'open'`); n != 3 {
		t.Errorf("open enquiries = %d, want 3", n)
	}
	v.Post("/contact/write", canary()).Want(http.StatusForbidden)
}

func TestAFormThatWasOpenForTooLongIsSentAgain(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	form := v.Get("/contact/write").Want(http.StatusOK)
	at.pass(25 * time.Hour)
	stale := v.Send(form, "/contact/write", canary()).Want(http.StatusUnprocessableEntity).
		Has("main", "Check what you typed, then send it again").Has("#message", "Canary words")
	at.pass(10 * time.Second)
	v.Follow(v.Send(stale, "/contact/write", nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "Your message is sent")
	if n := enquiries(t, p, `state = 'open'`); n != 1 {
		t.Errorf("open enquiries = %d, want 1", n)
	}
}

func TestTwentyOfTheSameFormAreOneEnquiry(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	form := v.Get("/contact/write").Want(http.StatusOK)
	at.pass(10 * time.Second)
	barrier, locations := make(chan struct{}), make([]string, 20)
	var wait sync.WaitGroup
	for i := range locations {
		wait.Go(func() {
			<-barrier
			locations[i] = v.Send(form, "/contact/write", canary()).Location
		})
	}
	close(barrier)
	wait.Wait()
	for _, location := range locations {
		if location != locations[0] || location == "" {
			t.Errorf("a repeat leads to %q, want %q", location, locations[0])
		}
	}
	var mails int
	if err := p.Pool.QueryRow(t.Context(), `select count(*) from mail`).Scan(&mails); err != nil || mails != 1 || enquiries(t, p, "true") != 1 {
		t.Errorf("enquiries = %d, mails = %d, %v, want one each", enquiries(t, p, "true"), mails, err)
	}
}

func TestAProgramSeesNoDifference(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	form := v.Get("/contact/write").Want(http.StatusOK)
	trap := form.Doc().Find(`[aria-hidden=true] input[name=subject][tabindex="-1"][autocomplete=off]`)
	if trap.Length() != 1 || !strings.Contains(form.Text(`label[for=subject]`), "Leave this empty") {
		t.Error("the trap is not hidden, or does not say to leave it empty")
	}
	fast := v.Send(form, "/contact/write", canary()).Want(http.StatusSeeOther)
	v.Follow(fast).Want(http.StatusOK).Has("h1", "Your message is sent")
	second := v.Get("/contact/write")
	at.pass(time.Minute)
	trapped := canary()
	trapped.Set("subject", "Buy this")
	v.Follow(v.Send(second, "/contact/write", trapped).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "Your message is sent")
	var mails int
	if err := p.Pool.QueryRow(t.Context(), `select count(*) from mail`).Scan(&mails); err != nil || mails != 0 {
		t.Errorf("mails = %d, %v, want none", mails, err)
	}
	if fasts, traps := enquiries(t, p, `suspicion = 'fast'`), enquiries(t, p, `suspicion = 'trap'`); fasts != 1 || traps != 1 || enquiries(t, p, `state <> 'set-aside'`) != 0 {
		t.Errorf("set aside for speed %d, for the trap %d, want one each and no other", fasts, traps)
	}
}

func TestTooManyFromOnePlaceAreAskedToWaitWithNothingLost(t *testing.T) {
	t.Parallel()
	at := newClock()
	p := servertest.New(t, at.set)
	v := p.Visitor(t)
	var last *pagetest.Page
	for i := range 70 {
		form := v.Get("/privacy/complain")
		at.pass(400 * time.Millisecond) // as programs do
		fields := canary()
		fields.Set("email", "canary"+strings.Repeat("a", i)+"@example.com")
		if last = v.Send(form, "/privacy/complain", fields); last.Status != http.StatusSeeOther {
			break
		}
	}
	last.Want(http.StatusTooManyRequests).Has("main", "Many messages came from your network").Has("#message", "Canary words")
	if last.Header.Get("Retry-After") == "" {
		t.Error("the page has no Retry-After")
	}
	if n := enquiries(t, p, `state = 'set-aside'`); n == 0 {
		t.Error("nothing is set aside")
	}
	at.pass(time.Hour)
	v.Send(last, "/privacy/complain", nil).Want(http.StatusSeeOther)
}

func TestAnEnquiryIsNotLostWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	at := newClock()
	p := servertest.On(t, pool, at.set)
	v := p.Visitor(t)
	form := v.Get("/contact/write").Want(http.StatusOK)
	at.pass(10 * time.Second)
	if err := database.Crash(); err != nil {
		t.Fatal(err)
	}
	away := v.Send(form, "/contact/write", canary()).Want(http.StatusServiceUnavailable).Has("h1", "We could not save this just now")
	if away.Header.Get("Retry-After") == "" || away.Doc().Find(`input[name=message][value="Canary words"]`).Length() != 1 {
		t.Error("the page has no Retry-After, or lost what was typed")
	}
	// What is wrong with a form cannot be shown without the database either.
	v.Send(form, "/contact/write", nil).Want(http.StatusServiceUnavailable)
	if err := database.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		v.Follow(v.Send(away, "/contact/write", nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "Your message is sent")
	}
	if n := enquiries(t, p, "true"); n != 1 {
		t.Errorf("enquiries = %d, want 1", n)
	}
}

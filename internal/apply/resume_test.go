package apply_test

import (
	"bytes"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

// linkTo is the path of a new one-time link to the only draft that has a name.
func linkTo(t *testing.T, p *servertest.Portal, name string) string {
	t.Helper()
	var id string
	if err := p.Pool.QueryRow(t.Context(), `select id::text from draft where answers->'name'->>'full' = $1`, name).Scan(&id); err != nil {
		t.Fatalf("finding the draft of %s: %v", name, err)
	}
	store := &interest.Store{DB: p.Pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}
	token, _, err := store.MintLink(t.Context(), id)
	if err != nil {
		t.Fatalf("MintLink() = %v", err)
	}
	return "/apply/resume/" + token
}

// aboutYou are a name and an email address.
func aboutYou(name string) []servertest.Given {
	return []servertest.Given{
		servertest.Give("name", "name", name),
		servertest.Give("registered-name", "other", "no"),
		servertest.Give("email", "email", "Zoe@Example.com"),
	}
}

// beganElsewhere is a visitor who began a form and gave their name and address.
func beganElsewhere(t *testing.T, p *servertest.Portal, name string) *pagetest.Visitor {
	t.Helper()
	v := p.Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	servertest.Answer(t, v, aboutYou(name)...)
	return v
}

// cookie is the form's session cookie that a page sets, or "".
func cookie(p *pagetest.Page) string {
	for _, set := range p.Header.Values("Set-Cookie") {
		if value, found := strings.CutPrefix(set, "portal_form="); found {
			value, _, _ = strings.Cut(value, ";")
			return value
		}
	}
	return ""
}

func TestALinkOpensTheFormOnAnotherDevice(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	other := p.Visitor(t)
	for range 2 { // as a mail scanner does
		p.Visitor(t).Get(path).Want(http.StatusOK)
	}
	page := other.Get(path).Want(http.StatusOK).Has("h1", "Continue your form").Has("main", "physiotherapist").Has("main form button", "Open your form")
	oneHeading(t, page)
	for _, secret := range []string{"Zoë", "xample.com"} {
		if strings.Contains(page.Body, secret) {
			t.Errorf("the page of the link holds %q before it is used", secret)
		}
	}
	if n := page.Doc().Find("main form").Length(); n != 1 {
		t.Errorf("the page of the link has %d forms, want 1", n)
	}
	opened := other.Send(page, path, nil).Want(http.StatusSeeOther)
	if renewed := cookie(opened); renewed == "" || renewed == cookie(page) {
		t.Error("the session keeps its token, want a new one")
	}
	other.Follow(opened).Want(http.StatusOK).Has("h1", "Your expression of interest").Has("main", "You have completed 1 of 5 sections")
	if other.Get("/apply/name").Doc().Find(`input[value="Zoë Example"]`).Length() != 1 {
		t.Error("the other device does not show the answer")
	}
	late := p.Visitor(t).Get(path).Want(http.StatusGone).Has("h1", "This link no longer works").Has("main form button", "Email me a link")
	oneHeading(t, late)
	other.Get(path).Want(http.StatusGone).Has("main", "Continue the form in this browser")
	p.Visitor(t).Get("/apply/resume/never-was").Want(http.StatusGone)
}

func TestAnEndedLinkOffersANewOne(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	v := p.Visitor(t)
	form := v.Get(path).Want(http.StatusOK)
	if _, err := p.Pool.Exec(t.Context(), `update draft_link set expires_at = now()`); err != nil {
		t.Fatal(err)
	}
	gone := v.Send(form, path, nil).Want(http.StatusGone)
	v.Follow(v.Send(gone, "/apply/link", servertest.Fields("email", "zoe@example.com"))).Want(http.StatusOK).Has("h1", "Check your email")
	if n := p.Count(t, `select count(*) from mail where kind = 'draft-link'`); n != 1 {
		t.Errorf("%d mails are owed, want 1", n)
	}
}

func TestALinkToASentFormIsGone(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	v := p.Visitor(t)
	check := servertest.Whole(t, v)
	path := linkTo(t, p, "Zoë Example")
	v.Send(check, "/apply/check", nil).Want(http.StatusSeeOther)
	p.Visitor(t).Get(path).Want(http.StatusGone)
}

func TestFiftyDevicesAtOnceUseALinkOnce(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	first := beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	const devices = 50
	var visitors [devices]*pagetest.Visitor
	var forms [devices]*pagetest.Page
	for i := range devices {
		visitors[i] = first.Another()
		forms[i] = visitors[i].Get(path).Want(http.StatusOK)
	}
	var opened, gone atomic.Int32
	var wait sync.WaitGroup
	barrier := make(chan struct{})
	for i := range devices {
		wait.Go(func() {
			<-barrier
			switch got := visitors[i].Send(forms[i], path, nil); got.Status {
			case http.StatusSeeOther:
				opened.Add(1)
			case http.StatusGone:
				gone.Add(1)
			default:
				t.Errorf("pressing = %d, want 303 or 410", got.Status)
			}
		})
	}
	close(barrier)
	wait.Wait()
	if opened.Load() != 1 || gone.Load() != devices-1 {
		t.Errorf("%d devices opened the form and %d were told that the link is gone, want 1 and %d", opened.Load(), gone.Load(), devices-1)
	}
}

func TestABrowserWithAnotherFormAsksWhichToKeep(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	here := beganElsewhere(t, p, "Zoë Here")
	stale := here.Get("/apply/name").Want(http.StatusOK)

	asked := here.Send(here.Get(path), path, nil).Want(http.StatusConflict).Has("h1", "This browser has another form").Has("main", "Physiotherapist")
	oneHeading(t, asked)
	again := here.Send(asked, path, nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select which form")
	kept := here.Send(again, path, servertest.Fields("keep", "here")).Want(http.StatusSeeOther)
	here.Follow(kept).Want(http.StatusOK)
	if here.Get("/apply/name").Doc().Find(`input[value="Zoë Here"]`).Length() != 1 {
		t.Error("the browser lost its form")
	}
	asked = here.Send(here.Get(path).Want(http.StatusOK), path, nil).Want(http.StatusConflict)
	here.Follow(here.Send(asked, path, servertest.Fields("keep", "linked")).Want(http.StatusSeeOther)).Want(http.StatusOK)
	if here.Get("/apply/name").Doc().Find(`input[value="Zoë Example"]`).Length() != 1 {
		t.Error("the browser does not have the form of the link")
	}
	if n := p.Count(t, `select count(*) from draft`); n != 2 {
		t.Errorf("%d drafts, want both kept", n)
	}
	// A page of the other form that is still open must not save into this one.
	here.Send(stale, "/apply/name", servertest.Fields("name", "Zoë Wrong")).Want(http.StatusForbidden)
}

func TestAnEmptyFormAsksNothing(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	here := p.Visitor(t)
	servertest.Begin(t, here)
	here.Send(here.Get(path), path, nil).Want(http.StatusSeeOther)
}

func TestTwoDevicesNeverOverwriteEachOtherUnseen(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	one := beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	two := p.Visitor(t)
	two.Send(two.Get(path), path, nil).Want(http.StatusSeeOther)
	atOne, atTwo := one.Get("/apply/name").Want(http.StatusOK), two.Get("/apply/name").Want(http.StatusOK)
	one.Send(atOne, "/apply/name", servertest.Fields("name", "Zoë First")).Want(http.StatusSeeOther)
	clash := two.Send(atTwo, "/apply/name", servertest.Fields("name", "Zoë Second")).Want(http.StatusConflict)
	clash.Has(".nhsuk-notification-banner", "on another device").Has(".nhsuk-notification-banner", "Zoë First")
	if clash.Doc().Find(`input[value="Zoë Second"]`).Length() != 1 {
		t.Error("what was typed on the second device is lost")
	}
	two.Send(clash, "/apply/name", nil).Want(http.StatusSeeOther)
	if one.Get("/apply/name").Doc().Find(`input[value="Zoë Second"]`).Length() != 1 {
		t.Error("the first device does not see the answer that was chosen")
	}
}

func TestSaveAndComeBackLater(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	v := p.Visitor(t)
	v.Get("/apply/save").Want(http.StatusNotFound)
	servertest.Begin(t, v)
	v.Get("/apply/save/sent").Want(http.StatusSeeOther)
	page := v.Follow(v.Get("/apply/save/sent")).Want(http.StatusOK).Has("h1", "Save and come back later")
	oneHeading(t, page)
	wrong := v.Send(page, "/apply/save", servertest.Fields("email", "zoe at example")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "correct format")
	sent := v.Follow(v.Send(wrong, "/apply/save", servertest.Fields("email", " Ask@Example.com "))).Want(http.StatusOK)
	sent.Has("h1", "Check your email").Has("main", "ask@example.com").Has("main", "28 days")
	if n := p.Count(t, `select count(*) from mail join draft on subject_id = draft.id::text where kind = 'draft-link' and email = 'ask@example.com'`); n != 1 {
		t.Errorf("%d mails are owed, want 1", n)
	}
	servertest.Answer(t, v, servertest.Situation()...)
	servertest.Answer(t, v, aboutYou("Zoë Example")...)
	if v.Get("/apply/save").Doc().Find(`input[name=email][value="Zoe@Example.com"]`).Length() != 1 {
		t.Error("the address that the form was servertest.Given is not filled in")
	}
}

// safeLog is a log that a test reads while requests write it.
type safeLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *safeLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *safeLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestAskingForALinkTellsNobodyWhoHasAForm(t *testing.T) {
	t.Parallel()
	log := &safeLog{}
	p := servertest.New(t, func(d *server.Deps) { d.Log = slog.New(slog.NewTextHandler(log, nil)) })
	beganElsewhere(t, p, "Zoë Example")
	path := linkTo(t, p, "Zoë Example")
	v := p.Visitor(t)
	v.Get(path).Want(http.StatusOK)
	v.Send(v.Get("/apply/link").Want(http.StatusOK), "/apply/link", servertest.Fields("email", "")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Enter your email address")
	var answers []string
	for _, email := range []string{"zoe@example.com", "nobody@example.com"} {
		answers = append(answers, v.Follow(v.Send(v.Get("/apply/link"), "/apply/link", servertest.Fields("email", email)).Want(http.StatusSeeOther)).Want(http.StatusOK).Text("main"))
	}
	if answers[0] != answers[1] {
		t.Errorf("a known address is answered %q, an unknown one %q, want the same", answers[0], answers[1])
	}
	var limited *pagetest.Page
	for range 6 {
		limited = v.Send(v.Get("/apply/link"), "/apply/link", servertest.Fields("email", "often@example.com"))
	}
	limited.Want(http.StatusTooManyRequests)
	if limited.Header.Get("Retry-After") == "" {
		t.Error("the page does not say how long to wait")
	}
	for _, secret := range []string{"xample.com", strings.TrimPrefix(path, "/apply/resume/")} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestLeavingADeviceLeavesNothingOnIt(t *testing.T) {
	t.Parallel()
	p := servertest.New(t)
	v := beganElsewhere(t, p, "Zoë Example")
	name := v.Get("/apply/name").Want(http.StatusOK)
	if got := name.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control of an answer = %q, want no-store", got)
	}
	v.Get("/apply/tasks").Has("main", "ave and leave this device")
	v.Get("/apply/left").Want(http.StatusSeeOther)
	page := v.Get("/apply/leave").Want(http.StatusOK).Has("main", "email yourself a link first")
	oneHeading(t, page)
	left := v.Send(page, "/apply/leave", nil).Want(http.StatusSeeOther)
	if set := left.Header.Get("Set-Cookie"); !strings.Contains(set, "portal_form=;") {
		t.Errorf("Set-Cookie = %q, want the cookie cleared", set)
	}
	said := v.Follow(left).Want(http.StatusOK).Has("h1", "You have left this device")
	oneHeading(t, said)
	if cookie(said) != "" {
		t.Error("the page after leaving begins a new session")
	}
	for _, path := range []string{"/apply/name", "/apply/tasks", "/apply/check"} {
		v.Get(path).Want(http.StatusNotFound)
	}
	v.Follow(v.Send(page, "/apply/leave", nil)).Want(http.StatusSeeOther)
	if n := p.Count(t, `select count(*) from draft where answers <> '{}'`); n != 1 {
		t.Errorf("%d drafts with answers, want the one that was left", n)
	}
	path := linkTo(t, p, "Zoë Example")
	v.Send(v.Get(path), path, nil).Want(http.StatusSeeOther)
	v.Get("/apply/name").Want(http.StatusOK)
}

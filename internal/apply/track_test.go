package apply_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
)

// follower is a returner with the link to what they sent, and its case.
type follower struct {
	*pagetest.Visitor
	t      testing.TB
	portal *servertest.Portal
	store  *interest.Store
	path   string // of the page where they follow it
	ref    string
}

// newFollower sends a form and mints a link to it.
func newFollower(t *testing.T) follower {
	t.Helper()
	p := servertest.New(t)
	v := p.Visitor(t)
	sent := v.Follow(v.Send(servertest.Whole(t, v), "", nil).Want(http.StatusSeeOther)).Want(http.StatusOK)
	reference := sent.Text(".nhsuk-panel strong")
	store := &interest.Store{DB: p.Pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}
	f := follower{Visitor: p.Visitor(t), t: t, portal: p, store: store, ref: reference}
	f.path = f.link()
	return f
}

func (f follower) read() interest.Case {
	f.t.Helper()
	c, err := f.store.ByReference(f.t.Context(), f.ref)
	if err != nil {
		f.t.Fatalf("ByReference() = %v", err)
	}
	return c
}

func (f follower) link() string {
	f.t.Helper()
	token, _, err := f.store.MintTrackLink(f.t.Context(), f.read().ID)
	if err != nil {
		f.t.Fatalf("MintTrackLink() = %v", err)
	}
	return "/track/" + token
}

var staffBy = interest.By{StaffID: "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"}

func (f follower) ask(steps ...string) {
	f.t.Helper()
	asking := interest.Asking{Reference: f.ref, Version: f.read().Version, Message: "Is this still right?", Steps: steps, Nonce: rand.Text()}
	if err := f.store.Ask(f.t.Context(), staffBy, asking); err != nil {
		f.t.Fatalf("Ask() = %v", err)
	}
}

// sends sends the form of one of the pages below the link.
func (f follower) sends(page string, fields url.Values) *pagetest.Page {
	f.t.Helper()
	return f.Send(f.Get(f.path+page).Want(http.StatusOK), f.path+page, fields)
}

func TestTheLinkShowsWhereItStandsAndNotWhatStaffNote(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	note := interest.Note{Reference: f.ref, Text: "Canary between us", Nonce: "n"}
	if err := f.store.AddNote(t.Context(), staffBy, note); err != nil {
		t.Fatalf("AddNote() = %v", err)
	}
	move := interest.Move{Reference: f.ref, Version: 1, To: interest.InReview, Note: "Canary of the move", Nonce: "m"}
	if err := f.store.Move(t.Context(), staffBy, move); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	page := f.Get(f.path).Want(http.StatusOK).Has("h1", f.ref).Has("main", "is reading your form").Has("main", "It is our turn").
		Has(".app-timeline", "You sent your form").Has(".app-timeline", "Stage: In review").Has(".app-way", "In reviewNow")
	oneHeading(t, page)
	if strings.Contains(page.Body, "Canary") {
		t.Error("the page shows what staff noted")
	}
	for name, want := range map[string]string{"X-Robots-Tag": "noindex", "Cache-Control": "no-store", "Set-Cookie": "", "Referrer-Policy": "same-origin"} {
		if got := page.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if _, err := f.portal.Pool.Exec(t.Context(), `update expression set mail_trouble = 'bounced' where reference = $1`, f.ref); err != nil {
		t.Fatalf("bouncing a mail: %v", err)
	}
	f.Get(f.path).Has(".nhsuk-card--warning", "Our email to you did not arrive")
	gone := f.Get(f.path+"A").Want(http.StatusGone).Has("h1", "does not work any more")
	oneHeading(t, gone)
	if strings.Contains(gone.Body, f.ref) {
		t.Error("the page of no link names the case")
	}
}

func TestAReturnerAnswersOnlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.Follow(f.Get(f.path+"/answer").Want(http.StatusSeeOther)).Want(http.StatusOK).Has("main", "Where it stands")
	f.ask("hours")
	f.Get(f.path).Want(http.StatusOK).Has(".nhsuk-card--warning", "Is this still right?").Has("main", "It is your turn")
	f.Get(f.path + "/answer/name").Want(http.StatusNotFound)
	f.sends("/answer", url.Values{}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "What hours could you do?")
	f.sends("/answer/hours", url.Values{"hours": {"nonsense"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select")
	other := f.Get(f.path + "/answer/hours").Want(http.StatusOK)
	f.Follow(f.sends("/answer/hours", url.Values{"hours": {"full-time"}}).Want(http.StatusSeeOther)).Has(".nhsuk-task-list", "Answered")
	f.Send(other, f.path+"/answer/hours", url.Values{"hours": {"part-time"}}).Want(http.StatusConflict).Has(".nhsuk-notification-banner", "Full time")
	form := f.Get(f.path + "/answer")
	long := f.Send(form, f.path+"/answer", url.Values{"reply": {strings.Repeat("x", interest.MaxMessage+1)}}).Want(http.StatusUnprocessableEntity)
	if !strings.Contains(long.Text("textarea"), "xxx") {
		t.Error("what was typed is lost with the error")
	}
	for range 2 { // a double click
		f.Follow(f.Send(form, f.path+"/answer", url.Values{"reply": {"I have more time now."}}).Want(http.StatusSeeOther)).Want(http.StatusOK)
	}
	f.Get(f.path).Has(".app-timeline", "I have more time now.").Has(".app-timeline", "You changed an answer: Hours").Has("main", "It is our turn")
	if c := f.read(); c.Answers.Hours.Slug != "full-time" || c.Turn != interest.Ours {
		t.Errorf("the case has %q and is %s, want the new answer and our turn", c.Answers.Hours.Slug, c.Turn)
	}
	f.Follow(f.Send(other, f.path+"/answer/hours", url.Values{"hours": {"part-time"}}).Want(http.StatusSeeOther)).Has("main", "It is our turn")
}

func TestAReturnerCorrectsPausesAndWithdraws(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.sends("/details", url.Values{"phone": {"12"}, "postcode": {"nowhere"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "phone number")
	f.Follow(f.sends("/details", url.Values{"phone": {"07700 900999"}, "by": {"text"}, "postcode": {"PE21"}}).Want(http.StatusSeeOther)).
		Has(".nhsuk-notification-banner", "saved").Has(".app-timeline", "Phone number")
	if c := f.read(); c.Answers.Phone.Number != "07700 900999" || c.Answers.Contact.By != interest.ByText || c.Answers.Postcode.Area != "PE21" {
		t.Errorf("answers = %+v, want the new details", c.Answers)
	}
	next := time.Now().AddDate(0, 3, 0)
	day := url.Values{"day": {"1"}, "month": {next.Format("1")}, "year": {next.Format("2006")}}
	f.sends("/pause", url.Values{"day": {"31"}, "month": {"2"}, "year": {"2020"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "real date")
	f.Follow(f.sends("/pause", day).Want(http.StatusSeeOther)).Has("main", "It is paused until 1 "+next.Format("January 2006"))
	f.Follow(f.Send(f.Get(f.path), f.path+"/go-on", nil).Want(http.StatusSeeOther)).Has("main", "It is our turn")
	f.sends("/withdraw", url.Values{}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select a reason")
	stale := f.Get(f.path + "/pause")
	f.Follow(f.sends("/withdraw", url.Values{"reason": {"cost"}, "note": {"Too dear"}}).Want(http.StatusSeeOther)).Has("main", "is withdrawn").Has(".app-timeline", "Too dear")
	f.Follow(f.Send(stale, f.path+"/pause", day).Want(http.StatusSeeOther)).Has("main", "Nobody has to do anything")
	if c := f.read(); c.Stage != interest.Withdrawn || c.Reason != "cost" {
		t.Errorf("the case is %s for %q, want it withdrawn for the cost", c.Stage, c.Reason)
	}
	f.Follow(f.sends("/copy", nil).Want(http.StatusSeeOther)).Has("main", "You asked for a copy of your data. We answer by")
}

func TestANewEmailAddressIsConfirmedByItsLink(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.sends("/email", url.Values{"email": {"zoe at example"}}).Want(http.StatusUnprocessableEntity)
	f.Follow(f.sends("/email", url.Values{"email": {"zoe@example.net"}}).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("main", "zoe@example.net")
	token, _, err := f.store.MintConfirmation(t.Context(), f.read().ID)
	if err != nil {
		t.Fatalf("MintConfirmation() = %v", err)
	}
	link := "/track/confirm/" + token
	for range 2 { // as a mail scanner does
		f.portal.Visitor(t).Get(link).Want(http.StatusOK).Has("main", "zoe@example.net")
	}
	page := f.Get(link)
	oneHeading(t, page)
	for range 2 {
		f.Follow(f.Send(page, link, nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has(".nhsuk-notification-banner", "changed")
	}
	f.Follow(f.Get(link).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", f.ref)
	f.Get(f.path).Want(http.StatusGone)
	f.Get("/track/confirm/NOTHING").Want(http.StatusGone)
}

func TestALostLinkIsMailedWithoutSayingWhoSentAForm(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.Send(f.Get("/track").Want(http.StatusOK), "/track", url.Values{"email": {""}}).Want(http.StatusUnprocessableEntity)
	var bodies []string
	for _, email := range []string{f.read().Answers.Email.Address, "nobody@example.com"} {
		bodies = append(bodies, f.Follow(f.Send(f.Get("/track"), "/track", url.Values{"email": {email}}).Want(http.StatusSeeOther)).Want(http.StatusOK).Text("main"))
	}
	if bodies[0] != bodies[1] {
		t.Errorf("the answers are %q, want the same for both", bodies)
	}
	if n := f.portal.Count(t, `select count(*) from mail where kind = 'track-link'`); n != 1 {
		t.Errorf("%d mails are owed, want 1", n)
	}
}

func TestWhatWasWrittenIsNotLostWhenTheQuestionChanges(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.ask()
	form := f.Get(f.path + "/answer").Want(http.StatusOK)
	takeBack := func() {
		t.Helper()
		if err := f.store.TakeBack(t.Context(), staffBy, interest.Turning{Reference: f.ref, Version: f.read().Version, Nonce: rand.Text()}); err != nil {
			t.Fatalf("TakeBack() = %v", err)
		}
	}
	takeBack()
	f.Send(form, f.path+"/answer", url.Values{"reply": {"It was ward 7."}}).Want(http.StatusConflict).Has("h1", "do not need to answer").Has("main", "It was ward 7.")
	f.ask()
	again := f.Send(form, f.path+"/answer", url.Values{"reply": {"It was ward 7."}}).Want(http.StatusConflict).
		Has(".nhsuk-notification-banner", "We ask something else now").Has("textarea", "It was ward 7.")
	f.Follow(f.Send(again, f.path+"/answer", nil).Want(http.StatusSeeOther)).Has(".app-timeline", "It was ward 7.")
}

func TestAPauseOfStaffIsNotTheReturnersToChange(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	hold := interest.Hold{Reference: f.ref, Version: 1, Reason: "waiting-for-placement", Nonce: "h",
		Until: interest.DayInput{Day: "1", Month: "6", Year: time.Now().AddDate(1, 0, 0).Format("2006")}}
	early := f.Get(f.path + "/pause").Want(http.StatusOK)
	if err := f.store.Hold(t.Context(), staffBy, hold); err != nil {
		t.Fatalf("Hold() = %v", err)
	}
	page := f.Get(f.path).Want(http.StatusOK).Has("main", "It is paused until 1 June").Has("main", "waiting for a placement")
	if n := page.Doc().Find("a[href$='/pause'], form[action$='/go-on']").Length(); n != 0 {
		t.Errorf("the page offers %d ways to change it, want none", n)
	}
	f.Follow(f.Send(early, f.path+"/pause", url.Values{"day": {"1"}, "month": {"1"}, "year": {hold.Until.Year}}).Want(http.StatusSeeOther)).Has("main", "1 June")
}

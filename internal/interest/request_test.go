package interest_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

var returner = interest.By{Returner: true, RequestID: "request-3"}

// sameSlug stand for themselves: tests have no organisations.
func sameSlug(slug string) string { return slug }

// mustAsk asks the returner of a case and gives the case as it then is.
func mustAsk(t testing.TB, store *interest.Store, c interest.Case, steps ...string) interest.Case {
	t.Helper()
	asking := interest.Asking{Reference: c.Reference, Version: c.Version, Message: "When did you last practise?", Steps: steps, Nonce: "ask" + c.Reference,
		AnswerBy: interest.DayInput{Day: "4", Month: "12", Year: "2026"}}
	if err := store.Ask(t.Context(), by, asking); err != nil {
		t.Fatalf("Ask() = %v", err)
	}
	return mustRead(t, store, c.Reference)
}

func mustRead(t testing.TB, store *interest.Store, reference string) interest.Case {
	t.Helper()
	c, err := store.ByReference(context.Background(), reference)
	if err != nil {
		t.Fatalf("ByReference(%q) = %v", reference, err)
	}
	return c
}

func TestAskingMakesItTheReturnersTurnOnceAndOwesAMail(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	asking := interest.Asking{Reference: c.Reference, Version: c.Version, Message: " Which trust? ", Steps: []string{"phone"}, Nonce: "a"}
	for range 2 { // a double click
		if err := store.Ask(t.Context(), by, asking); err != nil {
			t.Fatalf("Ask() = %v", err)
		}
	}
	got := mustRead(t, store, c.Reference)
	open, waits := got.Open()
	if got.Turn != interest.Returners || !waits || open.Message != "Which trust?" || !open.AnswerBy.IsZero() || got.Events[0].Kind != interest.EventAsked || len(got.Events) != 2 {
		t.Fatalf("case = %s, %d events, open %+v, want the returner's turn with one request", got.Turn, len(got.Events), open)
	}
	if n := count(t, tx, `select count(*) from mail where kind = 'information-asked' and subject_id = $1`, c.ID); n != 1 {
		t.Errorf("%d mails are owed, want 1", n)
	}
	if _, r, err := store.Asked(t.Context(), c.ID, got.Events[0].Occasion()); err != nil || r.ID != open.ID {
		t.Errorf("Asked() = %+v, %v, want the request", r, err)
	}
	again := asking
	again.Nonce, again.Version = "b", got.Version
	if err := store.Ask(t.Context(), by, again); !errors.Is(err, fault.Invalid) {
		t.Errorf("Ask(a second time) = %v, want it refused", err)
	}
}

func TestAReplyTakesThePlaceOfTheAnswersAndKeepsTheOldOnes(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	c = mustAsk(t, store, c, "last-practised", "hours")
	if _, err := store.SaveReply(t.Context(), c.Reference, 0, interest.Name{Full: "Somebody Else"}); !errors.Is(err, fault.NotFound) {
		t.Fatalf("SaveReply(not asked) = %v, want NotFound", err)
	}
	open, _ := c.Open()
	reply := interest.Reply{Reference: c.Reference, RequestID: open.ID, Text: "It was earlier than I said.", Nonce: "r"}
	if err := store.SendReply(t.Context(), returner, reply, sameSlug); !errors.Is(err, interest.ErrIncomplete) {
		t.Fatalf("SendReply(open questions) = %v, want ErrIncomplete", err)
	}
	last := interest.LastPractised{DayInput: interest.DayInput{Month: "3", Year: "2019"}}
	for _, answer := range []interest.Answer{last, interest.Hours{Slug: "part-time"}} {
		if _, err := store.SaveReply(t.Context(), c.Reference, 0, answer); err != nil {
			t.Fatalf("SaveReply(%s) = %v", answer.Step(), err)
		}
	}
	for range 2 {
		if err := store.SendReply(t.Context(), returner, reply, sameSlug); err != nil {
			t.Fatalf("SendReply() = %v", err)
		}
	}
	got := mustRead(t, store, c.Reference)
	if _, waits := got.Open(); waits || got.Turn != interest.Ours || got.Requests[0].Reply != reply.Text {
		t.Errorf("after the reply: %s, %+v, want our turn and the reply", got.Turn, got.Requests)
	}
	if got.Answers.LastPractised.DayInput != last.DayInput || got.Result.Outcomes[0].Days == c.Result.Outcomes[0].Days {
		t.Errorf("last practised = %v with %d days, want the new answer and other days than %d",
			got.Answers.LastPractised, got.Result.Outcomes[0].Days, c.Result.Outcomes[0].Days)
	}
	var corrected []string
	for _, e := range got.Events {
		if e.Kind == interest.EventCorrected {
			corrected = append(corrected, e.Step+": "+e.Old+" > "+e.New)
		}
	}
	version := got.RuleVersion
	if want := []string{"your-days: 30 days, rules " + version + " > 60 days, rules " + version, "last-practised: March 2022 > March 2019"}; !slices.Equal(corrected, want) {
		t.Errorf("corrected = %q, want the one answer that changed and the days that follow: %q", corrected, want)
	}
	if _, err := store.SaveReply(t.Context(), c.Reference, 1, interest.Hours{Slug: "full-time"}); !errors.Is(err, interest.ErrNothingAsked) {
		t.Errorf("SaveReply(afterwards) = %v, want ErrNothingAsked", err)
	}
}

func TestTwoWindowsDoNotOverwriteAReply(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustAsk(t, store, mustSend(t, store, newAnswers(t)), "hours")
	if _, err := store.SaveReply(t.Context(), c.Reference, 0, interest.Hours{Slug: "full-time"}); err != nil {
		t.Fatalf("SaveReply() = %v", err)
	}
	var stale *interest.StaleError
	_, err := store.SaveReply(t.Context(), c.Reference, 0, interest.Hours{Slug: "part-time"})
	if !errors.As(err, &stale) || stale.Saved.Answers.Hours.Slug != "full-time" || stale.Saved.Version("hours") != 1 {
		t.Errorf("SaveReply(from another window) = %v, want the answer that was saved", err)
	}
}

func TestAnAnswerThatOpensAQuestionHasItAsked(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	answers := newAnswers(t)
	answers.Phone, answers.Contact = &interest.Phone{}, nil
	c := mustAsk(t, store, mustSend(t, store, answers), "phone")
	draft, err := store.SaveReply(t.Context(), c.Reference, 0, interest.Phone{Number: "07700 900555"})
	if err != nil {
		t.Fatalf("SaveReply(phone) = %v", err)
	}
	open, _ := mustRead(t, store, c.Reference).Open()
	asked := open.Asks(c.Expression, draft)
	if len(asked) != 2 || asked[1].Slug != "contact" || asked[1].Answered {
		t.Fatalf("Asks() = %+v, want the phone number and how to use it", asked)
	}
	if _, err := store.SaveReply(t.Context(), c.Reference, 0, interest.Contact{By: interest.ByText}); err != nil {
		t.Fatalf("SaveReply(contact) = %v", err)
	}
	if err := store.SendReply(t.Context(), returner, interest.Reply{Reference: c.Reference, RequestID: open.ID, Nonce: "r"}, sameSlug); err != nil {
		t.Fatalf("SendReply() = %v", err)
	}
	if got := mustRead(t, store, c.Reference).Answers; got.Contact == nil || got.Contact.By != interest.ByText || got.Phone.Number != "07700 900555" {
		t.Errorf("answers = %+v, %+v, want the number and how to use it", got.Phone, got.Contact)
	}
}

func TestHoldResumeAndTakingBack(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustAsk(t, store, mustSend(t, store, newAnswers(t)))
	hold := interest.Hold{Reference: c.Reference, Reason: "waiting-for-regulator", Until: interest.DayInput{Day: "1", Month: "2", Year: "2027"}, Note: "On holiday", Nonce: "h"}
	if err := store.Hold(t.Context(), by, hold); !errors.Is(err, interest.ErrCaseChanged) {
		t.Fatalf("Hold(stale) = %v, want ErrCaseChanged", err)
	}
	if err := store.Hold(t.Context(), returner, hold); err != nil {
		t.Fatalf("Hold(by the returner) = %v", err)
	}
	got := mustRead(t, store, c.Reference)
	if got.Turn != interest.OnHold || got.HoldReason != interest.ReturnerAsked || got.HoldUntil.String() != "2027-02-01" || got.Events[0].ActorKind != "returner" {
		t.Fatalf("held: %s, %s, %s, %+v, want the returner's own hold", got.Turn, got.HoldReason, got.HoldUntil, got.Events[0])
	}
	if err := store.Resume(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: "g"}); err != nil {
		t.Fatalf("Resume() = %v", err)
	}
	got = mustRead(t, store, c.Reference)
	if got.Turn != interest.Returners || got.HoldReason != "" {
		t.Fatalf("resumed: %s, want the returner's turn, who still has to answer", got.Turn)
	}
	if err := store.TakeBack(t.Context(), by, interest.Turning{Reference: c.Reference, Version: got.Version, Nonce: "t"}); err != nil {
		t.Fatalf("TakeBack() = %v", err)
	}
	if got = mustRead(t, store, c.Reference); got.Turn != interest.Ours || got.Requests[0].Open() {
		t.Errorf("taken back: %s, %+v, want our turn and nothing asked", got.Turn, got.Requests)
	}
	if err := store.TakeBack(t.Context(), by, interest.Turning{Reference: c.Reference, Version: got.Version, Nonce: "u"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("TakeBack(nothing) = %v, want it refused", err)
	}
}

func TestWakeLetsCasesGoOnOnTheirDay(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	hold := interest.Hold{Reference: c.Reference, Version: c.Version, Reason: "other", Note: "Moves house", Until: interest.DayInput{Day: "22", Month: "11", Year: "2026"}, Nonce: "h"}
	if err := store.Hold(t.Context(), by, hold); err != nil {
		t.Fatalf("Hold() = %v", err)
	}
	for day, want := range []int{0, 0, 1, 0} {
		store.Now = func() time.Time { return noon.AddDate(0, 0, day) }
		if woken, err := store.Wake(t.Context()); err != nil || woken != want {
			t.Errorf("Wake() after %d days = %d, %v, want %d", day, woken, err, want)
		}
	}
	if got := mustRead(t, store, c.Reference); got.Turn != interest.Ours || got.Events[0].Kind != interest.EventResumed || got.Events[0].ActorKind != "system" {
		t.Errorf("woken: %s, %+v, want our turn by the portal", got.Turn, got.Events[0])
	}
}

func TestACaseThatEndsWaitsForNobody(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustAsk(t, store, mustSend(t, store, newAnswers(t)))
	if err := store.Move(t.Context(), returner, interest.Move{Reference: c.Reference, To: interest.InReview, Nonce: "x"}); !errors.Is(err, interest.ErrMove) {
		t.Fatalf("Move(by the returner, not to withdrawn) = %v, want ErrMove", err)
	}
	withdraw := interest.Move{Reference: c.Reference, To: interest.Withdrawn, Reason: "personal", Tell: true, Nonce: "w"}
	if err := store.Move(t.Context(), returner, withdraw); err != nil {
		t.Fatalf("Move(withdrawn) = %v", err)
	}
	got := mustRead(t, store, c.Reference)
	if got.Stage != interest.Withdrawn || got.Turn != interest.Ours || got.Requests[0].Open() || got.Events[0].ActorKind != "returner" {
		t.Errorf("withdrawn: %s, %s, %+v, want it ended by the returner and nothing asked", got.Stage, got.Turn, got.Events[0])
	}
	if err := store.Hold(t.Context(), returner, interest.Hold{Reference: c.Reference, Until: interest.DayInput{Day: "1", Month: "2", Year: "2027"}, Nonce: "h"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("Hold(an ended case) = %v, want it refused", err)
	}
}

func TestContactDetailsAreCorrectedAndTheOldOnesKept(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	details := interest.ContactDetails{Reference: c.Reference, Phone: "", By: interest.ByPhone, Postcode: "LN6", Nonce: "c"}
	for range 2 {
		if err := store.CorrectContact(t.Context(), returner, details); err != nil {
			t.Fatalf("CorrectContact() = %v", err)
		}
	}
	got := mustRead(t, store, c.Reference)
	if got.Answers.Phone.Number != "" || got.Answers.Contact != nil || got.Answers.Postcode.Area != "LN6" || got.Answers.Name.Full != "Zoë Example" {
		t.Errorf("answers = %+v, want no phone number and the new postcode, all else as it was", got.Answers)
	}
	if n := count(t, tx, `select count(*) from event where kind = 'corrected' and expression_id = $1`, c.ID); n != 3 {
		t.Errorf("%d answers were corrected, want phone and postcode, and how to reach them, which is not asked any more", n)
	}
}

func TestACopyIsAskedForAndGiven(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	if err := store.GiveCopy(t.Context(), by, interest.Turning{Reference: c.Reference, Version: c.Version, Nonce: "g"}); !errors.Is(err, fault.Invalid) {
		t.Fatalf("GiveCopy(not asked) = %v, want it refused", err)
	}
	if err := store.AskCopy(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: "a"}); err != nil {
		t.Fatalf("AskCopy() = %v", err)
	}
	got := mustRead(t, store, c.Reference)
	if got.CopyAskedAt == nil || interest.CopyDue(*got.CopyAskedAt).String() != "2026-12-20" {
		t.Fatalf("asked at %v, want it known and due on 20 December", got.CopyAskedAt)
	}
	if err := store.GiveCopy(t.Context(), by, interest.Turning{Reference: c.Reference, Version: got.Version, Nonce: "h"}); err != nil {
		t.Fatalf("GiveCopy() = %v", err)
	}
	if got = mustRead(t, store, c.Reference); got.CopyAskedAt != nil {
		t.Errorf("asked at %v afterwards, want nothing owed", got.CopyAskedAt)
	}
}

func TestADayThatHasPassedAsksNothingThatNobodyChose(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustAsk(t, store, mustSend(t, store, newAnswers(t))) // who could start in February 2027
	store.Now = func() time.Time { return noon.AddDate(0, 6, 0) }
	draft, open, err := store.ReplyDraft(t.Context(), c)
	if err != nil {
		t.Fatalf("ReplyDraft() = %v", err)
	}
	if asked := open.Asks(c.Expression, draft); len(asked) != 0 {
		t.Errorf("Asks() = %+v, want nothing but the words", asked)
	}
	reply := interest.Reply{Reference: c.Reference, RequestID: open.ID, Nonce: "r"}
	if err := store.SendReply(t.Context(), returner, reply, sameSlug); !errors.Is(err, interest.ErrIncomplete) {
		t.Errorf("SendReply(no words) = %v, want ErrIncomplete", err)
	}
}

func TestAReturnerDoesNotEndAHoldOfStaff(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	hold := interest.Hold{Reference: c.Reference, Version: c.Version, Reason: "waiting-for-placement", Until: interest.DayInput{Day: "1", Month: "6", Year: "2027"}, Nonce: "h"}
	if err := store.Hold(t.Context(), by, hold); err != nil {
		t.Fatalf("Hold() = %v", err)
	}
	hold.Nonce, hold.Until.Month = "i", "1"
	if err := store.Hold(t.Context(), returner, hold); !errors.Is(err, fault.Invalid) {
		t.Errorf("Hold(by the returner) = %v, want it refused", err)
	}
	if err := store.Resume(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: "r"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("Resume(by the returner) = %v, want it refused", err)
	}
	if got := mustRead(t, store, c.Reference); got.HoldUntil.String() != "2027-06-01" {
		t.Errorf("on hold until %s, want it as staff set it", got.HoldUntil)
	}
}

func TestAFormWithContactDetailsThatIsSentAgainLaterDoesNothing(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	first := interest.ContactDetails{Reference: c.Reference, Phone: "07700 900001", By: interest.ByText, Postcode: "LN1", Nonce: "a"}
	second := first
	second.Phone, second.Nonce = "07700 900002", "b"
	for _, details := range []interest.ContactDetails{first, second, first} {
		if err := store.CorrectContact(t.Context(), returner, details); err != nil {
			t.Fatalf("CorrectContact() = %v", err)
		}
	}
	got := mustRead(t, store, c.Reference)
	if got.Answers.Phone.Number != second.Phone {
		t.Errorf("phone number = %s, want %s: the first form was sent again by Back", got.Answers.Phone.Number, second.Phone)
	}
	second.Nonce = "c"
	if err := store.CorrectContact(t.Context(), returner, second); err != nil {
		t.Fatalf("CorrectContact(nothing new) = %v", err)
	}
	if again := mustRead(t, store, c.Reference); again.Version != got.Version {
		t.Errorf("version = %d after nothing changed, want %d", again.Version, got.Version)
	}
}

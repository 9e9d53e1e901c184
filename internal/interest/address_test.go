package interest_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// mustHear records news of an address and gives the case as it then is.
func mustHear(t *testing.T, store *interest.Store, n interest.AddressNews) interest.Case {
	t.Helper()
	if err := store.HearOfAddress(context.Background(), by, n); err != nil {
		t.Fatalf("HearOfAddress(%s) = %v", n.Kind, err)
	}
	c, err := store.ByReference(context.Background(), n.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	return c
}

func TestABounceIsRecordedOnceAndClearedWhenTheAddressWorks(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	bounce := interest.AddressNews{Reference: c.Reference, Version: 1, Kind: interest.EventBounced, Note: "Mailbox full", Nonce: "a"}
	mustHear(t, store, bounce)
	c = mustHear(t, store, bounce) // a double click
	if c.MailTrouble != interest.MailBounced || c.Version != 2 || len(c.Events) != 2 || c.Events[0].Kind != interest.EventBounced || c.Events[0].Note != "Mailbox full" {
		t.Fatalf("after a bounce: %q, version %d, %+v, want bounced, 2, and one event with its note", c.MailTrouble, c.Version, c.Events)
	}
	list, err := store.List(context.Background(), interest.Filter{})
	if err != nil || list.Rows[0].MailTrouble != interest.MailBounced {
		t.Errorf("List() = %+v, %v, want the trouble in the row", list.Rows, err)
	}
	c = mustHear(t, store, interest.AddressNews{Reference: c.Reference, Version: 2, Kind: interest.EventReachable, Nonce: "b"})
	if c.MailTrouble != "" || c.Events[0].Kind != interest.EventReachable {
		t.Errorf("after it works again: %q, newest %s, want no trouble", c.MailTrouble, c.Events[0].Kind)
	}
	if n := count(t, tx, `select count(*) from audit_event where action in ('expression.mail-bounced', 'expression.mail-reachable') and subject_id = $1`, c.ID); n != 2 {
		t.Errorf("%d audit rows, want one for each", n)
	}
}

func TestACorrectedAddressClearsTheTroubleAndGetsTheConfirmation(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	if err := store.NoteRefused(ctx, c.ID, "another@example.com"); err != nil {
		t.Fatalf("NoteRefused(another address) = %v", err)
	}
	if n := count(t, tx, `select count(*) from expression where mail_trouble is not null`); n != 0 {
		t.Error("an address that the case has no more is blamed on it")
	}
	for range 2 { // a job that was tried again
		if err := store.NoteRefused(ctx, c.ID, "zoe@example.com"); err != nil {
			t.Fatalf("NoteRefused() = %v", err)
		}
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.mail-refused' and actor_kind = 'system'`); n != 1 {
		t.Errorf("%d audit rows of the refusal, want 1", n)
	}
	if _, err := tx.Exec(ctx, `update mail set state = 'refused'`); err != nil {
		t.Fatalf("refusing the mail: %v", err)
	}
	before := count(t, tx, `select count(*) from river_job where kind = 'mail'`)
	c = mustHear(t, store, interest.AddressNews{Reference: c.Reference, Version: 1, Kind: interest.EventReaddressed, Email: " zoe@example.org ", Nonce: "a"})
	if c.MailTrouble != "" || c.Answers.Email.Address != "zoe@example.org" || c.Version != 2 {
		t.Errorf("after a correction: %q, %s, version %d, want the new address and no trouble", c.MailTrouble, c.Answers.Email.Address, c.Version)
	}
	if e := c.Events[0]; e.Kind != interest.EventReaddressed || e.Old != "zoe@example.com" || e.New != "zoe@example.org" {
		t.Errorf("newest event = %+v, want both addresses", e)
	}
	if n := count(t, tx, `select count(*) from river_job where kind = 'mail'`); n != before+1 || c.Mails[0].State != "waiting" {
		t.Errorf("%d new jobs, confirmation %s, want it owed again", n-before, c.Mails[0].State)
	}
	if n := count(t, tx, `select count(*) from audit_event a where a::text like '%example.%'`); n != 0 {
		t.Error("the audit holds an address")
	}
}

func TestNewsOfAnAddressAreRefusedWhenStaleOrForged(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	for _, n := range []struct {
		what string
		news interest.AddressNews
		want error
	}{
		{"stale", interest.AddressNews{Version: 7, Kind: interest.EventBounced, Nonce: "a"}, interest.ErrCaseChanged},
		{"nothing to clear", interest.AddressNews{Version: 1, Kind: interest.EventReachable, Nonce: "b"}, fault.Invalid},
		{"another kind", interest.AddressNews{Version: 1, Kind: interest.EventMoved, Nonce: "c"}, fault.Invalid},
		{"no address", interest.AddressNews{Version: 1, Kind: interest.EventReaddressed, Email: "zoe", Nonce: "d"}, fault.Invalid},
		{"the same address", interest.AddressNews{Version: 1, Kind: interest.EventReaddressed, Email: "zoe@example.com", Nonce: "e"}, fault.Invalid},
		{"a long note", interest.AddressNews{Version: 1, Kind: interest.EventBounced, Note: strings.Repeat("x", 4001), Nonce: "f"}, fault.Invalid},
		{"no nonce", interest.AddressNews{Version: 1, Kind: interest.EventBounced}, fault.Invalid},
	} {
		n.news.Reference = c.Reference
		if err := store.HearOfAddress(ctx, by, n.news); !errors.Is(err, n.want) {
			t.Errorf("HearOfAddress(%s) = %v, want %v", n.what, err, n.want)
		}
	}
	if got, _ := store.ByReference(ctx, c.Reference); got.Version != 1 || len(got.Events) != 1 {
		t.Errorf("after refused news: version %d, %d events, want them unchanged", got.Version, len(got.Events))
	}
}

func TestAMoveTellsTheReturnerOnceWhereThereIsAMessageAndItWasAskedFor(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	for i, m := range []struct {
		move interest.Move
		want int
	}{
		{interest.Move{To: interest.Withdrawn, Reason: "cost", Tell: true}, 1},
		{interest.Move{To: interest.Withdrawn, Reason: "cost"}, 0},
		{interest.Move{To: interest.InReview, Tell: true}, 0},
		{interest.Move{To: interest.Declined, Reason: "not-genuine", Tell: true}, 0},
		{interest.Move{To: interest.Declined, Reason: "outside-area", Tell: true}, 1},
	} {
		c := mustSend(t, store, newAnswers(t))
		m.move.Reference, m.move.Version, m.move.Nonce = c.Reference, 1, "n"+strconv.Itoa(i)
		for range 2 { // a double click
			if err := store.Move(ctx, by, m.move); err != nil {
				t.Fatalf("Move(%s) = %v", m.move.To, err)
			}
		}
		got, err := store.ByReference(ctx, c.Reference)
		if err != nil {
			t.Fatalf("ByReference() = %v", err)
		}
		if n := len(got.Mails) - 1; n != m.want {
			t.Errorf("Move(%s %s, tell %v) owes %d mails beside the confirmation, want %d", m.move.To, m.move.Reason, m.move.Tell, n, m.want)
		} else if n == 1 && (got.Mails[0].Kind != "stage-changed" && got.Mails[1].Kind != "stage-changed") {
			t.Errorf("mails = %+v, want one of the stage", got.Mails)
		}
	}
}

func TestAMoveIsReadByItsEvent(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	if err := store.Move(ctx, by, interest.Move{Reference: c.Reference, Version: 1, To: interest.Closed, Reason: "no-answer", Nonce: "a"}); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	c, _ = store.ByReference(ctx, c.Reference)
	_, event, err := store.Moved(ctx, c.ID, c.Events[0].Occasion())
	if err != nil || event.To != interest.Closed || event.Reason != "no-answer" {
		t.Errorf("Moved() = %+v, %v, want the move to closed", event, err)
	}
	for _, none := range [][2]string{{c.ID, c.Events[1].Occasion()}, {c.ID, ""}, {reviewer, c.Events[0].Occasion()}, {"x", "1"}} {
		if _, _, err := store.Moved(ctx, none[0], none[1]); !errors.Is(err, fault.NotFound) {
			t.Errorf("Moved(%q, %q) = %v, want NotFound", none[0], none[1], err)
		}
	}
}

func TestMessagesAreOfStagesAndReasonsThatThereAre(t *testing.T) {
	t.Parallel()
	without := map[interest.Stage]bool{interest.Received: true, interest.InReview: true, interest.Contacted: true, interest.AppliedToRegister: true}
	for _, m := range interest.StageMessages() {
		if without[m.Stage] || !m.Stage.Known() {
			t.Errorf("stage %s has a message, want none", m.Stage)
		}
		if m.Reason != "" && interest.Label(m.Stage.Info().Reasons, m.Reason) == "" {
			t.Errorf("the message of %s is for the reason %q, which is none", m.Stage, m.Reason)
		}
	}
	for _, info := range interest.Stages() {
		told := len(info.Reasons) == 0
		if told {
			_, told = interest.MessageOf(info.Stage, "")
		}
		for _, reason := range info.Reasons {
			_, has := interest.MessageOf(info.Stage, reason.Slug)
			told = told || has
			if !has && reason.Slug != "not-genuine" {
				t.Errorf("%s for %q has no message", info.Stage, reason.Slug)
			}
		}
		if told == without[info.Stage] {
			t.Errorf("stage %s has a message: %v, want %v", info.Stage, told, !without[info.Stage])
		}
	}
}

func TestDatabaseKnowsTheTroublesAndTheKindsOfEvent(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	c := mustSend(t, newStore(t, tx), newAnswers(t))
	for what, sql := range map[string]string{
		"a trouble that is none": `update expression set mail_trouble = 'odd' where id = $1`,
		"an event that is none":  `insert into event (expression_id, at, kind, actor_kind) values ($1, now(), 'returned', 'staff')`,
	} {
		err := postgres.InTx(ctx, tx, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, sql, c.ID)
			return err
		})
		if err == nil {
			t.Errorf("the database took %s, want an error", what)
		}
	}
}

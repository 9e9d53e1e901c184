package bulk_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/staff"
)

func TestAPlanSaysWhichCasesCannotAndWhyAndDoesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead, reviewer := o.account("Ada", staff.Lead), o.account("Ben", staff.Reviewer)
	cases := o.sent(4)
	by := interest.By{StaffID: lead.ID}
	if err := o.cases.Assign(t.Context(), by, interest.Assignment{Reference: cases[0].Reference, Version: 1, To: lead.ID, Nonce: "a"}); err != nil {
		t.Fatalf("Assign() = %v", err)
	}
	if err := o.cases.Move(t.Context(), by, interest.Move{Reference: cases[1].Reference, Version: 1, To: interest.InReview, Nonce: "b"}); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	if _, err := o.pool.Exec(t.Context(), `update expression set suspicion = 'trap', set_aside_at = now() where id = $1`, cases[2].ID); err != nil {
		t.Fatalf("setting aside: %v", err)
	}
	if _, err := o.pool.Exec(t.Context(), `update expression set mail_trouble = 'bounced' where id = $1`, cases[3].ID); err != nil {
		t.Fatalf("bouncing: %v", err)
	}
	before := o.count(`select count(*) from event`)
	for _, test := range []struct {
		who    staff.Account
		change bulk.Change
		want   []bulk.Result
	}{
		{lead, bulk.Change{Kind: bulk.Assign, To: lead.ID}, []bulk.Result{bulk.Same, bulk.Waiting, bulk.Aside, bulk.Waiting}},
		{reviewer, bulk.Change{Kind: bulk.Assign, To: reviewer.ID}, []bulk.Result{bulk.Others, bulk.Waiting, bulk.Aside, bulk.Waiting}},
		{lead, bulk.Change{Kind: bulk.Move, To: "in-review"}, []bulk.Result{bulk.Waiting, bulk.Stage, bulk.Aside, bulk.Waiting}},
		{lead, bulk.Change{Kind: bulk.Tell, To: "still-looking"}, []bulk.Result{bulk.Waiting, bulk.Waiting, bulk.Aside, bulk.Unreached}},
	} {
		id, err := o.bulk.Plan(t.Context(), test.who, test.change, append(ids(cases), cases[0].ID))
		if err != nil {
			t.Fatalf("Plan(%s) = %v", test.change.Kind, err)
		}
		o.wantResults(id, test.want...)
		if more, err := o.bulk.Next(t.Context(), id); more || err != nil {
			t.Errorf("Next(not started) = %v, %v, want nothing done", more, err)
		}
		if _, err := o.bulk.ByID(t.Context(), "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e", id); !errors.Is(err, fault.NotFound) {
			t.Errorf("ByID(somebody else's) = %v, want NotFound", err)
		}
	}
	if n := o.count(`select count(*) from event`); n != before {
		t.Errorf("%d events after plans, want %d", n, before)
	}
}

func TestWhatNobodyOffersIsNoPlan(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead, editor := o.account("Ada", staff.Lead), o.account("Eve", staff.Editor)
	some := ids(o.sent(1))
	for what, test := range map[string]struct {
		change bulk.Change
		ids    []string
	}{
		"no case":         {bulk.Change{Kind: bulk.Assign}, nil},
		"no id":           {bulk.Change{Kind: bulk.Assign}, []string{"x"}},
		"too many":        {bulk.Change{Kind: bulk.Assign}, slices.Repeat(some, bulk.Most+1)},
		"no kind":         {bulk.Change{}, some},
		"an editor":       {bulk.Change{Kind: bulk.Assign, To: editor.ID}, some},
		"no stage":        {bulk.Change{Kind: bulk.Move, To: "received"}, some},
		"no reason":       {bulk.Change{Kind: bulk.Move, To: "declined"}, some},
		"an empty reason": {bulk.Change{Kind: bulk.Move, To: "declined", Reason: "other"}, some},
		"no message":      {bulk.Change{Kind: bulk.Tell, To: "hello"}, some},
	} {
		if _, err := o.bulk.Plan(t.Context(), lead, test.change, test.ids); !errors.Is(err, fault.Invalid) {
			t.Errorf("Plan(%s) = %v, want Invalid", what, err)
		}
	}
}

func TestEachCaseIsChangedOnceWithItsEventItsMailAndItsAuditRow(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead := o.account("Ada", staff.Lead)
	cases := o.sent(3)
	id := o.started(lead, bulk.Change{Kind: bulk.Move, To: "declined", Reason: "no-capacity", Note: "Full until May"}, cases)
	note := interest.By{StaffID: lead.ID}
	if err := o.cases.Assign(t.Context(), note, interest.Assignment{Reference: cases[1].Reference, Version: 1, To: lead.ID, Nonce: "a"}); err != nil {
		t.Fatalf("Assign() = %v", err)
	}
	o.finish(id)
	o.wantResults(id, bulk.Done, bulk.Changed, bulk.Done)
	if c := o.read(cases[0].Reference); c.Stage != interest.Declined || c.Events[0].Note != "Full until May" || c.Events[0].ActorID != lead.ID {
		t.Errorf("a changed case is in %s with %+v, want declined with the note", c.Stage, c.Events[0])
	}
	if c := o.read(cases[1].Reference); c.Stage != interest.Received {
		t.Errorf("a case that changed since is in %s, want it left alone", c.Stage)
	}
	if n := o.count(`select count(*) from mail where kind = 'stage-changed'`); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}
	done, refused := o.count(`select count(*) from audit_event where action = 'expression.move' and outcome = 'done'`),
		o.count(`select count(*) from audit_event where action = 'expression.move' and outcome = 'refused' and detail = 'changed'`)
	if done != 2 || refused != 1 {
		t.Errorf("%d audit rows of moves and %d of refusals, want 2 and 1", done, refused)
	}
	if c, err := o.bulk.ByID(t.Context(), lead.ID, id); err != nil || c.EndedAt == nil {
		t.Errorf("ByID() = %+v, %v, want it ended", c, err)
	}
	if err := o.bulk.Start(t.Context(), note, id, true, interest.Words{}); err != nil {
		t.Errorf("Start(again) = %v, want nothing", err)
	}
	if n := o.count(`select count(*) from river_job where kind = 'bulk'`); n != 1 {
		t.Errorf("%d jobs, want 1", n)
	}
}

func TestAMessageGoesToEachPersonInTheWordsThatWereWritten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead := o.account("Ada", staff.Lead)
	cases := o.sent(2)
	id, err := o.bulk.Plan(t.Context(), lead, bulk.Change{Kind: bulk.Tell, To: "still-looking"}, ids(cases))
	if err != nil {
		t.Fatalf("Plan() = %v", err)
	}
	words := interest.Words{Says: "Spring is near.", Next: "Ring us"}
	if err := o.bulk.Start(t.Context(), interest.By{StaffID: lead.ID}, id, true, words); err != nil {
		t.Fatalf("Start() = %v", err)
	}
	o.finish(id)
	o.wantResults(id, bulk.Done, bulk.Done)
	for _, c := range cases {
		event := o.read(c.Reference).Events[0]
		if message, has := event.Message(); !has || !slices.Equal(message.Says, []string{words.Says}) || event.Kind != interest.EventTold {
			t.Errorf("the event is %+v, want the message in the words that were written", event)
		}
	}
	if n := o.count(`select count(*) from mail where kind = 'told'`); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}
}

func TestWhoMayNotAnyMoreIsStopped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead := o.account("Ada", staff.Lead)
	id := o.started(lead, bulk.Change{Kind: bulk.Move, To: "in-review"}, o.sent(2))
	if _, err := o.bulk.Next(t.Context(), id); err != nil {
		t.Fatalf("Next() = %v", err)
	}
	if _, err := o.pool.Exec(t.Context(), `update staff_account set disabled_at = now() where id = $1`, lead.ID); err != nil {
		t.Fatalf("disabling: %v", err)
	}
	o.finish(id)
	o.wantResults(id, bulk.Done, bulk.Stopped)
}

// TestALeadWhoBecomesAReviewerChangesNoColleaguesCase plans a change of
// somebody else's case, which the account may not change any more when it runs.
func TestALeadWhoBecomesAReviewerChangesNoColleaguesCase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead, colleague := o.account("Ada", staff.Lead), o.account("Ben", staff.Reviewer)
	cases := o.sent(2)
	if err := o.cases.Assign(t.Context(), interest.By{StaffID: lead.ID}, interest.Assignment{Reference: cases[0].Reference, Version: 1, To: colleague.ID, Nonce: "a"}); err != nil {
		t.Fatalf("Assign() = %v", err)
	}
	id := o.started(lead, bulk.Change{Kind: bulk.Move, To: "in-review"}, cases)
	if _, err := o.pool.Exec(t.Context(), `update staff_account set role = 'reviewer' where id = $1`, lead.ID); err != nil {
		t.Fatalf("giving a role: %v", err)
	}
	o.finish(id)
	o.wantResults(id, bulk.Others, bulk.Done)
}

// TestARunThatIsKilledLosesNothingAndDoublesNothing has several runs of one
// change at once, each of which is cut off again and again in the middle.
func TestARunThatIsKilledLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	const runs = 4
	o := newOffice(t)
	lead := o.account("Ada", staff.Lead)
	n := max(20, interesttest.Fewer(100))
	id := o.started(lead, bulk.Change{Kind: bulk.Move, To: "withdrawn", Reason: "not-said"}, o.sent(n))
	var wait sync.WaitGroup
	barrier := make(chan struct{})
	for run := range runs {
		dice := rand.New(rand.NewPCG(uint64(run), 1))
		wait.Go(func() {
			<-barrier
			for range n {
				ctx, cut := context.WithTimeout(context.Background(), time.Duration(dice.IntN(8000))*time.Microsecond)
				// An error is the cut: what it undid is done by the next run.
				_, _ = o.bulk.Next(ctx, id)
				cut()
			}
		})
	}
	close(barrier)
	wait.Wait()
	o.finish(id)
	o.wantResults(id, slices.Repeat([]bulk.Result{bulk.Done}, n)...)
	for what, sql := range map[string]string{
		"moves":      `select count(*) from event where kind = 'moved'`,
		"mails":      `select count(*) from mail where kind = 'stage-changed'`,
		"audit rows": `select count(*) from audit_event where action = 'expression.move' and outcome = 'done'`,
		"cases":      `select count(*) from expression where stage = 'withdrawn' and version = 2`,
	} {
		if got := o.count(sql); got != n {
			t.Errorf("%d %s, want %d", got, what, n)
		}
	}
	if got := o.count(`select count(*) from audit_event where outcome = 'refused'`); got != 0 {
		t.Errorf("%d refusals, want none: a case that another run has done is no refusal", got)
	}
}

func TestEveryResultHasWords(t *testing.T) {
	t.Parallel()
	for _, result := range bulk.Results() {
		if result.Words() == "" || result != bulk.Refused && strings.HasPrefix(result.Words(), "Could not") {
			t.Errorf("the result %q has no words", result)
		}
	}
}

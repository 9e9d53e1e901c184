package interest_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

const reviewer = "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"

var by = interest.By{StaffID: reviewer, RequestID: "request-2"}

func TestMoveIsInTheTimelineAndTheAudit(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	move := interest.Move{Reference: c.Reference, Version: c.Version, To: interest.InReview, Note: " looks \r\n good ", Nonce: "n1"}
	for range 2 { // a double click
		if err := store.Move(ctx, by, move); err != nil {
			t.Fatalf("Move() = %v", err)
		}
	}
	got, err := store.ByReference(ctx, strings.ToLower(strings.ReplaceAll(c.Reference, "-", " ")))
	if err != nil {
		t.Fatalf("ByReference(written otherwise) = %v", err)
	}
	if got.Stage != interest.InReview || got.Version != 2 || len(got.Events) != 2 {
		t.Fatalf("case = %s, version %d, %d events, want in-review, 2, 2", got.Stage, got.Version, len(got.Events))
	}
	event := got.Events[0]
	if event.Kind != interest.EventMoved || event.From != interest.Received || event.To != interest.InReview ||
		event.ActorID != reviewer || event.Note != "looks \n good" || !event.At.Equal(noon) {
		t.Errorf("newest event = %+v, want the move with its cleaned note", event)
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.move' and actor_id = $1
		and subject_id = $2 and request_id = 'request-2'`, reviewer, c.ID); n != 1 {
		t.Errorf("%d audit rows of the move, want 1", n)
	}
}

func TestMoveRefusesWhatIsStaleOrForged(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	for _, m := range []struct {
		what string
		move interest.Move
		want error
		kind error
	}{
		{"stale", interest.Move{Reference: c.Reference, Version: 7, To: interest.InReview, Nonce: "a"}, interest.ErrCaseChanged, fault.Conflict},
		{"not in the table", interest.Move{Reference: c.Reference, Version: 1, To: interest.Returned, Nonce: "b"}, interest.ErrMove, fault.Invalid},
		{"unknown stage", interest.Move{Reference: c.Reference, Version: 1, To: "promoted", Nonce: "c"}, interest.ErrMove, fault.Invalid},
		{"no reason", interest.Move{Reference: c.Reference, Version: 1, To: interest.Declined, Nonce: "d"}, interest.ErrMove, fault.Invalid},
		{"another stage's reason", interest.Move{Reference: c.Reference, Version: 1, To: interest.Declined, Reason: "cost", Nonce: "e"}, interest.ErrMove, fault.Invalid},
		{"no nonce", interest.Move{Reference: c.Reference, Version: 1, To: interest.InReview}, fault.Invalid, fault.Invalid},
		{"no case", interest.Move{Reference: "222-2222", Version: 1, To: interest.InReview, Nonce: "f"}, fault.NotFound, fault.NotFound},
	} {
		if err := store.Move(ctx, by, m.move); !errors.Is(err, m.want) || !errors.Is(err, m.kind) {
			t.Errorf("Move(%s) = %v, want %v", m.what, err, m.want)
		}
	}
	got, err := store.ByReference(ctx, c.Reference)
	if err != nil || got.Version != 1 || len(got.Events) != 1 {
		t.Errorf("after refused moves: version %d, %d events, %v, want them unchanged", got.Version, len(got.Events), err)
	}
}

func TestMoveWithAReasonKeepsItAndComesBackWithout(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	decline := interest.Move{Reference: c.Reference, Version: 1, To: interest.Declined, Reason: "no-capacity", Nonce: "a"}
	if err := store.Move(ctx, by, decline); err != nil {
		t.Fatalf("Move(declined) = %v", err)
	}
	if got, _ := store.ByReference(ctx, c.Reference); got.Reason != "no-capacity" || got.Events[0].Reason != "no-capacity" {
		t.Errorf("reason = %q, in the timeline %q, want no-capacity", got.Reason, got.Events[0].Reason)
	}
	again := interest.Move{Reference: c.Reference, Version: 2, To: interest.InReview, Reason: "no-capacity", Nonce: "b"}
	if err := store.Move(ctx, by, again); err != nil {
		t.Fatalf("Move(opened again) = %v", err)
	}
	if got, _ := store.ByReference(ctx, c.Reference); got.Reason != "" || got.Stage != interest.InReview {
		t.Errorf("opened again: %s %q, want in-review without a reason", got.Stage, got.Reason)
	}
}

func TestNoteIsAddedOnce(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	note := interest.Note{Reference: c.Reference, Text: "Rang, no answer.", Nonce: "n"}
	for range 2 {
		if err := store.AddNote(ctx, by, note); err != nil {
			t.Fatalf("AddNote() = %v", err)
		}
	}
	got, _ := store.ByReference(ctx, c.Reference)
	if notes := got.Notes(); len(notes) != 1 || notes[0].Note != note.Text || notes[0].ActorID != reviewer || got.Version != 1 {
		t.Errorf("notes = %+v at version %d, want one, and the version as it was", notes, got.Version)
	}
	// After Back the same form may say something else: nothing typed is lost.
	note.Text = "Rang again, will call back."
	if err := store.AddNote(ctx, by, note); err != nil {
		t.Errorf("AddNote(the same form with other words) = %v, want it noted", err)
	}
	if got, _ := store.ByReference(ctx, c.Reference); len(got.Notes()) != 2 {
		t.Errorf("%d notes, want both", len(got.Notes()))
	}
	for _, text := range []string{"", " \n ", strings.Repeat("x", 4001)} {
		if err := store.AddNote(ctx, by, interest.Note{Reference: c.Reference, Text: text, Nonce: "m"}); !errors.Is(err, fault.Invalid) {
			t.Errorf("AddNote(%d characters) = %v, want Invalid", len(text), err)
		}
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.note'`); n != 2 {
		t.Errorf("%d audit rows of notes, want one for each note", n)
	}
}

func TestOfTwentyMovesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	c := mustSend(t, store, newAnswers(t))
	barrier := make(chan struct{})
	var done sync.WaitGroup
	var won, changed atomic.Int32
	for i := range 20 {
		done.Go(func() {
			<-barrier
			err := store.Move(context.Background(), by, interest.Move{
				Reference: c.Reference, Version: 1, To: interest.InReview, Nonce: string(rune('a' + i))})
			switch {
			case err == nil:
				won.Add(1)
			case errors.Is(err, interest.ErrCaseChanged):
				changed.Add(1)
			default:
				t.Errorf("Move() = %v, want nil or ErrCaseChanged", err)
			}
		})
	}
	close(barrier)
	done.Wait()
	if won.Load() != 1 || changed.Load() != 19 {
		t.Errorf("%d moves won, %d found the case changed, want 1 and 19", won.Load(), changed.Load())
	}
}

func TestDatabaseRefusesForgedMoves(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	c := mustSend(t, newStore(t, tx), newAnswers(t))
	for what, sql := range map[string]string{
		"a move that skips stages":    `update expression set stage = 'returned' where id = $1`,
		"a stage that is none":        `update expression set stage = 'promoted' where id = $1`,
		"an end without a reason":     `update expression set stage = 'declined' where id = $1`,
		"an end with a wrong reason":  `update expression set stage = 'declined', stage_reason = 'cost' where id = $1`,
		"a reason without an end":     `update expression set stage_reason = 'cost' where id = $1`,
		"a hold without a date":       `update expression set turn = 'on-hold', hold_reason = 'other' where id = $1`,
		"an event of a forged move":   `insert into event (expression_id, at, kind, actor_kind, from_stage, to_stage) values ($1, now(), 'moved', 'staff', 'received', 'returned')`,
		"a move without stages":       `insert into event (expression_id, at, kind, actor_kind) values ($1, now(), 'moved', 'staff')`,
		"a row in the table of moves": `insert into stage_move (from_stage, to_stage) select 'received', 'returned' where $1::uuid is not null`,
		"a change of the timeline":    `update event set at = now() where expression_id = $1`,
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

func TestEveryPairOfStagesIsTreatedAlikeInGoAndInTheDatabase(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	rows, err := tx.Query(ctx, `select from_stage || '>' || to_stage from stage_move
		union all select stage || ':' || reason from stage_reason`)
	if err != nil {
		t.Fatalf("reading the tables: %v", err)
	}
	kept, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("reading the tables: %v", err)
	}
	inDatabase := map[string]bool{}
	for _, k := range kept {
		inDatabase[k] = true
	}
	for _, from := range interest.Stages() {
		for _, to := range interest.Stages() {
			key := string(from.Stage) + ">" + string(to.Stage)
			if inDatabase[key] != interest.MayMove(from.Stage, to.Stage) {
				t.Errorf("%s is allowed in the database: %v, in the program: %v", key, inDatabase[key], !inDatabase[key])
			}
			delete(inDatabase, key)
		}
		for _, reason := range from.Reasons {
			key := string(from.Stage) + ":" + reason.Slug
			if !inDatabase[key] {
				t.Errorf("the database lacks the reason %s", key)
			}
			delete(inDatabase, key)
		}
	}
	for key := range inDatabase {
		t.Errorf("the database has %s, the program has not", key)
	}
}

func TestCasesThatAreNotThereAreNotFound(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	for _, reference := range []string{"", "222-2222", "nonsense", "%"} {
		if _, err := store.ByReference(ctx, reference); !errors.Is(err, fault.NotFound) {
			t.Errorf("ByReference(%q) = %v, want NotFound", reference, err)
		}
	}
	for _, id := range []string{"", "x", reviewer} {
		if _, err := store.ByID(ctx, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("ByID(%q) = %v, want NotFound", id, err)
		}
	}
}

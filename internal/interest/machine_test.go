package interest_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// tryMove moves a case as the store does, and says whether the database let it.
const tryMove = `
	create function pg_temp.try_move(moved uuid, was text, goes text, because text) returns boolean language plpgsql as $$
	begin
		insert into event (expression_id, at, kind, actor_kind, from_stage, to_stage, reason)
		values (moved, now(), 'moved', 'staff', was, goes, nullif(because, ''));
		update expression set stage = goes, stage_reason = nullif(because, '') where id = moved;
		return true;
	exception when check_violation or foreign_key_violation then
		return false;
	end
	$$`

// walker is a case that moves at random, as the domain's table has it.
type walker struct {
	id    string
	stage interest.Stage
}

// random is a move that may be allowed or not: any stage, with a reason of that
// stage, of another, or none.
func (w walker) random(dice *rand.Rand) interest.Move {
	stages := interest.Stages()
	move := interest.Move{To: stages[dice.IntN(len(stages))].Stage, Note: "A note."}
	reasons := stages[dice.IntN(len(stages))].Reasons
	if dice.IntN(3) > 0 {
		reasons = move.To.Info().Reasons
	}
	if len(reasons) > 0 {
		move.Reason = reasons[dice.IntN(len(reasons))].Slug
	}
	return move.Clean()
}

func TestTheDatabaseAndTheTableOfMovesNeverDisagree(t *testing.T) {
	t.Parallel()
	const atOnce = 1_000
	moves := interesttest.Fewer(100_000)
	ctx, pool := t.Context(), postgrestest.NewDatabase(t)
	walkers := newWalkers(t, newStore(t, pool), 20)
	conn, err := pool.Acquire(ctx)
	if err != nil {
		t.Fatalf("Acquire() = %v", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, tryMove); err != nil {
		t.Fatalf("making the function that moves: %v", err)
	}
	seed := rand.Uint64()
	dice, allowed := rand.New(rand.NewPCG(seed, seed)), 0
	for range moves / atOnce {
		tried := tries{}
		for range atOnce {
			w := &walkers[dice.IntN(len(walkers))]
			move, from := w.random(dice), w.stage
			want := !move.Validate(from).Any()
			if want {
				w.stage = move.To
				allowed++
			}
			tried.add(w.id, from, move, want)
		}
		let, err := tried.send(ctx, conn)
		if err != nil || len(let) != atOnce {
			t.Fatalf("moving %d times = %d answers, %v", atOnce, len(let), err)
		}
		for i, want := range tried.want {
			if let[i] != want {
				t.Fatalf("seed %d: from %s to %s (%q) the database let it: %v, the table: %v", seed, tried.from[i], tried.to[i], tried.reasons[i], let[i], want)
			}
		}
	}
	if allowed < moves/20 || allowed > moves/2 {
		t.Errorf("%d of %d moves were allowed, want some of each", allowed, moves)
	}
	checkStages(t, pool, walkers, allowed)
}

// tries are moves with what the table says of each.
type tries struct {
	ids, from, to, reasons []string
	want                   []bool
}

func (t *tries) add(id string, from interest.Stage, m interest.Move, want bool) {
	t.ids, t.from, t.to = append(t.ids, id), append(t.from, string(from)), append(t.to, string(m.To))
	t.reasons, t.want = append(t.reasons, m.Reason), append(t.want, want)
}

// send tries the moves in their order, and says which the database let.
func (t *tries) send(ctx context.Context, conn *pgxpool.Conn) ([]bool, error) {
	rows, err := conn.Query(ctx, `
		select pg_temp.try_move(id::uuid, was, goes, because)
		from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as tried (id, was, goes, because)`, t.ids, t.from, t.to, t.reasons)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[bool])
}

// checkStages compares where every case ended with the table, and the number of
// moves in the timelines with those that were allowed.
func checkStages(t *testing.T, db interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}, walkers []walker, allowed int) {
	t.Helper()
	for _, w := range walkers {
		var stage interest.Stage
		if err := db.QueryRow(t.Context(), `select stage from expression where id = $1`, w.id).Scan(&stage); err != nil || stage != w.stage {
			t.Errorf("a case ended in %s (%v), want %s", stage, err, w.stage)
		}
	}
	var moved int
	if err := db.QueryRow(t.Context(), `select count(*) from event where kind = 'moved'`).Scan(&moved); err != nil || moved != allowed {
		t.Errorf("the timelines have %d moves (%v), want %d", moved, err, allowed)
	}
}

// newWalkers sends one form and makes more cases like it.
func newWalkers(t *testing.T, store *interest.Store, n int) []walker {
	t.Helper()
	walkers := make([]walker, n)
	for i := range walkers {
		c := mustSend(t, store, newAnswers(t))
		walkers[i] = walker{id: c.ID, stage: c.Stage}
	}
	return walkers
}

func TestTheStoreMovesAsTheTableSays(t *testing.T) {
	t.Parallel()
	ctx, store := t.Context(), newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	w, version := walker{id: c.ID, stage: c.Stage}, c.Version
	seed := rand.Uint64()
	dice := rand.New(rand.NewPCG(seed, seed))
	for n := range 500 {
		move := w.random(dice)
		move.Reference, move.Version, move.Nonce = c.Reference, version, strconv.Itoa(n)
		want := !move.Validate(w.stage).Any()
		err := store.Move(ctx, by, move)
		switch {
		case (err == nil) != want, err != nil && !errors.Is(err, fault.Invalid):
			t.Fatalf("seed %d: Move(from %s to %s, %q) = %v, want allowed %v", seed, w.stage, move.To, move.Reason, err, want)
		case want:
			w.stage, version = move.To, version+1
		}
	}
	got, err := store.ByReference(ctx, c.Reference)
	if err != nil || got.Stage != w.stage || got.Version != version || len(got.Events) != version {
		t.Errorf("the case ended in %s, version %d, with %d events (%v); want %s, %d, %d", got.Stage, got.Version, len(got.Events), err, w.stage, version, version)
	}
}

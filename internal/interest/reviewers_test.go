package interest_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/interest/interesttest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

// reviewerAtWork edits cases as they find them, and counts what was taken.
type reviewerAtWork struct {
	store   *interest.Store
	id      string
	others  []string // whom they may hand a case to
	dice    *rand.Rand
	taken   map[string]int // successes by reference
	notes   map[string]int // those of them that are notes, which conflict with nothing
	refused int            // edits of a case that somebody else changed first
}

// seen is what the page of a case showed.
type seen struct {
	interest.Expression
	form string
}

// edit changes a case in one of the ways that its page offers.
func (r *reviewerAtWork) edit(ctx context.Context, c seen) error {
	by := interest.By{StaffID: r.id}
	switch r.dice.IntN(5) {
	case 0:
		r.notes[c.Reference]++
		return r.store.AddNote(ctx, by, interest.Note{Reference: c.Reference, Text: "A note.", Nonce: c.form})
	case 1:
		to := r.others[r.dice.IntN(len(r.others))]
		if to == c.AssigneeID {
			to = ""
		}
		if to == c.AssigneeID {
			to = r.id
		}
		return r.store.Assign(ctx, by, interest.Assignment{Reference: c.Reference, Version: c.Version, To: to, Nonce: c.form})
	case 2:
		moves := interest.Moves(c.Stage)
		move := interest.Move{Reference: c.Reference, Version: c.Version, To: moves[r.dice.IntN(len(moves))], Note: "A note.", Nonce: c.form}
		if reasons := move.To.Info().Reasons; len(reasons) > 0 {
			move.Reason = reasons[r.dice.IntN(len(reasons))].Slug
		}
		return r.store.Move(ctx, by, move)
	case 3:
		hours := map[string]string{"part-time": "full-time", "full-time": "either", "either": "part-time"}[c.Answers.Hours.Slug]
		return r.store.Correct(ctx, by, interest.Correction{
			Reference: c.Reference, Version: c.Version, Answers: []interest.Answer{interest.Hours{Slug: hours}}, Why: "They rang.", Nonce: c.form,
		}, slugAsName)
	}
	if c.Turn == interest.OnHold {
		return r.store.Resume(ctx, by, interest.Turning{Reference: c.Reference, Version: c.Version, Nonce: c.form})
	}
	if c.Stage.Info().Ends {
		return r.store.Move(ctx, by, interest.Move{Reference: c.Reference, Version: c.Version, To: interest.Moves(c.Stage)[0], Nonce: c.form})
	}
	until := interest.DayInput{Day: "1", Month: "6", Year: "2027"}
	return r.store.Hold(ctx, by, interest.Hold{Reference: c.Reference, Version: c.Version, Reason: interest.ReturnerAsked, Until: until, Nonce: c.form})
}

// work edits cases, one after the other, so many times.
func (r *reviewerAtWork) work(ctx context.Context, ids []string, edits int) error {
	for n := range edits {
		found, err := r.store.ByID(ctx, ids[r.dice.IntN(len(ids))])
		if err != nil {
			return err
		}
		notes := r.notes[found.Reference]
		err = r.edit(ctx, seen{found, fmt.Sprintf("%s %p %d", r.id, r, n)})
		switch {
		case err == nil:
			r.taken[found.Reference]++
		case errors.Is(err, interest.ErrCaseChanged):
			r.refused++
		default:
			return err
		}
		if err != nil && notes != r.notes[found.Reference] {
			return fmt.Errorf("a note conflicted: %w", err)
		}
	}
	return nil
}

// TestTwoReviewersLoseNoUpdate has two people with a few windows each edit the
// same cases at once. Each edit is taken, and stands in the timeline, or is
// refused because the case changed; never both, and never neither.
func TestTwoReviewersLoseNoUpdate(t *testing.T) {
	t.Parallel()
	const windows, cases = 4, 6
	edits := interesttest.Fewer(10_000)
	pool := postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	people := []string{mustAccount(t, pool, "Ada", staff.Reviewer), mustAccount(t, pool, "Ben", staff.Reviewer)}
	var ids []string
	for range cases {
		ids = append(ids, mustSend(t, store, newAnswers(t)).ID)
	}
	var all []*reviewerAtWork
	barrier, wait := make(chan struct{}), sync.WaitGroup{}
	for n := range windows {
		for i, person := range people {
			r := &reviewerAtWork{
				store: store, id: person, others: people, dice: rand.New(rand.NewPCG(uint64(n), uint64(i))), taken: map[string]int{}, notes: map[string]int{},
			}
			all = append(all, r)
			wait.Go(func() {
				<-barrier
				if err := r.work(context.Background(), ids, edits/windows/len(people)); err != nil {
					t.Errorf("editing = %v", err)
				}
			})
		}
	}
	close(barrier)
	wait.Wait()
	refused := 0
	for _, r := range all {
		refused += r.refused
	}
	if refused == 0 {
		t.Error("nobody came too late, so that nothing was tested")
	}
	for _, id := range ids {
		checkNothingLost(t, store, id, all)
	}
}

func checkNothingLost(t *testing.T, store *interest.Store, id string, all []*reviewerAtWork) {
	t.Helper()
	e, err := store.ByID(t.Context(), id)
	if err != nil {
		t.Fatalf("ByID() = %v", err)
	}
	c, err := store.ByReference(t.Context(), e.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	taken, notes := 0, 0
	for _, r := range all {
		taken, notes = taken+r.taken[c.Reference], notes+r.notes[c.Reference]
	}
	if len(c.Events) != 1+taken || c.Version != 1+taken-notes {
		t.Errorf("case %s has %d events at version %d, want %d and %d: as many as edits were taken", c.Reference, len(c.Events), c.Version, 1+taken, 1+taken-notes)
	}
	stage, assignee, hours := interest.Received, "", "Part time"
	for n := len(c.Events) - 1; n >= 0; n-- {
		switch event := c.Events[n]; event.Kind {
		case interest.EventMoved:
			if event.From != stage {
				t.Fatalf("case %s moved from %s, and was in %s", c.Reference, event.From, stage)
			}
			stage = event.To
		case interest.EventAssigned:
			if event.FromAssignee != assignee {
				t.Fatalf("case %s went from %q, and %q had it", c.Reference, event.FromAssignee, assignee)
			}
			assignee = event.ToAssignee
		case interest.EventCorrected:
			if event.Old != hours {
				t.Fatalf("hours of case %s were corrected from %q, and were %q", c.Reference, event.Old, hours)
			}
			hours = event.New
		}
	}
	if stage != c.Stage || assignee != c.AssigneeID {
		t.Errorf("case %s is in %s with %q, its timeline ends in %s with %q", c.Reference, c.Stage, c.AssigneeID, stage, assignee)
	}
}

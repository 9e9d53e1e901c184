package interest_test

import (
	"context"
	"errors"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

func TestCarryFillsAndReplacesOnlyWhatWasShown(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	empty, err := store.NewDraft(ctx)
	if err != nil {
		t.Fatal(err)
	}
	carried := interest.Answers{
		Profession: &interest.Profession{Slug: "dietitians"}, Standing: &interest.Standing{Standing: updating.Never},
		QualifiedWhere: &interest.QualifiedWhere{InUK: interest.Yes}, Qualified: &interest.Qualified{DayInput: interest.DayInput{Month: "7", Year: "2015"}},
	}
	filled, err := store.Carry(ctx, empty.ID, carried, interest.ReplaceNothing)
	if err != nil || filled.Answers.Qualified == nil || filled.Version("qualified") != 1 || filled.Revision != 1 {
		t.Fatalf("Carry(into nothing) = %+v, %v, want the answers", filled, err)
	}
	same, err := store.Carry(ctx, empty.ID, carried, interest.ReplaceNothing)
	if err != nil || same.Revision != filled.Revision {
		t.Errorf("Carry(the same) = revision %d, %v, want nothing changed", same.Revision, err)
	}
	whole := mustDraft(t, store, newAnswers(t))
	_, err = store.Carry(ctx, whole.ID, carried, interest.ReplaceNothing)
	var other *interest.OtherAnswersError
	if !errors.As(err, &other) || !errors.Is(err, fault.Conflict) || other.Saved.Revision != whole.Revision {
		t.Fatalf("Carry(other answers) = %v, want an OtherAnswersError with the draft", err)
	}
	if _, err := store.Carry(ctx, whole.ID, carried, whole.Revision-1); !errors.As(err, &other) {
		t.Errorf("Carry(over an older draft) = %v, want an OtherAnswersError", err)
	}
	replaced, err := store.Carry(ctx, whole.ID, carried, whole.Revision)
	if err != nil || replaced.Answers.LastPractised != nil || replaced.Answers.Profession.Slug != "dietitians" || replaced.Answers.Name == nil {
		t.Errorf("Carry(over what was shown) = %+v, %v, want the carried situation and the rest as it was", interest.SituationLines(replaced.Answers), err)
	}
	if replaced.Version("last-practised") != whole.Version("last-practised")+1 {
		t.Errorf("the version of a forgotten answer = %d, want one more, so that an open page of it is stale", replaced.Version("last-practised"))
	}
}

func TestCarryDoesNothingToASentDraft(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustDraft(t, store, newAnswers(t))
	if _, err := store.Send(ctx, draft.ID, draft.Revision, "request"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Carry(ctx, draft.ID, newAnswers(t), interest.ReplaceNothing); !errors.Is(err, interest.ErrSent) {
		t.Errorf("Carry(into a sent draft) = %v, want ErrSent", err)
	}
}

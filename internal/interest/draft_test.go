package interest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestDraftKeepsAnswersAndLivesOnWithEachChange(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft, err := store.NewDraft(ctx)
	if err != nil {
		t.Fatalf("NewDraft() = %v", err)
	}
	if want := noon.Add(interest.DraftLife); !draft.ExpiresAt.Equal(want) {
		t.Errorf("new draft expires at %v, want %v", draft.ExpiresAt, want)
	}
	store.Now = func() time.Time { return noon.Add(time.Hour) }
	if _, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "  Zoë   Example "}); err != nil {
		t.Fatalf("SaveAnswer(name) = %v", err)
	}
	got, err := store.Draft(ctx, draft.ID)
	if err != nil {
		t.Fatalf("Draft() = %v", err)
	}
	if got.Answers.Name == nil || got.Answers.Name.Full != "Zoë Example" {
		t.Errorf("Draft().Answers.Name = %+v, want the cleaned name", got.Answers.Name)
	}
	if got.Version("name") != 1 || got.Version("email") != 0 || got.Revision != 1 {
		t.Errorf("versions = %v, revision = %d, want name at 1, revision 1", got.Versions, got.Revision)
	}
	if want := noon.Add(time.Hour + interest.DraftLife); !got.ExpiresAt.Equal(want) {
		t.Errorf("changed draft expires at %v, want %v", got.ExpiresAt, want)
	}
}

func TestStaleAnswerIsRefusedWithTheSavedOne(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft, _ := store.NewDraft(ctx)
	if _, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "First"}); err != nil {
		t.Fatalf("SaveAnswer(first) = %v", err)
	}
	_, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "Second"})
	var stale *interest.StaleError
	if !errors.As(err, &stale) || !errors.Is(err, fault.Conflict) {
		t.Fatalf("SaveAnswer(stale) = %v, want a StaleError that is a Conflict", err)
	}
	if stale.Saved.Answers.Name.Full != "First" || stale.Saved.Version("name") != 1 {
		t.Errorf("StaleError.Saved = %+v at %d, want First at 1", stale.Saved.Answers.Name, stale.Saved.Version("name"))
	}
	if _, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "First"}); err != nil {
		t.Errorf("SaveAnswer(the same answer from an old page) = %v, want nil", err)
	}
	if _, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Email{Address: "a@example.com"}); err != nil {
		t.Errorf("SaveAnswer(another step) = %v, want nil", err)
	}
	got, err := store.SaveAnswer(ctx, draft.ID, 1, interest.Name{Full: "Second"})
	if err != nil || got.Answers.Name.Full != "Second" {
		t.Errorf("SaveAnswer(with the version shown) = %+v, %v, want Second", got.Answers.Name, err)
	}
}

func TestDraftIsGoneAfterItsTime(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	old, _ := store.NewDraft(ctx)
	store.Now = func() time.Time { return noon.Add(interest.DraftLife - time.Second) }
	young, _ := store.NewDraft(ctx)
	if _, err := store.Draft(ctx, old.ID); err != nil {
		t.Errorf("Draft(a second before its time) = %v, want nil", err)
	}
	store.Now = func() time.Time { return noon.Add(interest.DraftLife) }
	if _, err := store.Draft(ctx, old.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("Draft(expired) = %v, want NotFound", err)
	}
	if n, err := store.PurgeDrafts(ctx, noon); n != 1 || err != nil {
		t.Errorf("PurgeDrafts() = %d, %v, want 1", n, err)
	}
	if _, err := store.Draft(ctx, young.ID); err != nil {
		t.Errorf("Draft(young, after the purge) = %v, want nil", err)
	}
}

func TestDeletedDraftIsNotFound(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft, _ := store.NewDraft(ctx)
	if err := store.DeleteDraft(ctx, draft.ID); err != nil {
		t.Fatalf("DeleteDraft() = %v", err)
	}
	if _, err := store.Draft(ctx, draft.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("Draft(deleted) = %v, want NotFound", err)
	}
	for _, id := range []string{"", "no-uuid", "0", "' or 1=1 --"} {
		if _, err := store.Draft(ctx, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Draft(%q) = %v, want NotFound", id, err)
		}
		if err := store.DeleteDraft(ctx, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("DeleteDraft(%q) = %v, want NotFound", id, err)
		}
	}
}

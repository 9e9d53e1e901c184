package interest_test

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

var home = netip.MustParseAddr("192.0.2.7")

// mustBegin begins a draft that has an email address.
func mustBegin(t testing.TB, store *interest.Store, email string) interest.Draft {
	t.Helper()
	draft, err := store.NewDraft(context.Background())
	if err == nil {
		draft, err = store.SaveAnswer(context.Background(), draft.ID, 0, interest.Email{Address: email})
	}
	if err != nil {
		t.Fatalf("beginning a draft: %v", err)
	}
	return draft
}

// mustMint makes a link to a draft.
func mustMint(t testing.TB, store *interest.Store, draftID string) (string, interest.Link) {
	t.Helper()
	token, link, err := store.MintLink(context.Background(), draftID)
	if err != nil {
		t.Fatalf("MintLink() = %v", err)
	}
	return token, link
}

func TestALinkOpensItsDraftOnce(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustBegin(t, store, "Zoe@Example.com")
	if draft.Email != "zoe@example.com" || draft.Address() != "Zoe@Example.com" {
		t.Errorf("draft is found by %q and written to at %q, want small letters, and as typed", draft.Email, draft.Address())
	}
	token, minted := mustMint(t, store, draft.ID)
	if want := noon.Add(interest.LinkLife); !minted.ExpiresAt.Equal(want) {
		t.Errorf("link expires at %v, want %v", minted.ExpiresAt, want)
	}
	for range 2 {
		if link, err := store.Link(ctx, token); err != nil || link.Draft.ID != draft.ID {
			t.Fatalf("Link() = %+v, %v, want the draft's, as often as it is looked at", link.Draft.ID, err)
		}
	}
	for range 2 {
		if used, err := store.UseLink(ctx, token, "one form"); err != nil || used.ID != draft.ID {
			t.Fatalf("UseLink(the same form) = %v, %v, want the draft", used.ID, err)
		}
	}
	if _, err := store.UseLink(ctx, token, "another form"); !errors.Is(err, fault.Gone) {
		t.Errorf("UseLink(another form) = %v, want Gone", err)
	}
	for name, dead := range map[string]string{"used": token, "unknown": "never was", "empty": ""} {
		if _, err := store.Link(ctx, dead); !errors.Is(err, fault.Gone) {
			t.Errorf("Link(%s) = %v, want Gone", name, err)
		}
	}
	if n := count(t, store.DB, `select count(*) from draft_link where token_hash = $1`, []byte(token)); n != 0 {
		t.Error("the token itself is kept")
	}
}

func TestALinkEndsInTimeAndNeverAfterItsDraft(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustBegin(t, store, "zoe@example.com")
	early, _ := mustMint(t, store, draft.ID)
	store.Now = func() time.Time { return noon.Add(20 * 24 * time.Hour) }
	if _, err := store.UseLink(ctx, early, "form"); !errors.Is(err, fault.Gone) {
		t.Errorf("UseLink(after 20 days) = %v, want Gone", err)
	}
	late, link := mustMint(t, store, draft.ID)
	if !link.ExpiresAt.Equal(draft.ExpiresAt) {
		t.Errorf("link expires at %v, want %v, when its draft does", link.ExpiresAt, draft.ExpiresAt)
	}
	store.Now = func() time.Time { return draft.ExpiresAt }
	if _, err := store.Link(ctx, late); !errors.Is(err, fault.Gone) {
		t.Errorf("Link(of a draft that expired) = %v, want Gone", err)
	}
	if _, _, err := store.MintLink(ctx, draft.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("MintLink(of a draft that expired) = %v, want NotFound", err)
	}
}

func TestSendingEndsTheLinksAndForgetsTheAddress(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustDraft(t, store, newAnswers(t))
	token, _ := mustMint(t, store, draft.ID)
	if err := store.AskLink(ctx, draft.ID, "zoe@example.com", home); err != nil {
		t.Fatalf("AskLink() = %v", err)
	}
	if _, err := store.Send(ctx, draft.ID, draft.Revision, "request"); err != nil {
		t.Fatalf("Send() = %v", err)
	}
	if _, err := store.UseLink(ctx, token, "form"); !errors.Is(err, fault.Gone) {
		t.Errorf("UseLink(of a sent draft) = %v, want Gone", err)
	}
	if _, _, err := store.MintLink(ctx, draft.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("MintLink(of a sent draft) = %v, want Conflict", err)
	}
	if err := store.AskLink(ctx, draft.ID, "zoe@example.com", home); !errors.Is(err, interest.ErrSent) {
		t.Errorf("AskLink(of a sent draft) = %v, want ErrSent", err)
	}
	if n := count(t, store.DB, `select count(*) from draft where email <> ''`); n != 0 {
		t.Error("the sent draft still has an address")
	}
	if n := count(t, store.DB, `select count(*) from mail where subject_id = $1`, draft.ID); n != 0 {
		t.Errorf("%d mails about the draft are kept, want none after it is sent", n)
	}
}

func TestADraftGoesWithItsLinksAndMails(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustBegin(t, store, "zoe@example.com")
	mustMint(t, store, draft.ID)
	if err := store.AskLink(ctx, draft.ID, "zoe@example.com", home); err != nil {
		t.Fatalf("AskLink() = %v", err)
	}
	if n, err := store.PurgeDrafts(ctx, draft.UpdatedAt); n != 1 || err != nil {
		t.Fatalf("PurgeDrafts() = %d, %v, want 1", n, err)
	}
	for _, query := range []string{`select count(*) from draft_link`, `select count(*) from mail`} {
		if n := count(t, store.DB, query); n != 0 {
			t.Errorf("%s = %d, want 0", query, n)
		}
	}
}

func TestAnotherAddressEndsTheLinksToTheOneBefore(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	draft := mustBegin(t, store, "zoe@example.con")
	for _, change := range []struct {
		name string
		ends bool
		make func() error
	}{
		{"the same address for a link", false, func() error { return store.AskLink(ctx, draft.ID, "ZOE@example.con", home) }},
		{"another address in the form", true, func() error {
			_, err := store.SaveAnswer(ctx, draft.ID, 1, interest.Email{Address: "zoe@example.com"})
			return err
		}},
		{"another answer", false, func() error {
			_, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "Zoë"})
			return err
		}},
		{"another address for a link", true, func() error { return store.AskLink(ctx, draft.ID, "zoe@example.org", home) }},
	} {
		token, _ := mustMint(t, store, draft.ID)
		if err := change.make(); err != nil {
			t.Fatalf("%s: %v", change.name, err)
		}
		if _, err := store.Link(ctx, token); errors.Is(err, fault.Gone) != change.ends {
			t.Errorf("Link(after %s) = %v, want it ended: %v", change.name, err, change.ends)
		}
	}
}

func TestOneOfManyPressesUsesALinkUp(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.NewDatabase(t))
	draft := mustBegin(t, store, "zoe@example.com")
	token, _ := mustMint(t, store, draft.ID)
	var wait sync.WaitGroup
	var opened, gone atomic.Int32
	barrier := make(chan struct{})
	const presses = 50
	for i := range presses {
		wait.Go(func() {
			<-barrier
			_, err := store.UseLink(ctx, token, string(rune('a'+i)))
			switch {
			case err == nil:
				opened.Add(1)
			case errors.Is(err, fault.Gone):
				gone.Add(1)
			default:
				t.Errorf("UseLink() = %v, want nil or Gone", err)
			}
		})
	}
	close(barrier)
	wait.Wait()
	if opened.Load() != 1 || gone.Load() != presses-1 {
		t.Errorf("%d presses opened the draft and %d found the link gone, want 1 and %d", opened.Load(), gone.Load(), presses-1)
	}
}

func TestLinksAreSentToTheAddressesThatDraftsGave(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.Tx(t))
	inForm := mustBegin(t, store, "zoe@example.com")
	asked, _ := store.NewDraft(ctx)
	if err := store.AskLink(ctx, asked.ID, " Ask@Example.com ", home); err != nil {
		t.Fatalf("AskLink() = %v", err)
	}
	owed := func(id string) int {
		return count(t, store.DB, `select count(*) from mail where kind = 'draft-link' and subject_id = $1`, id)
	}
	if owed(asked.ID) != 1 {
		t.Errorf("%d mails are owed after a link was asked for, want 1", owed(asked.ID))
	}
	for _, email := range []string{"ZOE@example.com", "ask@example.com", "nobody@example.com"} {
		if err := store.FindLinks(ctx, email, home); err != nil {
			t.Errorf("FindLinks(%s) = %v, want nil", email, err)
		}
	}
	if owed(inForm.ID) != 1 || owed(asked.ID) != 2 || count(t, store.DB, `select count(*) from mail`) != 3 {
		t.Errorf("owed: %d, %d, want 1 for the form's address and 2 for the one that was asked for", owed(inForm.ID), owed(asked.ID))
	}
	changed, err := store.Draft(ctx, asked.ID)
	if err != nil || !changed.ExpiresAt.Equal(asked.ExpiresAt) || changed.Revision != asked.Revision {
		t.Errorf("asking for a link changed the draft to %+v, %v, want it as it was", changed, err)
	}
}

func TestAskingOftenWaitsAndNeverForGood(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), newStore(t, postgrestest.NewDatabase(t))
	now := noon
	store.Now = func() time.Time { return now }
	for i := range 10 {
		// Each from elsewhere: the address that is written to is held to a limit too.
		err := store.FindLinks(ctx, "nobody@example.com", netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}))
		var wait *fault.WaitError
		switch {
		case i < 4 && err != nil:
			t.Fatalf("FindLinks(asked %d times) = %v, want nil", i, err)
		case i >= 4 && !errors.As(err, &wait):
			t.Fatalf("FindLinks(asked %d times) = %v, want a wait", i, err)
		case i >= 4:
			now = now.Add(wait.After)
			if err := store.FindLinks(ctx, "nobody@example.com", home); err != nil {
				t.Fatalf("FindLinks(after the wait) = %v, want nil", err)
			}
		}
	}
}

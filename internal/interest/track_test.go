package interest_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

var somewhere = netip.MustParseAddr("192.0.2.7")

func mustTrack(t testing.TB, store *interest.Store, c interest.Case) string {
	t.Helper()
	token, _, err := store.MintTrackLink(t.Context(), c.ID)
	if err != nil {
		t.Fatalf("MintTrackLink() = %v", err)
	}
	return token
}

func TestATrackingLinkLeadsToItsCaseUntilItExpires(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	token := mustTrack(t, store, c)
	for range 2 {
		if got, err := store.Tracked(t.Context(), token); err != nil || got.Reference != c.Reference {
			t.Fatalf("Tracked() = %s, %v, want %s", got.Reference, err, c.Reference)
		}
	}
	if n := count(t, tx, `select count(*) from track_link where token_hash = $1`, []byte(token)); n != 0 {
		t.Error("the token is stored as it is, want its hash alone")
	}
	for _, other := range []string{"", "x", token + "A", token[:len(token)-1]} {
		if _, err := store.Tracked(t.Context(), other); !errors.Is(err, fault.Gone) {
			t.Errorf("Tracked(%q) = %v, want Gone", other, err)
		}
	}
	store.Now = func() time.Time { return noon.Add(interest.TrackLife) }
	if _, err := store.Tracked(t.Context(), token); !errors.Is(err, fault.Gone) {
		t.Errorf("Tracked(expired) = %v, want Gone", err)
	}
	mustTrack(t, store, c)
	if gone, err := store.PurgeTrackLinks(t.Context(), store.Now().Add(time.Second)); err != nil || gone != 1 {
		t.Errorf("PurgeTrackLinks() = %d, %v, want the expired one gone", gone, err)
	}
}

func TestANewAddressIsUsedOnceItIsConfirmed(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	old := mustTrack(t, store, c)
	if _, _, err := store.MintConfirmation(t.Context(), c.ID); !errors.Is(err, fault.Conflict) {
		t.Fatalf("MintConfirmation(no new address) = %v, want Conflict", err)
	}
	if err := store.WantEmail(t.Context(), returner, c.Reference, "zoe@example.net", somewhere); err != nil {
		t.Fatalf("WantEmail() = %v", err)
	}
	wrong, email, err := store.MintConfirmation(t.Context(), c.ID)
	if err != nil || email != "zoe@example.net" {
		t.Fatalf("MintConfirmation() = %q, %v, want the new address", email, err)
	}
	if err := store.WantEmail(t.Context(), returner, c.Reference, "Zoe@example.org", somewhere); err != nil {
		t.Fatalf("WantEmail(another) = %v", err)
	}
	token, _, err := store.MintConfirmation(t.Context(), c.ID)
	if err != nil {
		t.Fatalf("MintConfirmation() = %v", err)
	}
	if _, err := store.Tracked(t.Context(), token); !errors.Is(err, fault.Gone) {
		t.Errorf("Tracked(not confirmed) = %v, want Gone: the address may be a stranger's", err)
	}
	if err := store.ConfirmEmail(t.Context(), wrong, "r"); !errors.Is(err, fault.Gone) {
		t.Errorf("ConfirmEmail(an address that is not wanted any more) = %v, want Gone", err)
	}
	if got := mustRead(t, store, c.Reference); got.Answers.Email.Address != "zoe@example.com" {
		t.Fatalf("address = %s before it is confirmed, want the old one", got.Answers.Email.Address)
	}
	for range 2 { // a double click
		if err := store.ConfirmEmail(t.Context(), token, "r"); err != nil {
			t.Fatalf("ConfirmEmail() = %v", err)
		}
	}
	got, err := store.Tracked(t.Context(), token)
	if err != nil || got.Answers.Email.Address != "Zoe@example.org" || got.EmailWanted != "" {
		t.Fatalf("Tracked(the link that confirmed) = %+v, %v, want the new address", got.Answers.Email, err)
	}
	if _, err := store.Tracked(t.Context(), old); !errors.Is(err, fault.Gone) {
		t.Errorf("Tracked(a link that went to the old address) = %v, want Gone", err)
	}
	if _, e, err := store.Readdressed(t.Context(), c.ID, got.Events[0].Occasion()); err != nil || e.Old != "zoe@example.com" {
		t.Errorf("Readdressed() = %+v, %v, want the old address to tell it", e, err)
	}
	if n := count(t, tx, `select count(*) from mail where kind = 'address-changed' and subject_id = $1`, c.ID); n != 1 {
		t.Errorf("%d mails to the old address are owed, want 1", n)
	}
}

func TestLinksAreAskedForByAddressAndNotTooOften(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	mustSend(t, store, newAnswers(t))
	for _, email := range []string{" ZOE@example.com", "nobody@example.com"} {
		if err := store.FindTracks(t.Context(), email, somewhere); err != nil {
			t.Errorf("FindTracks(%q) = %v, want the same answer for both", email, err)
		}
	}
	if n := count(t, tx, `select count(*) from mail where kind = 'track-link'`); n != 1 {
		t.Errorf("%d mails are owed, want 1", n)
	}
	var err error
	for range 5 {
		err = store.FindTracks(t.Context(), "nobody@example.com", somewhere)
	}
	if !errors.Is(err, fault.Limited) {
		t.Errorf("FindTracks(again and again) = %v, want Limited", err)
	}
}

func TestWhoseAddressIsCorrectedIsWrittenToAndNobodyElseComesIn(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	mustTrack(t, store, c)
	if _, err := tx.Exec(t.Context(), `update mail set state = 'sent', sent_at = now()`); err != nil {
		t.Fatalf("sending mail: %v", err)
	}
	if err := store.WantEmail(t.Context(), returner, c.Reference, "stranger@example.net", somewhere); err != nil {
		t.Fatalf("WantEmail() = %v", err)
	}
	news := interest.AddressNews{Reference: c.Reference, Version: c.Version, Kind: interest.EventReaddressed, Email: "zoe@example.org", Nonce: "n"}
	if err := store.HearOfAddress(t.Context(), by, news); err != nil {
		t.Fatalf("HearOfAddress() = %v", err)
	}
	if _, _, err := store.MintConfirmation(t.Context(), c.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("MintConfirmation(the stranger's address) = %v, want Conflict", err)
	}
	if n := count(t, tx, `select count(*) from mail where kind = 'track-link' and state = 'waiting'`); n != 1 {
		t.Errorf("%d links are owed to the right address, want 1", n)
	}
	if _, email, err := store.MintTrackLink(t.Context(), c.ID); err != nil || email != "zoe@example.org" {
		t.Errorf("MintTrackLink() goes to %q, %v, want the right address", email, err)
	}
}

func TestAnAddressThatNobodyConfirmsIsForgotten(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	if err := store.WantEmail(t.Context(), returner, c.Reference, "typo@example.net", somewhere); err != nil {
		t.Fatalf("WantEmail() = %v", err)
	}
	if _, _, err := store.MintConfirmation(t.Context(), c.ID); err != nil {
		t.Fatalf("MintConfirmation() = %v", err)
	}
	if _, err := tx.Exec(t.Context(), `update mail set state = 'sent', sent_at = now()`); err != nil {
		t.Fatalf("sending mail: %v", err)
	}
	for _, one := range []struct {
		after time.Duration
		want  string
	}{{0, "typo@example.net"}, {interest.ConfirmLife + time.Hour, ""}} {
		if _, err := store.PurgeTrackLinks(t.Context(), noon.Add(one.after)); err != nil {
			t.Fatalf("PurgeTrackLinks() = %v", err)
		}
		if got := mustRead(t, store, c.Reference).EmailWanted; got != one.want {
			t.Errorf("after %s %q waits to be confirmed, want %q", one.after, got, one.want)
		}
	}
}

func TestACaseIsKeptUntilItsCopyIsGiven(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	if err := store.Move(t.Context(), returner, interest.Move{Reference: c.Reference, To: interest.Withdrawn, Reason: "cost", Nonce: "w"}); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	if err := store.AskCopy(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: "c"}); err != nil {
		t.Fatalf("AskCopy() = %v", err)
	}
	later := noon.AddDate(2, 0, 0)
	if erased, err := store.PurgeEnded(t.Context(), later); err != nil || erased != 0 {
		t.Fatalf("PurgeEnded(a copy is owed) = %d, %v, want it kept", erased, err)
	}
	got := mustRead(t, store, c.Reference)
	if err := store.GiveCopy(t.Context(), by, interest.Turning{Reference: c.Reference, Version: got.Version, Nonce: "g"}); err != nil {
		t.Fatalf("GiveCopy() = %v", err)
	}
	if erased, err := store.PurgeEnded(t.Context(), later); err != nil || erased != 1 {
		t.Errorf("PurgeEnded(the copy was given) = %d, %v, want it erased", erased, err)
	}
}

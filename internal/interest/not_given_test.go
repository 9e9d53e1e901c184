package interest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

// mustArrive takes a case in that a spreadsheet says little of.
func mustArrive(t *testing.T, store *interest.Store, tx pgx.Tx, email string) interest.Case {
	t.Helper()
	var importID string
	if err := tx.QueryRow(t.Context(), `
		insert into intake (name, sha256, size, headings, mapping, state, uploaded_at, changed_at, imported_at)
		values ('old.csv', gen_random_uuid()::text::bytea, 1, '{}', '{}', 'imported', $1, $1, $1) returning id::text`, noon).Scan(&importID); err != nil {
		t.Fatal(err)
	}
	rules := updating.Store{DB: tx}
	book, err := rules.Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	received := noon.AddDate(0, -1, 0)
	one := []interest.Arrival{{Row: 7, ReceivedAt: received, Stage: interest.Contacted, StageSince: received.AddDate(0, 0, 3), Answers: interest.Answers{
		On: interest.DayOf(received), Book: book, Name: &interest.Name{Full: "Ada Lovelace"}, Email: &interest.Email{Address: email},
		Phone: &interest.Phone{Number: "01522 000000"}, Profession: &interest.Profession{Slug: "radiographers"},
	}}}
	if err := store.Arrive(t.Context(), tx, interest.By{}, importID, one); err != nil {
		t.Fatalf("Arrive() = %v", err)
	}
	c, err := store.ByReference(t.Context(), one[0].Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	return c
}

func TestAnAnswerThatAFileDidNotHaveIsNotGivenUntilItIs(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustArrive(t, store, tx, "ada@example.org")
	if c.ImportRow != 7 || c.Result.Known() || c.Answers.On != interest.DayOf(noon.AddDate(0, -1, 0)) {
		t.Errorf("row %d, days known %v, on %v", c.ImportRow, c.Result.Known(), c.Answers.On)
	}
	given := []string{"profession", "name", "email", "phone"}
	lines := interest.Lines(c.Answers, slugAsName)
	for _, line := range lines {
		if slices.Contains(line.Answer, interest.NotGiven) == slices.Contains(given, line.Step) {
			t.Errorf("%s says %q", line.Question, line.Answer)
		}
	}
	if len(lines) < 17 {
		t.Errorf("%d questions, want those that apply", len(lines))
	}
	by := interest.By{}
	correct := func(version int, answers ...interest.Answer) interest.Case {
		t.Helper()
		one := interest.Correction{Reference: c.Reference, Version: version, Answers: answers, Why: "They rang.", Nonce: answers[0].Step()}
		if err := store.Correct(t.Context(), by, one, slugAsName); err != nil {
			t.Fatalf("Correct(%s) = %v", answers[0].Step(), err)
		}
		got, err := store.ByReference(t.Context(), c.Reference)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := correct(1, interest.Programme{Registered: interest.No})
	if got.Answers.Programme.Registered != interest.No || got.Answers.RegisteredName.Other != "" || got.Events[0].Old != interest.NotGiven {
		t.Errorf("after one answer: %+v, %+v, %q before", got.Answers.Programme, got.Answers.RegisteredName, got.Events[0].Old)
	}
	got = correct(2, interest.RegisterNumber{Unknown: true})
	got = correct(got.Version, interest.RegisteredName{Other: interest.No})
	if !got.Answers.RegisterNumber.Unknown || got.Answers.RegisteredName.Other != interest.No || got.Result.Known() {
		t.Errorf("after three: %+v, %+v", got.Answers.RegisterNumber, got.Answers.RegisteredName)
	}
	got = correct(got.Version, interest.Standing{Standing: updating.Left}, interest.Abroad{Answer: interest.No},
		interest.LastPractised{DayInput: interest.DayInput{Month: "5", Year: "2018"}})
	if !got.Result.Known() || got.Answers.Abroad.Answer != interest.No {
		t.Errorf("the days are %+v, want them worked out once the situation is known", got.Result.Outcomes)
	}
}

func TestAReturnerIsAskedForWhatAFileDidNotHave(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustArrive(t, store, tx, "ada@example.org")
	asking := interest.Asking{Reference: c.Reference, Version: c.Version, Message: "What hours?", Steps: []string{"hours", "help"}, Nonce: "a"}
	if err := store.Ask(t.Context(), interest.By{}, asking); err != nil {
		t.Fatalf("Ask() = %v", err)
	}
	for _, answer := range []interest.Answer{interest.Hours{Slug: "either"}, interest.Help{Slugs: []string{"funding"}}} {
		if _, err := store.SaveReply(t.Context(), c.Reference, 0, answer); err != nil {
			t.Fatalf("SaveReply(%s) = %v", answer.Step(), err)
		}
	}
	asked, err := store.ByReference(t.Context(), c.Reference)
	if err != nil {
		t.Fatal(err)
	}
	reply := interest.Reply{Reference: c.Reference, RequestID: asked.Requests[0].ID, Nonce: "b"}
	if err := store.SendReply(t.Context(), interest.By{Returner: true}, reply, slugAsName); err != nil {
		t.Fatalf("SendReply() = %v", err)
	}
	got, err := store.ByReference(t.Context(), c.Reference)
	if err != nil || got.Answers.Hours.Slug != "either" || !slices.Equal(got.Answers.Help.Slugs, []string{"funding"}) || got.Answers.Programme.Registered != "" {
		t.Errorf("%+v, %+v, %+v, %v, want what was asked answered and the rest as it was", got.Answers.Hours, got.Answers.Help, got.Answers.Programme, err)
	}
}

// TestNobodyIsTakenForEverybodyWithoutAnAddress has two cases without an email
// address: they have nothing in common.
func TestNobodyIsTakenForEverybodyWithoutAnAddress(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustArrive(t, store, tx, "")
	mustArrive(t, store, tx, "")
	if _, err := tx.Exec(context.Background(), `update expression set name = 'Flo' where reference <> $1`, c.Reference); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `insert into draft (created_at, updated_at, expires_at) values ($1, $1, $2)`, noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if c.MailTrouble != interest.MailMissing {
		t.Errorf("mail trouble %q, want it missing", c.MailTrouble)
	}
	if d, err := store.DuplicatesOf(t.Context(), c.Expression); err != nil || d.Total != 0 {
		t.Errorf("DuplicatesOf() = %+v, %v, want none", d, err)
	}
	if others, err := store.OthersOf(t.Context(), c.Expression); err != nil || len(others) != 0 {
		t.Errorf("OthersOf() = %v, %v, want none", others, err)
	}
	if drafts, err := store.DraftsOf(t.Context(), c.Expression); err != nil || len(drafts) != 0 {
		t.Errorf("DraftsOf() = %d, %v, want none", len(drafts), err)
	}
	if _, _, err := store.MintTrackLink(t.Context(), c.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("MintTrackLink() = %v, want Conflict: no mail goes nowhere", err)
	}
	for kind, want := range map[interest.EventKind]bool{interest.EventBounced: false, interest.EventReachable: false, interest.EventReaddressed: true} {
		news := interest.AddressNews{Reference: c.Reference, Version: c.Version, Kind: kind, Nonce: string(kind)}
		if kind == interest.EventReaddressed {
			news.Email = "ada@example.org"
		}
		if err := store.HearOfAddress(t.Context(), interest.By{}, news); (err == nil) != want {
			t.Errorf("HearOfAddress(%s) = %v", kind, err)
		}
	}
	got, err := store.ByReference(t.Context(), c.Reference)
	if err != nil || got.MailTrouble != "" || !strings.HasPrefix(got.Answers.Email.Address, "ada@") {
		t.Errorf("after an address was given: %q, %+v, %v", got.MailTrouble, got.Answers.Email, err)
	}
}

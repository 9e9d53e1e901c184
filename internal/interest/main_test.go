package interest_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// noon is the day of the examples: 20 November 2026.
var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

func newStore(t testing.TB, db postgres.DB) *interest.Store {
	t.Helper()
	updatingtest.Fill(t, db)
	return &interest.Store{
		DB: db, Outbox: mail.NewOutbox(), Now: func() time.Time { return noon }, Rules: &updating.Shelf{}, Random: rand.Reader,
	}
}

// newAnswers is a whole form of somebody who left the register.
func newAnswers(t testing.TB) interest.Answers {
	t.Helper()
	return interest.Answers{
		On:             interest.DayOf(noon),
		Book:           updatingtest.Book(t),
		Profession:     &interest.Profession{Slug: "physiotherapists"},
		Standing:       &interest.Standing{Standing: updating.Left},
		Abroad:         &interest.Abroad{Answer: interest.No},
		LastPractised:  &interest.LastPractised{DayInput: interest.DayInput{Month: "3", Year: "2022"}},
		Name:           &interest.Name{Full: "Zoë Example"},
		RegisteredName: &interest.RegisteredName{Other: interest.Yes, Full: "Zoë Sample"},
		Email:          &interest.Email{Address: "zoe@example.com"},
		Phone:          &interest.Phone{Number: "07700 900123"},
		Contact:        &interest.Contact{By: interest.ByPhone},
		Postcode:       &interest.Postcode{Area: "LN1"},
		RegisterNumber: &interest.RegisterNumber{Number: "PH12345"},
		Programme:      &interest.Programme{Registered: interest.Yes, Reference: "RTP-77"},
		Experience:     &interest.Experience{Role: "Band 6 physiotherapist", Setting: "community", Years: "7"},
		Organisations:  &interest.Organisations{Slugs: []string{"one-trust", "two-trust"}},
		Settings:       &interest.Settings{Slugs: []string{"community", "hospital"}},
		Hours:          &interest.Hours{Slug: "part-time"},
		Start:          &interest.Start{Choice: interest.StartFrom, Month: "2", Year: "2027"},
		Help:           &interest.Help{Slugs: []string{"placement", "supervisor"}},
		Privacy:        &interest.Privacy{Version: "1", Read: true},
	}
}

// list gives the answers of a form in the order of the steps.
func list(a interest.Answers) []interest.Answer {
	all := []interest.Answer{*a.Profession, *a.Standing}
	if a.Branch != nil {
		all = append(all, *a.Branch)
	}
	if a.Abroad != nil {
		all = append(all, *a.Abroad, *a.LastPractised)
	}
	if a.QualifiedWhere != nil {
		all = append(all, *a.QualifiedWhere, *a.Qualified)
	}
	if a.RegisteredName != nil {
		all = append(all, *a.RegisteredName, *a.RegisterNumber, *a.Experience)
	}
	if a.Contact != nil {
		all = append(all, *a.Contact)
	}
	return append(all, *a.Name, *a.Email, *a.Phone, *a.Postcode, *a.Programme,
		*a.Organisations, *a.Settings, *a.Hours, *a.Start, *a.Help, *a.Privacy)
}

// mustDraft saves a draft with the answers and gives it as it then is.
func mustDraft(t testing.TB, store *interest.Store, a interest.Answers) interest.Draft {
	t.Helper()
	draft, err := store.NewDraft(context.Background())
	if err != nil {
		t.Fatalf("NewDraft() = %v", err)
	}
	for _, answer := range list(a) {
		draft, err = store.SaveAnswer(context.Background(), draft.ID, 0, answer)
		if err != nil {
			t.Fatalf("SaveAnswer(%s) = %v", answer.Step(), err)
		}
	}
	return draft
}

// mustSend sends a new form and gives its case.
func mustSend(t testing.TB, store *interest.Store, a interest.Answers) interest.Case {
	t.Helper()
	draft := mustDraft(t, store, a)
	receipt, err := store.Send(context.Background(), draft.ID, draft.Revision, "request")
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	c, err := store.ByReference(context.Background(), receipt.Reference)
	if err != nil {
		t.Fatalf("ByReference(%q) = %v", receipt.Reference, err)
	}
	return c
}

// count gives the number that a query answers with.
func count(t testing.TB, db postgres.DB, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

package interest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

// mustDuplicates gives the duplicates of a case.
func mustDuplicates(t *testing.T, s *interest.Store, c interest.Case) interest.Duplicates {
	t.Helper()
	found, err := s.DuplicatesOf(t.Context(), c.Expression)
	if err != nil {
		t.Fatalf("DuplicatesOf() = %v", err)
	}
	return found
}

// somebodyElse are answers that have nothing in common with newAnswers but the
// profession.
func somebodyElse(t *testing.T) interest.Answers {
	t.Helper()
	a := newAnswers(t)
	a.Name, a.RegisteredName = &interest.Name{Full: "Kwame Sample"}, &interest.RegisteredName{Other: interest.No}
	a.Email, a.RegisterNumber = &interest.Email{Address: "kwame@example.org"}, &interest.RegisterNumber{Number: "PH99999"}
	return a
}

func TestDuplicatesShareAnAddressANameOrANumber(t *testing.T) {
	t.Parallel()
	const email, name, number = "email", "name", "number"
	for what, test := range map[string]struct {
		change func(a *interest.Answers)
		want   string
	}{
		"nothing":             {func(*interest.Answers) {}, ""},
		"the address":         {func(a *interest.Answers) { a.Email.Address = "ZOE@Example.com" }, email},
		"another's address":   {func(a *interest.Answers) { a.Email.Address = "zoe@example.com.au" }, ""},
		"the name":            {func(a *interest.Answers) { a.Name.Full = "Zoë Example" }, name},
		"capitals":            {func(a *interest.Answers) { a.Name.Full = "ZOË EXAMPLE" }, name},
		"no accent":           {func(a *interest.Answers) { a.Name.Full = "zoe example" }, name},
		"an accent of two":    {func(a *interest.Answers) { a.Name.Full = "Zoe\u0308 Example" }, name},
		"a hyphen":            {func(a *interest.Answers) { a.Name.Full = "Zoë-Example" }, name},
		"a part of the name":  {func(a *interest.Answers) { a.Name.Full = "Zoë" }, ""},
		"the register's name": {func(a *interest.Answers) { a.Name.Full = "Zoë Sample" }, ""},
		"another profession": {func(a *interest.Answers) {
			a.Name.Full, a.Profession, a.RegisterNumber = "Zoë Example", &interest.Profession{Slug: "dietitians"}, &interest.RegisterNumber{Number: "DT12345"}
		}, ""},
		"the number":  {func(a *interest.Answers) { a.RegisterNumber.Number = "ph 12345" }, number},
		"all of them": {func(a *interest.Answers) { *a = newAnswers(t) }, "email name number"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, postgrestest.Tx(t))
			c := mustSend(t, s, newAnswers(t))
			other := somebodyElse(t)
			test.change(&other)
			sent := mustSend(t, s, other)
			found := mustDuplicates(t, s, c)
			if test.want == "" {
				if found.Total != 0 || len(found.Rows) != 0 {
					t.Errorf("DuplicatesOf() = %+v, want none", found)
				}
				return
			}
			want := interest.Duplicate{Reference: sent.Reference, Stage: interest.Received, ReceivedAt: found.Rows[0].ReceivedAt,
				SameEmail: strings.Contains(test.want, email), SameName: strings.Contains(test.want, name), SameNumber: strings.Contains(test.want, number)}
			if found.Total != 1 || len(found.Rows) != 1 || found.Rows[0] != want || !want.ReceivedAt.Equal(sent.ReceivedAt) {
				t.Errorf("DuplicatesOf() = %+v, want %+v", found, want)
			}
			if back := mustDuplicates(t, s, sent); back.Total != 1 || back.Rows[0].Reference != c.Reference {
				t.Errorf("DuplicatesOf(the other) = %+v, want %s", back, c.Reference)
			}
		})
	}
}

func TestWhoKnowsNoNumberSharesNone(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	one, other := newAnswers(t), somebodyElse(t)
	one.RegisterNumber, other.RegisterNumber = &interest.RegisterNumber{Unknown: true}, &interest.RegisterNumber{Unknown: true}
	one.Name, other.Name = &interest.Name{Full: "-"}, &interest.Name{Full: "."}
	c := mustSend(t, s, one)
	mustSend(t, s, other)
	if found := mustDuplicates(t, s, c); found.Total != 0 {
		t.Errorf("DuplicatesOf() = %+v, want none: nothing is the same", found)
	}
}

func TestTheNewestDuplicatesShowAndErasedOnesDoNot(t *testing.T) {
	t.Parallel()
	s := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, s, newAnswers(t))
	var sent []interest.Case
	for i := range 7 {
		s.Now = func() time.Time { return noon.Add(time.Duration(i+1) * time.Hour) }
		sent = append(sent, mustSend(t, s, newAnswers(t)))
	}
	newest := sent[6]
	erasure := interest.Erasure{Reference: newest.Reference, Version: newest.Version, Typed: newest.Reference}
	if err := s.Erase(t.Context(), by, erasure); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	found := mustDuplicates(t, s, c)
	if found.Total != 6 || len(found.Rows) != 5 {
		t.Fatalf("DuplicatesOf() = %d of %d, want 5 of 6", len(found.Rows), found.Total)
	}
	for i, row := range found.Rows {
		if want := sent[5-i]; row.Reference != want.Reference {
			t.Errorf("the duplicate at %d is %s, want %s: the newest first", i, row.Reference, want.Reference)
		}
	}
}

func TestDuplicatesReadNoWholeTable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tx, err := postgrestest.Owner(t, postgrestest.NewDatabase(t)).Begin(ctx)
	if err != nil {
		t.Fatalf("Begin() = %v", err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	// Filling it takes long on a machine that does much else.
	if _, err := tx.Exec(ctx, `set local statement_timeout = 0`); err != nil {
		t.Fatalf("waiting for as long as it takes: %v", err)
	}
	c := mustSend(t, newStore(t, tx), newAnswers(t))
	fill(t, tx, c.ID, 50_000)
	if _, err := tx.Exec(ctx, `update expression set register_number = 'PH' || substr(reference, 2) where reference like 'X%'`); err != nil {
		t.Fatalf("giving numbers: %v", err)
	}
	// Without statistics, as before the first analysis, and with them.
	for _, before := range []string{`select 1`, `analyze expression`} {
		if _, err := tx.Exec(ctx, before); err != nil {
			t.Fatalf("%s: %v", before, err)
		}
		if plan := explain(t, tx, interest.SelectDuplicates, c); strings.Contains(plan, "Seq Scan") {
			t.Errorf("after %s the plan reads the whole table:\n%s", before, plan)
		}
	}
}

// explain is how Postgres would find the duplicates of a case.
func explain(t *testing.T, tx pgx.Tx, query string, c interest.Case) string {
	t.Helper()
	rows, err := tx.Query(context.Background(), `explain `+query, c.ID, c.Answers.Email.Address, c.Answers.Profession.Slug,
		c.Answers.Name.Full, c.Answers.RegisterNumber.Number, 5)
	if err != nil {
		t.Fatalf("explaining: %v", err)
	}
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("explaining: %v", err)
	}
	return strings.Join(plan, "\n")
}

package interest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

// canaries are values that stand nowhere but in the answers of newCanary.
var canaries = []string{"canaryname", "canaryregistered", "canary@example.com", "07700 900321", "KA9", "PH98765", "CANARY-RTP",
	"canaryrole", "canary-trust", "canarynote", "canaryold", "canarynew", "1987", "canaryreason"}

// newCanary is a form whose every answer can be looked for in the database.
func newCanary(t testing.TB) interest.Answers {
	t.Helper()
	a := newAnswers(t)
	a.LastPractised = &interest.LastPractised{DayInput: interest.DayInput{Month: "3", Year: "1987"}}
	a.Name = &interest.Name{Full: "canaryname"}
	a.RegisteredName = &interest.RegisteredName{Other: interest.Yes, Full: "canaryregistered"}
	a.Email = &interest.Email{Address: "canary@example.com"}
	a.Phone = &interest.Phone{Number: "07700 900321"}
	a.Postcode = &interest.Postcode{Area: "KA9"}
	a.RegisterNumber = &interest.RegisterNumber{Number: "PH98765"}
	a.Programme = &interest.Programme{Registered: interest.Yes, Reference: "CANARY-RTP"}
	a.Experience = &interest.Experience{Role: "canaryrole", Setting: "community", Years: "7"}
	a.Organisations = &interest.Organisations{Slugs: []string{"canary-trust"}}
	return a
}

// holds lists the columns of every table in which a text stands.
func holds(t testing.TB, db postgres.DB, text string) []string {
	t.Helper()
	type column struct{ Table, Column string }
	columns, err := postgres.List[column](t.Context(), db, `
		select table_name as table, column_name as column from information_schema.columns
		where table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'date', 'uuid', 'bytea')
			and table_name in (select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE')`)
	if err != nil || len(columns) < 100 {
		t.Fatalf("reading the columns: %d, %v", len(columns), err)
	}
	var found []string
	for _, c := range columns {
		table, name := pgx.Identifier{c.Table}.Sanitize(), pgx.Identifier{c.Column}.Sanitize()
		n := count(t, db, fmt.Sprintf(`
			select count(*) from %s x
			where strpos(lower(case when pg_typeof(x.%s) = 'bytea'::regtype then encode(x.%s::text::bytea, 'escape') else x.%s::text end), lower($1)) > 0`,
			table, name, name, name), text)
		if n > 0 {
			found = append(found, c.Table+"."+c.Column)
		}
	}
	return found
}

// mustCanary sends a form of canaries and works its case until it ends.
func mustCanary(t testing.TB, store *interest.Store, db postgres.DB) interest.Case {
	t.Helper()
	c := mustSend(t, store, newCanary(t))
	for i, to := range []interest.Stage{interest.Contacted, interest.Withdrawn} {
		move := interest.Move{Reference: c.Reference, Version: i + 1, To: to, Note: "canarynote", Nonce: string(to)}
		if to == interest.Withdrawn {
			move.Reason = "personal"
		}
		if err := store.Move(t.Context(), by, move); err != nil {
			t.Fatalf("Move(%s) = %v", to, err)
		}
	}
	if _, err := db.Exec(t.Context(), `
		with corrected as (
			insert into event (expression_id, at, kind, actor_kind) values ($1, now(), 'noted', 'staff') returning id)
		insert into event_detail (event_id, note, old_value, new_value) select id, 'canaryreason', 'canaryold', 'canarynew' from corrected`, c.ID); err != nil {
		t.Fatalf("adding a correction: %v", err)
	}
	c, err := store.ByReference(t.Context(), c.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	return c
}

func erasure(c interest.Case) interest.Erasure {
	return interest.Erasure{Reference: c.Reference, Version: c.Version, Typed: c.Reference}
}

func TestErasureLeavesNothingPersonalInAnyTable(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	other := mustSend(t, store, newAnswers(t))
	c := mustCanary(t, store, tx)
	traces := append([]string{c.Reference}, canaries...)
	for _, text := range traces {
		if text != "1987" && len(holds(t, tx, text)) == 0 {
			t.Fatalf("%q stands nowhere before the erasure: this test looks for nothing", text)
		}
	}
	var draftID string
	if err := tx.QueryRow(t.Context(), `
		insert into mail (kind, subject_id) select 'draft-link', draft_id::text from expression where id = $1 returning subject_id`, c.ID).Scan(&draftID); err != nil {
		t.Fatalf("owing a link to the form: %v", err)
	}
	traces = append(traces, draftID)
	before, err := store.Counts(t.Context())
	if err != nil {
		t.Fatalf("Counts() = %v", err)
	}
	if err := store.Erase(t.Context(), by, erasure(c)); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	for _, text := range traces {
		if found := holds(t, tx, text); len(found) > 0 {
			t.Errorf("%q is still in %v", text, found)
		}
	}
	for _, column := range holds(t, tx, c.ID) {
		// The audit has the id, and the job of the mail the id of a mail.
		if column != "audit_event.subject_id" {
			t.Errorf("the id of the expression is still in %s", column)
		}
	}
	after, err := store.Counts(t.Context())
	if err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("Counts() = %v, %v, want %v as before", after, err, before)
	}
	if n := count(t, tx, `
		select count(*) from erased_expression e join erased_stage s on s.erased_id = e.id
		where profession = 'physiotherapists' and e.stage = 'withdrawn' and received_month = '2026-11-01' and stage_month = '2026-11-01'
			and s.stage in ('received', 'contacted', 'withdrawn') and s.month = '2026-11-01'`); n != 3 {
		t.Errorf("%d stages are kept for reports, want 3", n)
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.erase' and actor_id = $1 and subject_id = $2`, by.StaffID, c.ID); n != 1 {
		t.Errorf("%d rows of the audit say who erased it, want 1", n)
	}
	if _, err := store.ByReference(t.Context(), other.Reference); err != nil {
		t.Errorf("ByReference(another case) = %v, want it kept", err)
	}
}

func TestAnErasedCaseIsNotFoundAndSaysSo(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustCanary(t, store, tx)
	if err := store.Erase(t.Context(), by, erasure(c)); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	if page, err := store.List(t.Context(), interest.Filter{Text: "canary"}); page.Found != 0 || err != nil {
		t.Errorf("List(canary) = %d, %v, want nothing", page.Found, err)
	}
	written := strings.ToLower(strings.ReplaceAll(c.Reference, "-", " "))
	for what, err := range map[string]error{
		"ByReference": second(store.ByReference(t.Context(), written)),
		"Erase":       store.Erase(t.Context(), by, erasure(c)),
		"AddNote":     store.AddNote(t.Context(), by, interest.Note{Reference: c.Reference, Text: "x", Nonce: "z"}),
		"Move":        store.Move(t.Context(), by, interest.Move{Reference: c.Reference, To: interest.InReview, Nonce: "y"}),
	} {
		if !errors.Is(err, interest.ErrErased) || !errors.Is(err, fault.Gone) {
			t.Errorf("%s of an erased case = %v, want ErrErased", what, err)
		}
	}
	if n := count(t, tx, `select count(*) from erased_expression`); n != 1 {
		t.Errorf("%d cases count as erased after a second try, want 1", n)
	}
	if n, err := store.PurgeErased(t.Context(), noon.AddDate(0, 0, 1)); n != 1 || err != nil {
		t.Errorf("PurgeErased() = %d, %v, want 1", n, err)
	}
	if _, err := store.ByReference(t.Context(), c.Reference); !errors.Is(err, fault.NotFound) {
		t.Errorf("ByReference(after the reference is forgotten) = %v, want NotFound", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestErasureNeedsTheReferenceAndTheVersionThatWasSeen(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	for _, typed := range []string{"", " ", "ZZZ-ZZZZ", c.Reference + "x"} {
		e := interest.Erasure{Reference: c.Reference, Version: c.Version, Typed: typed}
		if e.Validate().For("typed") == "" {
			t.Errorf("Validate(%q) finds nothing wrong", typed)
		}
		if err := store.Erase(t.Context(), by, e); !errors.Is(err, fault.Invalid) {
			t.Errorf("Erase(%q) = %v, want Invalid", typed, err)
		}
	}
	stale := erasure(c)
	stale.Version++
	if err := store.Erase(t.Context(), by, stale); !errors.Is(err, interest.ErrCaseChanged) {
		t.Errorf("Erase(another version) = %v, want ErrCaseChanged", err)
	}
	unknown := interest.Erasure{Reference: "ZZZ-ZZZZ", Version: 1, Typed: "ZZZ-ZZZZ"}
	if err := store.Erase(t.Context(), by, unknown); !errors.Is(err, fault.NotFound) {
		t.Errorf("Erase(no case) = %v, want NotFound", err)
	}
	e := erasure(c)
	e.Typed = " " + strings.ToLower(strings.ReplaceAll(c.Reference, "-", "")) + " "
	if err := store.Erase(t.Context(), by, e); err != nil {
		t.Errorf("Erase(the reference in small letters) = %v", err)
	}
}

func TestServingRoleErasesByTheFunctionAlone(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store := newStore(t, pool)
	mustSend(t, store, newAnswers(t))
	for _, refused := range []string{
		`delete from expression`, `truncate expression cascade`,
		`delete from event_detail`, `update event_detail set note = ''`,
		`insert into erased_expression (profession, stage, received_month, stage_month) values ('x', 'received', '2026-11-01', '2026-11-01')`,
		`delete from erased_expression`, `update erased_expression set stage = 'returned'`, `delete from erased_stage`,
		`insert into erased_reference (hash, erased_on) values ('x', '2026-11-01')`, `update erased_reference set erased_on = '2030-01-01'`,
		`create or replace function erase_expression(erased uuid, today date) returns boolean language sql as 'select true'`,
	} {
		if _, err := pool.Exec(context.Background(), refused); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s = %v, want permission denied", refused, err)
		}
	}
	anybody := `select has_function_privilege('public', 'erase_expression(uuid, date)', 'execute')::int`
	if count(t, pool, anybody) != 0 {
		t.Error("every role may erase, want the serving role alone")
	}
}

func TestAnErasureOfSomebodyWhoLeftAndOneWhoNeverRegistered(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	a := newAnswers(t)
	a.Standing = &interest.Standing{Standing: updating.Never}
	a.Abroad, a.LastPractised, a.RegisteredName, a.RegisterNumber, a.Experience = nil, nil, nil, nil, nil
	a.QualifiedWhere, a.Qualified = &interest.QualifiedWhere{InUK: interest.Yes}, &interest.Qualified{DayInput: interest.DayInput{Month: "5", Year: "2009"}}
	if err := store.Erase(t.Context(), by, erasure(mustSend(t, store, a))); err != nil {
		t.Errorf("Erase(never registered) = %v", err)
	}
}

package demo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
	"ahpfaculty/internal/validate"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

var (
	noon    = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	evening = time.Date(2026, time.November, 20, 21, 30, 0, 0, time.UTC)
)

// newOwner is the owner of a new database with the default content.
func newOwner(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := postgrestest.NewDatabase(t)
	if err := content.Import(t.Context(), pool, pack.Files); err != nil {
		t.Fatalf("importing the default content: %v", err)
	}
	return postgrestest.Owner(t, pool)
}

func mustFill(t *testing.T, owner *pgxpool.Pool, o demo.Options) demo.Report {
	t.Helper()
	report, err := demo.Fill(t.Context(), owner, o)
	if err != nil {
		t.Fatalf("Fill(%d) = %v", o.Expressions, err)
	}
	return report
}

// filled are the tables with what tells their rows from others.
var filled = []string{"expression", "event", "event_detail", "information_request", "mail", "staff_account", "erased_expression", "erased_stage", "name_word", "stage_limit"}

// sums gives a checksum of every table that is filled.
func sums(t *testing.T, owner *pgxpool.Pool) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for _, table := range filled {
		var sum string
		err := owner.QueryRow(t.Context(), `select coalesce(md5(string_agg(r::text, '|' order by r::text)), '') from `+table+` r`).Scan(&sum)
		if err != nil {
			t.Fatalf("summing %s: %v", table, err)
		}
		sums[table] = sum
	}
	return sums
}

func TestTheSameSeedOnTheSameDayMakesTheSameRows(t *testing.T) {
	t.Parallel()
	first, second, other := newOwner(t), newOwner(t), newOwner(t)
	mustFill(t, first, demo.Options{Expressions: 300, Seed: 3, Now: noon})
	mustFill(t, second, demo.Options{Expressions: 300, Seed: 3, Now: evening})
	mustFill(t, other, demo.Options{Expressions: 300, Seed: 4, Now: noon})
	want := sums(t, first)
	for table, sum := range sums(t, second) {
		if sum != want[table] {
			t.Errorf("the rows of %s differ though the seed and the day are the same", table)
		}
	}
	if sums(t, other)["expression"] == want["expression"] {
		t.Error("another seed makes the same expressions")
	}
}

// parts describes the schema as its catalogues have it, and which triggers fire.
const parts = `
	select string_agg(part, E'\n' order by part) from (
		select 'index ' || indexdef as part from pg_indexes where schemaname = 'public'
		union all
		select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
		from pg_constraint where connamespace = 'public'::regnamespace
		union all
		select 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text || ' ' || pg_get_triggerdef(oid)
		from pg_trigger where not tgisinternal
		union all
		select 'foreign key fires ' || c.conname || ' ' || g.tgenabled::text || ' ' || count(*)
		from pg_trigger g join pg_constraint c on c.oid = g.tgconstraint group by c.conname, g.tgenabled
		union all
		select 'column ' || attrelid::regclass || ' ' || attname || ' ' || attnotnull
		from pg_attribute where attnum > 0 and not attisdropped and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
		union all
		select 'right ' || relname || ' ' || coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace) every`

func TestTheSchemaIsTheSameAfterwards(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	schema := func() string {
		var text string
		if err := owner.QueryRow(t.Context(), parts).Scan(&text); err != nil {
			t.Fatalf("reading the schema: %v", err)
		}
		return text
	}
	before := schema()
	for _, expressions := range []int{50, 20_000} {
		mustFill(t, owner, demo.Options{Expressions: expressions, Seed: 1, Now: noon})
		if after := schema(); after != before {
			t.Errorf("after %d expressions the schema is\n%s\nwant\n%s", expressions, after, before)
		}
	}
	// And it still keeps out what may not be.
	_, err := owner.Exec(t.Context(), `update expression set stage = 'returned' where stage = 'received'`)
	if err == nil {
		t.Error("a received case may be moved to returned")
	}
	_, err = owner.Exec(t.Context(), `insert into event (expression_id, at, kind, actor_kind) values (gen_random_uuid(), now(), 'received', 'returner')`)
	if err == nil {
		t.Error("an event may be of no expression")
	}
}

// TestEachClockIsAsTheTimelineSays compares what is copied with what the
// database makes of the timeline.
func TestEachClockIsAsTheTimelineSays(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	if _, err := owner.Exec(t.Context(), `update stage_limit set working_days = 7`); err != nil {
		t.Fatalf("limiting the stages: %v", err)
	}
	mustFill(t, owner, demo.Options{Expressions: 400, Seed: 3, Now: noon})
	const clocks = `select md5(string_agg(concat_ws(' ', id, clock_used, clock_since, due_on, note_text), '|' order by id)) from expression`
	var copied, replayed string
	if err := owner.QueryRow(t.Context(), clocks).Scan(&copied); err != nil {
		t.Fatalf("reading the clocks: %v", err)
	}
	if _, err := owner.Exec(t.Context(), `select replay_clock(id) from expression`); err != nil {
		t.Fatalf("replaying: %v", err)
	}
	if err := owner.QueryRow(t.Context(), clocks).Scan(&replayed); err != nil || copied != replayed {
		t.Errorf("the clocks that were copied are not those of the timelines: %v", err)
	}
	if n := count(t, owner, `select count(*) from expression where due_on is not null`); n == 0 {
		t.Error("no case is due")
	}
}

func TestEveryStageTurnAndTroubleIsThere(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	report := mustFill(t, owner, demo.Options{Expressions: 3000, Seed: 1, Now: noon})
	for _, info := range interest.Stages() {
		one(t, owner, "a case that is "+string(info.Stage), `select count(*) from expression where stage = $1`, info.Stage)
		for _, reason := range info.Reasons {
			one(t, owner, "a case that is "+reason.Slug, `select count(*) from expression where stage = $1 and stage_reason = $2`, info.Stage, reason.Slug)
		}
	}
	for _, reason := range interest.HoldReasons() {
		one(t, owner, "a case on hold: "+reason.Slug, `select count(*) from event where kind = 'held' and reason = $1`, reason.Slug)
	}
	for what, condition := range map[string]string{
		"a case on hold":               `turn = 'on-hold' and hold_until > date '2026-11-20'`,
		"the returner's turn":          `turn = 'returner' and id in (select expression_id from information_request where answered_at is null and ended_at is null)`,
		"our turn":                     `turn = 'ours' and stage = 'in-review'`,
		"an assigned case":             `assignee_id is not null and stage = 'in-review'`,
		"an unassigned case":           `assignee_id is null and stage = 'received'`,
		"a case set aside":             `set_aside_at is not null`,
		"mail that came back":          `mail_trouble = 'bounced'`,
		"mail that was refused":        `mail_trouble = 'refused'`,
		"a copy that is owed":          `copy_asked_at is not null`,
		"a late case":                  `queue = 'ours' and due_on < date '2026-11-20'`,
		"a case that is not due yet":   `queue = 'ours' and due_on > date '2026-11-20'`,
		"a clock that stands":          `queue <> 'ended' and clock_since is null and clock_used > 0`,
		"one who waits for long":       `queue = 'ours' and received_at < timestamptz '2025-11-20'`,
		"somebody who sent twice":      `(profession, lower(register_number)) in (select profession, lower(register_number) from expression where register_number <> '' group by 1, 2 having count(*) > 1)`,
		"somebody who never practised": `standing = 'never-registered'`,
		"a number that is not known":   `register_number = ''`,
	} {
		one(t, owner, what, `select count(*) from expression where `+condition)
	}
	for what, query := range map[string]string{
		"an address that somebody may have": `select count(*) from expression where email !~ '^[^@ ]+@example\.(org|com)$'`,
		"a number that somebody may have":   `select count(*) from expression where phone <> '' and replace(replace(phone, ' ', ''), '+44', '0') !~ '^07700900[0-9]{3}$'`,
		"a mail that is owed":               `select count(*) from mail where state = 'waiting'`,
		"a case without its confirmation":   `select count(*) from expression e where set_aside_at is null and not exists (select from mail where kind = 'expression-received' and subject_id = e.id::text)`,
		"something that is to come":         `select count(*) from event where at >= '2026-11-20'`,
		"a case whose hold is over":         `select count(*) from expression where hold_until <= date '2026-11-20'`,
		"a missing member of staff":         `select count(*) from event where actor_kind = 'staff' and actor_id not in (select id::text from staff_account)`,
		"a note that is not found":          `select count(*) from expression where note_text <> coalesce((select string_agg(note, ' ' order by event.id) from event join event_detail on event_id = event.id where expression_id = expression.id), '')`,
		"a name that is not known":          `select count(*) from expression, unnest(name_words(name, registered_name)) word where length(word) > 2 and set_aside_at is null and word not in (select word from name_word)`,
		"a case that the purge would erase": `select count(*) from expression where stage_ends(stage) and stage_since < timestamptz '2026-11-20' - interval '12 months'`,
		"something set aside too long ago":  `select count(*) from expression where set_aside_at < timestamptz '2026-11-20' - interval '29 days'`,
		"an erased case that did not begin": `select count(*) from erased_expression e where not exists (select from erased_stage where erased_id = e.id and stage = 'received' and month = e.received_month)`,
		"an erased case that did not end":   `select count(*) from erased_expression e where not stage_ends(stage) or not exists (select from erased_stage where erased_id = e.id and stage = e.stage)`,
		"a password":                        `select count(*) from staff_account where password_hash is not null`,
	} {
		if n := count(t, owner, query); n != 0 {
			t.Errorf("%d times %s, want none", n, what)
		}
	}
	if open := count(t, owner, `select count(*) from expression where set_aside_at is null and stage not in ('returned', 'declined', 'withdrawn', 'closed')`); open != report.Open {
		t.Errorf("%d cases are open, and the report says %d", open, report.Open)
	}
	if n := count(t, owner, `select count(*) from erased_expression where received_month < date '2018-01-01'`); n == 0 || report.Erased == 0 {
		t.Errorf("%d counts are left of the first years, and %d in all, want some", n, report.Erased)
	}
	if notes := count(t, owner, `select count(distinct note) from event_detail join event on event.id = event_id where kind = 'noted'`); notes < 300 {
		t.Errorf("%d different notes, want several hundred", notes)
	}
}

func one(t *testing.T, owner *pgxpool.Pool, what, query string, args ...any) {
	t.Helper()
	if count(t, owner, query, args...) == 0 {
		t.Errorf("there is not one: %s", what)
	}
}

func count(t *testing.T, db postgres.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRow(context.Background(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestEachCaseIsOneThatPeopleCouldHaveMade(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	mustFill(t, owner, demo.Options{Expressions: 400, Seed: 9, Now: noon})
	mustFill(t, owner, demo.Options{Expressions: 400, Seed: 9, Now: noon}) // more of them, none twice
	store := &interest.Store{DB: owner, Now: func() time.Time { return noon }}
	references, err := interest.References(t.Context(), owner)
	if err != nil || len(references) != 800 {
		t.Fatalf("References() = %d, %v, want 800", len(references), err)
	}
	book := updatingtest.Book(t)
	for _, reference := range references {
		c, err := store.ByReference(t.Context(), reference)
		if err != nil {
			t.Fatalf("ByReference(%s) = %v", reference, err)
		}
		for _, fault := range faults(c, book) {
			t.Errorf("case %s: %s", reference, fault)
		}
	}
}

// faults are what no case can have.
func faults(c interest.Case, book updating.Book) []string {
	var faults []string
	answers := c.Answers
	answers.Book = book
	if open := interest.Missing(answers); len(open) > 0 {
		faults = append(faults, fmt.Sprintf("the questions %v are open", open))
	}
	if !validate.Email(c.Answers.Email.Address) {
		faults = append(faults, "its address is none: "+c.Answers.Email.Address)
	}
	stage, since, last := interest.Stage(""), time.Time{}, time.Time{}
	for i, e := range slices.Backward(c.Events) {
		if !e.At.After(last) {
			faults = append(faults, fmt.Sprintf("%s at %s is not after %s", e.Kind, e.At, last))
		}
		last = e.At
		switch {
		case i == len(c.Events)-1:
			if e.Kind != interest.EventReceived || !e.At.Equal(c.ReceivedAt) {
				faults = append(faults, "it begins with "+string(e.Kind))
			}
			stage, since = interest.Received, e.At
		case e.Kind == interest.EventMoved:
			if e.From != stage || !interest.MayMove(e.From, e.To) {
				faults = append(faults, fmt.Sprintf("it moves from %s to %s, and was %s", e.From, e.To, stage))
			}
			stage, since = e.To, e.At
		}
	}
	if stage != c.Stage || !since.Equal(c.StageSince) {
		faults = append(faults, fmt.Sprintf("its timeline leads to %s since %s, and it is %s since %s", stage, since, c.Stage, c.StageSince))
	}
	request, asked := c.Open()
	if asked != (c.Turn == interest.Returners) || asked && request.EventID == 0 {
		faults = append(faults, fmt.Sprintf("the turn is %s, and something is asked: %t", c.Turn, asked))
	}
	if c.Stage.Info().Ends && c.Turn != interest.Ours {
		faults = append(faults, "it has ended and still waits")
	}
	if len(c.Mails) == 0 && c.SetAsideAt == nil {
		faults = append(faults, "nobody was written to")
	}
	return faults
}

func TestRealPeopleStayAmongThemselves(t *testing.T) {
	t.Parallel()
	owner := newOwner(t)
	mustFill(t, owner, demo.Options{Expressions: 10, Seed: 1, Now: noon})
	if _, err := owner.Exec(t.Context(), `update expression set email = 'somebody@nhs.net' where reference = (select min(reference) from expression)`); err != nil {
		t.Fatal(err)
	}
	o := demo.Options{Expressions: 10, Seed: 2, Now: noon}
	if _, err := demo.Fill(t.Context(), owner, o); !errors.Is(err, demo.ErrReal) {
		t.Errorf("Fill(among real people) = %v, want ErrReal", err)
	}
	o.AmongReal = true
	mustFill(t, owner, o)
	if n := count(t, owner, `select count(*) from expression`); n != 20 {
		t.Errorf("%d expressions, want 20", n)
	}
}

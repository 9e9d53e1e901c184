package bulk_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// office is a database with cases and the people who work on them.
type office struct {
	t     *testing.T
	pool  *pgxpool.Pool
	bulk  *bulk.Store
	cases *interest.Store
}

func newOffice(t *testing.T) *office {
	t.Helper()
	pool := postgrestest.NewDatabase(t)
	updatingtest.Fill(t, pool)
	return &office{
		t: t, pool: pool, bulk: &bulk.Store{DB: pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader},
		cases: &interest.Store{DB: pool, Outbox: mail.NewOutbox(), Now: time.Now, Rules: &updating.Shelf{}, Random: rand.Reader},
	}
}

// account adds somebody.
func (o *office) account(name string, role staff.Role) staff.Account {
	o.t.Helper()
	account := staff.Account{Name: name, Role: role}
	if err := o.pool.QueryRow(o.t.Context(), `
		insert into staff_account (email, name, role, created_at) values (lower($1) || '@example.org', $1, $2, now()) returning id::text`,
		name, role).Scan(&account.ID); err != nil {
		o.t.Fatalf("adding %s: %v", name, err)
	}
	return account
}

// sent sends so many forms, and gives the cases in their order.
func (o *office) sent(n int) []interest.Case {
	o.t.Helper()
	var all []interest.Case
	for range n {
		draft, err := o.cases.NewDraft(o.t.Context())
		if err != nil {
			o.t.Fatalf("NewDraft() = %v", err)
		}
		for _, answer := range []interest.Answer{
			interest.Profession{Slug: "physiotherapists"}, interest.Standing{Standing: updating.Left}, interest.Abroad{Answer: interest.No},
			interest.LastPractised{DayInput: interest.DayInput{Month: "3", Year: "2022"}}, interest.Name{Full: "Zoë Example"},
			interest.RegisteredName{Other: interest.No}, interest.Email{Address: "zoe@example.com"}, interest.Phone{},
			interest.Postcode{Area: "LN1"}, interest.RegisterNumber{Unknown: true}, interest.Programme{Registered: interest.No},
			interest.Experience{Role: "Band 6", Setting: "community", Years: "7"}, interest.Organisations{Any: true},
			interest.Settings{Slugs: []string{"community"}}, interest.Hours{Slug: "part-time"}, interest.Start{Choice: interest.StartOptions()[0].Slug},
			interest.Help{Slugs: []string{"placement"}}, interest.Privacy{Version: "1", Read: true},
		} {
			if draft, err = o.cases.SaveAnswer(o.t.Context(), draft.ID, 0, answer); err != nil {
				o.t.Fatalf("SaveAnswer(%s) = %v", answer.Step(), err)
			}
		}
		receipt, err := o.cases.Send(o.t.Context(), draft.ID, draft.Revision, "request")
		if err != nil {
			o.t.Fatalf("Send() = %v", err)
		}
		all = append(all, o.read(receipt.Reference))
	}
	return all
}

func (o *office) read(reference string) interest.Case {
	o.t.Helper()
	c, err := o.cases.ByReference(o.t.Context(), reference)
	if err != nil {
		o.t.Fatalf("ByReference(%q) = %v", reference, err)
	}
	return c
}

func ids(cases []interest.Case) []string {
	var all []string
	for _, c := range cases {
		all = append(all, c.ID)
	}
	return all
}

// started plans a change and starts it.
func (o *office) started(account staff.Account, c bulk.Change, cases []interest.Case) string {
	o.t.Helper()
	id, err := o.bulk.Plan(o.t.Context(), account, c, ids(cases))
	if err != nil {
		o.t.Fatalf("Plan() = %v", err)
	}
	if err := o.bulk.Start(o.t.Context(), interest.By{StaffID: account.ID}, id, true, interest.Words{}); err != nil {
		o.t.Fatalf("Start() = %v", err)
	}
	return id
}

// finish makes the change to its end.
func (o *office) finish(id string) {
	o.t.Helper()
	for more := true; more; {
		var err error
		if more, err = o.bulk.Next(o.t.Context(), id); err != nil {
			o.t.Fatalf("Next() = %v", err)
		}
	}
}

// wantResults compares what came of each case.
func (o *office) wantResults(id string, want ...bulk.Result) {
	o.t.Helper()
	rows, err := o.bulk.Rows(o.t.Context(), id)
	if err != nil || len(rows) != len(want) {
		o.t.Fatalf("Rows() = %+v, %v, want %d", rows, err, len(want))
	}
	for i, row := range rows {
		if row.Result != want[i] {
			o.t.Errorf("case %d: %q, want %q", i, row.Result, want[i])
		}
	}
}

func (o *office) count(sql string, args ...any) int {
	o.t.Helper()
	var n int
	if err := o.pool.QueryRow(o.t.Context(), sql, args...).Scan(&n); err != nil {
		o.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// Package interesttest makes forms by the thousand for tests of faults, and
// counts what became of them.
package interesttest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/postgres"
)

// Fewer is how many of something a test makes: all, or with -short, in the
// inner loop, a tenth.
func Fewer(all int) int {
	if testing.Short() {
		return max(1, all/10)
	}
	return all
}

// Copies makes drafts with the answers of one, as if so many people had given
// the same, and gives their ids.
func Copies(t testing.TB, db postgres.DB, draftID string, n int) []string {
	t.Helper()
	copies, err := postgres.List[struct{ ID string }](context.Background(), db, `
		insert into draft (answers, versions, revision, email, created_at, updated_at, expires_at)
		select answers, versions, revision, email, created_at, updated_at, expires_at
		from draft, generate_series(1, $2) where id = $1
		returning id::text`, draftID, n)
	if err != nil {
		t.Fatalf("copying draft %s: %v", draftID, err)
	}
	ids := make([]string, len(copies))
	for i, one := range copies {
		ids[i] = one.ID
	}
	return ids
}

// Outcome is what became of forms that were sent while something failed.
type Outcome struct {
	Expressions int
	Lost        int // expressions, first events, audit rows and mails that are missing
	Doubled     int // expressions, first events, audit rows and owed mails too many
	Mails       int // that a server took
	Repeats     int // of those, with the Message-ID of one that came before
}

// count compares what people were shown with what is stored. Lost and doubled
// are counted apart, so that one never makes up for another; an audit row or a
// mail about an expression that there is not is one too many.
const count = `
	with stored as (
		select e.reference,
			(select count(*) from event where expression_id = e.id and kind = 'received') as events,
			(select count(*) from audit_event a where a.subject_id = e.id::text and a.action = 'expression.send' and a.outcome = 'done') as audits,
			(select count(*) from mail where subject_id = e.id::text and kind = 'expression-received') as mails
		from expression e),
	about as (
		select subject_id from audit_event where action = 'expression.send' and outcome = 'done'
		union all select subject_id from mail where kind = 'expression-received')
	select count(*) as expressions,
		(select count(*) from unnest($1::text[]) shown where shown not in (select reference from stored)) +
		coalesce(sum(greatest(1 - events, 0) + greatest(1 - audits, 0) + greatest(1 - mails, 0)), 0)::bigint as lost,
		count(*) filter (where reference <> all ($1::text[])) +
		(select count(*) from about where subject_id not in (select id::text from expression)) +
		coalesce(sum(greatest(events - 1, 0) + greatest(audits - 1, 0) + greatest(mails - 1, 0)), 0)::bigint as doubled
	from stored`

// Check counts what is stored against the references that people were shown,
// one of each form, and fails the test when anything is lost or doubled.
func Check(t testing.TB, db postgres.DB, shown []string) Outcome {
	t.Helper()
	var o Outcome
	if err := db.QueryRow(context.Background(), count, shown).Scan(&o.Expressions, &o.Lost, &o.Doubled); err != nil {
		t.Fatalf("counting expressions: %v", err)
	}
	forms := map[string]int{}
	for _, one := range shown {
		forms[one]++
	}
	o.Lost += len(shown) - len(forms) // two forms that were shown one reference
	if o.Expressions != len(shown) || o.Lost != 0 || o.Doubled != 0 {
		t.Errorf("%d expressions of %d forms, %d lost, %d doubled, want one of each form and all that belongs to it", o.Expressions, len(shown), o.Lost, o.Doubled)
	}
	return o
}

// CheckMails is Check, and counts the mails that a server took against those
// that were owed. A mail that never came, or under an unknown Message-ID, fails
// the test; whether one may come again is for the caller to say.
func CheckMails(t testing.TB, db postgres.DB, shown []string, taken []mailtest.Received) Outcome {
	t.Helper()
	o := Check(t, db, shown)
	times := map[string]int{}
	for _, one := range taken {
		id, _, _ := strings.Cut(strings.Trim(one.Header(t, "Message-Id"), "<>"), "@")
		times[id]++
	}
	owed, err := postgres.List[struct {
		ID, State string
		Tries     int
	}](context.Background(), db, `
		select m.id::text, m.state, coalesce(sum(j.attempt), 0)::bigint as tries
		from mail m left join river_job j on j.kind = 'mail' and j.args->>'mail_id' = m.id::text
		group by m.id, m.state`)
	if err != nil {
		t.Fatalf("listing mails: %v", err)
	}
	for _, one := range owed {
		o.Repeats += max(0, times[one.ID]-1)
		if one.State != "sent" || times[one.ID] == 0 {
			t.Errorf("mail %s is %s and came %d times, want it sent", one.ID, one.State, times[one.ID])
			o.Lost++
		}
		if times[one.ID] > one.Tries {
			t.Errorf("mail %s came %d times in %d tries", one.ID, times[one.ID], one.Tries)
		}
		delete(times, one.ID)
	}
	if len(times) > 0 {
		t.Errorf("%d mails came under a Message-ID of no mail that was owed", len(times))
	}
	o.Mails = len(taken)
	return o
}

// Log writes a row of the table in docs/reliability.md; mails stand in it where
// they were counted.
func (o Outcome) Log(t testing.TB, fault string, sends int, began time.Time) {
	t.Helper()
	mails := "– | –"
	if o.Mails > 0 {
		mails = fmt.Sprintf("%d | %d", o.Mails, o.Repeats)
	}
	t.Logf("| %s | %d | %d | %d | %d | %s | %.0f s |", fault, sends, o.Expressions, o.Lost, o.Doubled, mails, time.Since(began).Seconds())
}

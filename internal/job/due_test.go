package job_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
)

// setLimit gives every stage so many working days.
func setLimit(t *testing.T, db postgres.DB, days int) {
	t.Helper()
	if _, err := db.Exec(t.Context(), `update stage_limit set working_days = $1`, days); err != nil {
		t.Fatalf("limiting the stages: %v", err)
	}
}

// notDue counts the cases whose day is not the one that the times make.
const notDue = `select count(*) from expression where due_on is null or due_on <> due_day(stage, clock_since, clock_used)`

func TestDueDaysFollowEveryChangeOfTimes(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.send(t)
	setLimit(t, p.pool, 5)
	p.wait(t, `select (`+notDue+`) = 0`)
	for days := range 3 { // the last one counts
		setLimit(t, p.pool, 10+days)
	}
	p.wait(t, `select count(*) = 4 from river_job where kind = 'due' and state = 'completed'`)
	if n := p.count(t, notDue); n != 0 {
		t.Errorf("%d cases are not due by the time that was set last", n)
	}
}

// A case that is changed just while a lead changes a time has read the older one.
func TestACaseThatIsChangedMeanwhileIsDueByTheNewTime(t *testing.T) {
	t.Parallel()
	p := start(t)
	c := p.send(t)
	setLimit(t, p.pool, 5)
	p.wait(t, `select count(*) = 1 from river_job where kind = 'due' and state = 'completed'`)
	err := postgres.InTx(t.Context(), p.pool, func(tx pgx.Tx) error {
		within := *p.interest
		within.DB = tx
		if err := within.Move(t.Context(), interest.By{}, interest.Move{Reference: c.Reference, Version: c.Version, To: interest.InReview, Nonce: "n"}); err != nil {
			return err
		}
		setLimit(t, p.pool, 9)
		p.wait(t, `select count(*) = 1 from river_job where kind = 'due' and state <> 'completed' and metadata ->> 'snoozes' is not null`)
		var old int
		if err := tx.QueryRow(t.Context(), notDue).Scan(&old); err != nil || old != 1 {
			t.Errorf("%d cases are due by the older time, %v, want the one that was moved", old, err)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("moving a case: %v", err)
	}
	p.wait(t, `select count(*) = 2 from river_job where kind = 'due' and state = 'completed'`)
	if n := p.count(t, notDue); n != 0 {
		t.Errorf("%d cases are due by an older time, want none", n)
	}
}

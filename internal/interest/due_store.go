package interest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// DueJob is the River job that works out again when cases are due. The database
// adds it in the transaction that changes how long something may take, or a bank
// holiday.
type DueJob struct {
	Change string `json:"change"` // the number of that transaction, which adds one job
}

// DueQueue is the queue of such jobs: one at a time, and none keeps mail waiting.
const DueQueue = "due"

// Kind is the job's name in River's tables.
func (DueJob) Kind() string { return "due" }

// DuePlace is a place among the cases that are ours, in the order in which they
// were received: after one of them, or with no ID before the first.
type DuePlace struct {
	ReceivedAt time.Time
	ID         string
}

// dueBatch is how many cases one transaction works out: few enough that nobody
// who changes one of them has to wait.
const dueBatch = 1000

// dueLock is the key of the advisory lock that lets one transaction at a time
// work out days, by the times of when it has the lock: a day by older times is
// never written over one by newer. The number is arbitrary.
const dueLock = 7_204_027

// SetDue works out when the next cases after a place are due, and says for how
// many that was another day. It gives the place up to which it came: the first
// one when no case is left.
func (s *Store) SetDue(ctx context.Context, after DuePlace) (DuePlace, int, error) {
	type batch struct {
		Cases, Changed int
		DuePlace
	}
	var done batch
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, dueLock); err != nil {
			return err
		}
		var err error
		done, err = postgres.One[batch](ctx, tx, setDue, after.ReceivedAt, cmp.Or(after.ID, uuid.Nil.String()), dueBatch)
		return err
	})
	if err != nil && !errors.Is(err, fault.NotFound) {
		return DuePlace{}, 0, fmt.Errorf("working out when cases are due: %w", err)
	}
	if done.Cases < dueBatch {
		done.DuePlace = DuePlace{}
	}
	return done.DuePlace, done.Changed, nil
}

// setDue works out the day once for all cases that have the same clock. A case
// whose clock changes meanwhile gets its day by that change.
const setDue = `
	with batch as materialized (
		select id, received_at, stage, clock_since, clock_used, due_on from expression
		where queue = 'ours' and (received_at, id) > ($1, $2::uuid)
		order by received_at, id limit $3),
	clock as materialized (
		select stage, clock_since, clock_used, due_day(stage, clock_since, clock_used) as due_on
		from (select distinct stage, clock_since, clock_used from batch) every),
	changed as (
		update expression e set due_on = clock.due_on
		from batch join clock using (stage, clock_since, clock_used)
		where e.id = batch.id and batch.due_on is distinct from clock.due_on
			and e.stage = clock.stage and e.clock_since = clock.clock_since and e.clock_used = clock.clock_used
		returning 1)
	select (select count(*) from batch) as cases, (select count(*) from changed) as changed, received_at, id::text
	from batch order by received_at desc, batch.id desc limit 1`

// Changing gives the transactions that change cases now: of those that it gave
// before, where there are any. One that began before a time was changed may have
// read the older one.
func (s *Store) Changing(ctx context.Context, among []string) ([]string, error) {
	changing, err := postgres.List[struct{ Transaction string }](ctx, s.DB, `
		select virtualtransaction as transaction from pg_locks
		where locktype = 'relation' and database = (select oid from pg_database where datname = current_database())
			and relation = 'expression'::regclass and mode = 'RowExclusiveLock' and granted
			and ($1::text[] is null or virtualtransaction = any($1))`, among)
	if err != nil {
		return nil, fmt.Errorf("looking who changes cases: %w", err)
	}
	var transactions []string
	for _, one := range changing {
		transactions = append(transactions, one.Transaction)
	}
	return transactions, nil
}

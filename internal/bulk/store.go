package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// Store keeps changes of many cases, and makes them. Every exported method is
// one transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
	Random io.Reader
}

// Job is the River job that makes a change: an id and nothing else.
type Job struct {
	BulkID string `json:"bulk_id"`
}

// Kind is the job's name in River's tables.
func (Job) Kind() string { return "bulk" }

// What a change cannot be made of.
var (
	errNone = fmt.Errorf("a change of no case: %w", fault.Invalid)
	errMany = fmt.Errorf("a change of too many cases: %w", fault.Invalid)
)

func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// Plan keeps a change of the cases with some ids, each with the version that it
// has and what will come of it, and gives the change's id. Nothing is done yet.
// An account that may not have cases gives interest.ErrAssignee.
func (s *Store) Plan(ctx context.Context, account staff.Account, c Change, ids []string) (string, error) {
	c = c.Clean()
	err := s.plannable(c, ids)
	if err == nil {
		c.ID = uuid.NewString()
		err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error { return s.plan(ctx, tx, account, c, ids) })
	}
	if err != nil {
		return "", fmt.Errorf("planning a change of many cases: %w", err)
	}
	return c.ID, nil
}

func (s *Store) plannable(c Change, ids []string) error {
	switch {
	case len(ids) == 0:
		return errNone
	case len(ids) > Most:
		return errMany
	case c.Validate().Any(), slices.ContainsFunc(ids, func(id string) bool { return uuid.Validate(id) != nil }):
		return fault.Invalid
	}
	return nil
}

func (s *Store) plan(ctx context.Context, tx pgx.Tx, account staff.Account, c Change, ids []string) error {
	if err := s.checkAssignee(ctx, tx, c); err != nil {
		return err
	}
	seen, err := (&interest.Store{DB: tx}).SeenByID(ctx, ids)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		insert into bulk_change (id, account_id, kind, goes_to, reason, note, filter, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, c.ID, account.ID, c.Kind, c.To, c.Reason, c.Note, c.Filter, s.now()); err != nil {
		return err
	}
	var kept, results []string
	var versions []int
	for _, id := range ids {
		if one, there := seen[id]; there {
			kept, versions, results = append(kept, id), append(versions, one.Version), append(results, string(c.expect(account, one)))
		}
	}
	_, err = tx.Exec(ctx, `
		insert into bulk_row (bulk_id, position, expression_id, version, result)
		select $1, place, id, version, result
		from unnest($2::uuid[], $3::integer[], $4::text[]) with ordinality as kept (id, version, result, place)
		on conflict do nothing`, c.ID, kept, versions, results)
	return err
}

func (s *Store) checkAssignee(ctx context.Context, tx pgx.Tx, c Change) error {
	if c.Kind != Assign || c.To == "" {
		return nil
	}
	to, err := (&staff.Store{DB: tx, Now: s.Now}).ByID(ctx, c.To)
	if errors.Is(err, fault.NotFound) || err == nil && !interest.MayHaveCases(to) {
		return interest.ErrAssignee
	}
	return err
}

type changeRow struct {
	Change
	MailSays string
	MailNext string
}

const selectChange = `
	select id::text, account_id::text, kind, goes_to as "to", reason, note, tells, mail_says, mail_next, filter, created_at, started_at, ended_at
	from bulk_change where id = $1`

func readChange(ctx context.Context, db postgres.DB, id string) (Change, error) {
	if uuid.Validate(id) != nil {
		return Change{}, fault.NotFound
	}
	row, err := postgres.One[changeRow](ctx, db, selectChange, id)
	row.Words = interest.Words{Says: row.MailSays, Next: row.MailNext}
	return row.Change, err
}

// ByID gives somebody's own change; a NotFound fault for anybody else's.
func (s *Store) ByID(ctx context.Context, accountID, id string) (Change, error) {
	c, err := readChange(ctx, s.DB, id)
	if err == nil && c.AccountID != accountID {
		err = fault.NotFound
	}
	if err != nil {
		return Change{}, fmt.Errorf("reading the change %s of many cases: %w", id, err)
	}
	return c, nil
}

// Count is how many cases have a result.
type Count struct {
	Result Result
	Cases  int
}

// Counts gives how many cases of a change have each result.
func (s *Store) Counts(ctx context.Context, id string) (map[Result]int, error) {
	rows, err := postgres.List[Count](ctx, s.DB, `select result, count(*) as cases from bulk_row where bulk_id = $1 group by result`, id)
	if err != nil {
		return nil, fmt.Errorf("counting the change %s of many cases: %w", id, err)
	}
	counts := map[Result]int{}
	for _, row := range rows {
		counts[row.Result] = row.Cases
	}
	return counts, nil
}

// Row is one case of a change.
type Row struct {
	Reference string
	Result    Result
}

// Rows gives the cases of a change with what came of each, in the order of the
// list that they come from.
func (s *Store) Rows(ctx context.Context, id string) ([]Row, error) {
	rows, err := postgres.List[Row](ctx, s.DB, `
		select e.reference, r.result from bulk_row r join expression e on e.id = r.expression_id
		where r.bulk_id = $1 order by r.position`, id)
	if err != nil {
		return nil, fmt.Errorf("listing the change %s of many cases: %w", id, err)
	}
	return rows, nil
}

// Start has a job make somebody's own change, with an email to each person or
// without. One that was started goes on as it is.
func (s *Store) Start(ctx context.Context, by interest.By, id string, tells bool, words interest.Words) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		c, err := readChange(ctx, tx, id)
		if err == nil && c.AccountID != by.StaffID {
			err = fault.NotFound
		}
		if err != nil || c.StartedAt != nil {
			return err
		}
		c.Tells, c.Words = tells, words
		c = c.Clean()
		if !tells {
			c.Words = interest.Words{}
		}
		tag, err := tx.Exec(ctx, `
			update bulk_change set started_at = $2, tells = $3, mail_says = $4, mail_next = $5
			where id = $1 and started_at is null`, id, s.now(), c.Tells, c.Words.Says, c.Words.Next)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, `
			insert into river_job (kind, args, max_attempts) values ($1, jsonb_build_object('bulk_id', $2::text), 25)`, Job{}.Kind(), id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Staff, ActorID: by.StaffID, Action: "expression.bulk", SubjectKind: "bulk", SubjectID: id,
			Outcome: audit.Done, RequestID: by.RequestID, Detail: string(c.Kind) + " " + c.Filter,
		})
	})
	if err != nil {
		return fmt.Errorf("starting the change %s of many cases: %w", id, err)
	}
	return nil
}

// Purge deletes the changes that were made before a time, and says how many.
func (s *Store) Purge(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from bulk_change where created_at < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("purging changes of many cases: %w", err)
	}
	return tag.RowsAffected(), nil
}

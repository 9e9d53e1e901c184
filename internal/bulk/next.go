package bulk

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// errTaken undoes what was done to a case that another run has done meanwhile.
var errTaken = errors.New("another run has done this case")

// waiting is the next case of a change.
type waiting struct {
	Position     int
	Version      int
	ExpressionID string
	Reference    string
}

// Next changes the next case of a change that was started, and reports whether
// there may be more. What is done to the case and that it is done stand in one
// transaction: whoever stops in between loses nothing and doubles nothing.
func (s *Store) Next(ctx context.Context, id string) (bool, error) {
	more := false
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		c, err := readChange(ctx, tx, id)
		if errors.Is(err, fault.NotFound) || err == nil && c.StartedAt == nil {
			return nil
		}
		if err != nil {
			return err
		}
		one, err := postgres.One[waiting](ctx, tx, `
			select r.position, r.version, r.expression_id::text, e.reference
			from bulk_row r join expression e on e.id = r.expression_id
			where r.bulk_id = $1 and r.result = '' order by r.position limit 1`, id)
		if errors.Is(err, fault.NotFound) {
			_, err := tx.Exec(ctx, `update bulk_change set ended_at = coalesce(ended_at, $2) where id = $1`, id, s.now())
			return err
		}
		more = true
		if err != nil {
			return err
		}
		return s.make(ctx, tx, c, one)
	})
	if err != nil && !errors.Is(err, errTaken) {
		return false, fmt.Errorf("making the change %s of many cases: %w", id, err)
	}
	return more, nil
}

// make changes one case and keeps what came of it. The case is locked before
// its row, as an erasure does.
func (s *Store) make(ctx context.Context, tx pgx.Tx, c Change, one waiting) error {
	result, err := s.change(ctx, tx, c, one)
	if err != nil {
		return err
	}
	if result != Done {
		refusal := audit.Entry{
			ActorKind: audit.Staff, ActorID: c.AccountID, Action: "expression." + string(c.Kind), SubjectKind: "expression",
			SubjectID: one.ExpressionID, Outcome: audit.Refused, RequestID: c.ID, Detail: string(result),
		}
		if err := audit.Record(ctx, tx, refusal); err != nil {
			return err
		}
	}
	tag, err := tx.Exec(ctx, `
		update bulk_row set result = $3, done_at = $4 where bulk_id = $1 and position = $2 and result = ''`, c.ID, one.Position, result, s.now())
	if err == nil && tag.RowsAffected() == 0 {
		err = errTaken
	}
	return err
}

// change makes the change of one case, and says what came of it. An error is
// one after which it is tried again.
func (s *Store) change(ctx context.Context, tx pgx.Tx, c Change, one waiting) (Result, error) {
	account, err := (&staff.Store{DB: tx, Now: s.Now}).ByID(ctx, c.AccountID)
	if err != nil {
		return "", err
	}
	if !interest.MayHaveCases(account) || !account.Role.May(staff.ExportOwn) {
		return Stopped, nil
	}
	// Whose case it is, and what the account may, may have changed since the plan.
	seen, err := (&interest.Store{DB: tx}).SeenByID(ctx, []string{one.ExpressionID})
	if err != nil {
		return "", err
	}
	if c.expect(account, seen[one.ExpressionID]) == Others {
		return Others, nil
	}
	err = s.apply(ctx, &interest.Store{DB: tx, Outbox: s.Outbox, Now: s.Now, Random: s.Random}, c, one)
	switch {
	case err == nil:
		return Done, nil
	case errors.Is(err, interest.ErrCaseChanged):
		return Changed, nil
	case errors.Is(err, fault.Invalid), errors.Is(err, fault.NotFound), errors.Is(err, fault.Gone):
		return Refused, nil
	}
	return "", err
}

func (s *Store) apply(ctx context.Context, cases *interest.Store, c Change, one waiting) error {
	by, nonce := interest.By{StaffID: c.AccountID, RequestID: c.ID}, c.ID+" "+strconv.Itoa(one.Position)
	switch c.Kind {
	case Assign:
		return cases.Assign(ctx, by, interest.Assignment{Reference: one.Reference, Version: one.Version, To: c.To, Nonce: nonce})
	case Tell:
		return cases.Tell(ctx, by, interest.Telling{Reference: one.Reference, Version: one.Version, Template: c.To, Words: c.ownWords(), Nonce: nonce})
	}
	move := c.move()
	move.Reference, move.Version, move.Nonce = one.Reference, one.Version, nonce
	return cases.Move(ctx, by, move)
}

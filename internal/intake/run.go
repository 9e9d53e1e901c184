package intake

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
)

// errTaken undoes an import that is not to be made any more.
var errTaken = errors.New("another run made this import")

// errNone undoes an import of nothing.
var errNone = errors.New("no row is right any more")

// errStopped undoes an import whose maker may make none any more.
var errStopped = errors.New("the account may not import any more")

// ErrBusy is an import that another run makes, or makes of the same file: to be
// asked for again later.
var ErrBusy = fmt.Errorf("another run makes this import: %w", fault.Unavailable)

// Run imports what is right in a file whose import was started, in one
// transaction: it is there as a whole or not at all, however often and from how
// many portals it is run; while one does, the others are ErrBusy. Rows are checked again, since the portal may have
// changed since they were looked at.
func (s *Store) Run(ctx context.Context, id string) error {
	w, err := readWork(ctx, s.DB, id)
	if errors.Is(err, fault.NotFound) || err == nil && w.State != Importing {
		return nil
	}
	if err == nil {
		err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error { return s.run(ctx, tx, w) })
	}
	var same *SameFileError
	var broken *sheet.UnreadableError
	switch {
	case errors.Is(err, errTaken):
		return nil
	case errors.As(err, &same), postgres.IsUnique(err, "intake_once"):
		return s.GiveUp(ctx, id, "The same file was imported meanwhile. Nothing was imported twice.")
	case errors.Is(err, errStopped):
		return s.GiveUp(ctx, id, "The account that started the import may not import cases any more. Nothing was imported.")
	case errors.Is(err, errNone):
		return s.GiveUp(ctx, id, "No row is right any more: the portal has changed since they were looked at. Nothing was imported. Choose the columns again to see what is wrong.")
	case errors.As(err, &broken):
		return s.GiveUp(ctx, id, broken.Words)
	case err != nil:
		return fmt.Errorf("importing %s: %w", id, err)
	}
	return nil
}

func (s *Store) run(ctx context.Context, tx pgx.Tx, w work) error {
	if err := lock(ctx, tx, w.Sha256); err != nil {
		return err
	}
	// Nobody has counted the rows that this transaction writes: each is found by
	// its index, whatever the planner believes of their number.
	_, err := tx.Exec(ctx, `
		select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
			set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)`)
	if err != nil {
		return err
	}
	if again, err := readWork(ctx, tx, w.ID); err != nil || again.State != Importing || again.Version != w.Version {
		return errors.Join(err, errTaken)
	}
	if err := refuseSame(ctx, tx, w.Sha256); err != nil {
		return err
	}
	by := interest.By{StaffID: w.StartedBy, RequestID: w.ID}
	if err := s.checkMaker(ctx, tx, by); err != nil {
		return err
	}
	cases := &interest.Store{DB: tx, Now: s.Now, Random: s.Random}
	n, err := s.look(ctx, tx, w, func(batch []*entry) error {
		var right []interest.Arrival
		for _, e := range batch {
			if len(e.Problems) == 0 {
				right = append(right, e.Arrival)
			}
		}
		return cases.Arrive(ctx, tx, by, w.ID, right)
	})
	if err == nil && n.right == 0 {
		err = errNone
	}
	if err == nil {
		err = cases.LearnImported(ctx, w.ID)
	}
	if err != nil {
		return err
	}
	return s.imported(ctx, tx, by, w, n)
}

// lock lets one transaction at a time import a file or give it up. It waits for
// none: an import may take longer than a statement waits for a lock.
func lock(ctx context.Context, tx pgx.Tx, hash []byte) error {
	var locked bool
	err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(hashtextextended('import ' || encode($1, 'hex'), 0))`, hash).Scan(&locked)
	if err == nil && !locked {
		err = ErrBusy
	}
	return err
}

// checkMaker refuses an import of an account that may make none any more.
func (s *Store) checkMaker(ctx context.Context, tx pgx.Tx, by interest.By) error {
	if by.StaffID == "" {
		return nil
	}
	account, err := (&staff.Store{DB: tx, Now: s.Now}).ByID(ctx, by.StaffID)
	if err == nil && (account.Disabled() || !account.Role.May(staff.ExportAll)) {
		err = errStopped
	}
	return err
}

// imported ends an import: the file is forgotten, what was found in it stays
// for a while.
func (s *Store) imported(ctx context.Context, tx pgx.Tx, by interest.By, w work, n count) error {
	tag, err := tx.Exec(ctx, `
		update intake set state = 'imported', file = null, samples = '[]', done = $3, total = $3, right_rows = $4, wrong_rows = $5, remark_rows = $6,
			changed_at = $7, imported_at = $7
		where id = $1 and state = 'importing' and version = $2`, w.ID, w.Version, n.rows, n.right, n.wrong, n.remarked, s.now())
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return errTaken
	}
	if err := keep(ctx, tx, w.ID, n.findings); err != nil {
		return err
	}
	return record(ctx, tx, by, actionEnd, w.ID, fmt.Sprintf("%d rows imported, %d not", n.right, n.wrong))
}

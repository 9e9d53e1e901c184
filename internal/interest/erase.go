package interest

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// ErrErased is a case that was there and was erased.
var ErrErased = fmt.Errorf("the case was erased: %w", fault.Gone)

// actionErase is what the audit calls an erasure, whoever asked for it.
const actionErase = "expression.erase"

// Erasure is the erasure of a case that somebody asks for.
type Erasure struct {
	Reference string
	Version   int    // of the case that they saw
	Typed     string // the reference once more, as they typed it
}

// Validate says what is wrong, by the form's field name: typed.
func (e Erasure) Validate() validate.Errors {
	var errs validate.Errors
	reference := NormalReference(e.Reference)
	errs.Need("typed", validate.Line(e.Typed), "Enter the reference of this case, "+reference)
	if NormalReference(validate.Line(e.Typed)) != reference {
		errs.Add("typed", "Enter the reference of this case exactly: "+reference)
	}
	return errs
}

// Erase erases a case: its answers, its timeline, its draft and what says that
// the returner was written to. What counts need stays, in months and under no
// name, and so does the audit. One that changed since gives ErrCaseChanged, and
// one that is erased already ErrErased.
func (s *Store) Erase(ctx context.Context, by By, e Erasure) error {
	if e.Validate().Any() {
		return fmt.Errorf("erasing a case: %w", fault.Invalid)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		reference := NormalReference(e.Reference)
		l, err := postgres.One[locked](ctx, tx, selectLocked, reference)
		if err != nil {
			return s.orErased(ctx, tx, reference, err)
		}
		if l.Version != e.Version {
			return ErrCaseChanged
		}
		if err := s.erase(ctx, tx, l.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.entry(actionErase, l.ID, audit.Done))
	})
	if err != nil {
		return fmt.Errorf("erasing a case: %w", err)
	}
	return nil
}

// erase has the database erase an expression: the serving role may delete none.
// Files that wait to be fetched and hold it go first; one that is being written
// is looked at again before it waits (endFile).
func (s *Store) erase(ctx context.Context, tx pgx.Tx, id string) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock_shared($1)`, erasureLock); err != nil {
		return err
	}
	if err := dropFilesWith(ctx, tx, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `select erase_expression($1, $2)`, id, DayOf(s.Now()).Time())
	return err
}

// orErased makes of a case that is not found one that was erased, if it was.
func (s *Store) orErased(ctx context.Context, db postgres.DB, reference string, err error) error {
	if !errors.Is(err, fault.NotFound) {
		return err
	}
	var erased bool
	asked := db.QueryRow(ctx, `
		select exists (select from erased_reference where hash = sha256(convert_to($1, 'UTF8')))`, reference).Scan(&erased)
	if asked != nil {
		return asked
	}
	if erased {
		return ErrErased
	}
	return err
}

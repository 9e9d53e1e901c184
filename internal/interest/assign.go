package interest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// ErrAssignee is a wish to give a case to an account that may not have one, such
// as one that was disabled while the page was open.
var ErrAssignee = fmt.Errorf("this account may not have cases: %w", fault.Invalid)

// Assignment is a wish that somebody has a case, or nobody.
type Assignment struct {
	Reference string
	Version   int    // of the case that they saw
	To        string // a staff account's id; "" for nobody
	Nonce     string // the form's key: the same form assigns once
}

// MayHaveCases reports whether cases may be given to an account: it is in use,
// and its role works on cases. Who had cases and was disabled keeps them until
// they are given to somebody else.
func MayHaveCases(a staff.Account) bool { return !a.Disabled() && a.Role.May(staff.WorkCases) }

// Assign gives a case to a member of staff, or to nobody. A case that changed
// since gives ErrCaseChanged, an account that may not have cases ErrAssignee; the same
// form again, or a case that they have already, changes nothing.
func (s *Store) Assign(ctx context.Context, by By, a Assignment) error {
	key := once.Key(a.Nonce, a.Reference, string(EventAssigned), a.To)
	err := s.change(ctx, by, a.Reference, key, EventAssigned, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, a.Version) {
			return ErrCaseChanged
		}
		return s.assign(ctx, tx, at, by, l, a.To, key)
	})
	if err != nil && !errors.Is(err, ErrUnchanged) {
		return fmt.Errorf("assigning a case: %w", err)
	}
	return nil
}

// assign gives a locked case to an account, or to nobody, with the event.
func (s *Store) assign(ctx context.Context, tx pgx.Tx, at time.Time, by By, l locked, to, key string) error {
	if to == l.AssigneeID {
		return ErrUnchanged
	}
	if to != "" {
		if err := checkAssignee(ctx, tx, to); err != nil {
			return err
		}
	}
	event := newEvent{expressionID: l.ID, at: at, kind: EventAssigned, by: by, fromAssignee: l.AssigneeID, toAssignee: to, formKey: key}
	if _, err := event.insert(ctx, tx); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		update expression set assignee_id = nullif($2, '')::uuid, updated_at = $3, version = version + 1
		where id = $1`, l.ID, to, at)
	return err
}

// checkAssignee refuses an account that may not have cases, and keeps one that
// may from being disabled until the transaction ends.
func checkAssignee(ctx context.Context, tx pgx.Tx, id string) error {
	if uuid.Validate(id) != nil {
		return ErrAssignee
	}
	account, err := postgres.One[struct {
		Role       staff.Role
		DisabledAt *time.Time
	}](ctx, tx, `select role, disabled_at from staff_account where id = $1 for share`, id)
	if errors.Is(err, fault.NotFound) || err == nil && !MayHaveCases(staff.Account{Role: account.Role, DisabledAt: account.DisabledAt}) {
		return ErrAssignee
	}
	return err
}

package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// View is a filter of the queue that a member of staff keeps under a name.
type View struct {
	ID    string
	Name  string
	Query string // as the address of the queue has it, without a question mark
}

// The most views of a person, and the most characters of a view's name.
const (
	maxViews    = 20
	maxViewName = 60
)

// Clean gives the view as it is stored.
func (v View) Clean() View {
	v.Name = validate.Line(v.Name)
	return v
}

// Validate says what is wrong, by the form's field name: view. Kept are the
// person's views.
func (v View) Validate(kept []View) validate.Errors {
	v = v.Clean()
	var errs validate.Errors
	errs.Need("view", v.Name, "Enter a name for this view")
	errs.Max("view", v.Name, maxViewName, fmt.Sprintf("The name of the view must be %d characters or less", maxViewName))
	for _, one := range kept {
		if one.Name == v.Name && one.Query != v.Query {
			errs.Add("view", "You have a view with this name already. Enter another name, or delete that view first")
		}
	}
	if len(kept) >= maxViews {
		errs.Add("view", fmt.Sprintf("You have %d views. Delete one before you save another", maxViews))
	}
	return errs
}

// Views gives the views of a person, by name.
func (s *Store) Views(ctx context.Context, accountID string) ([]View, error) {
	views, err := postgres.List[View](ctx, s.DB, `
		select id::text, name, query from staff_view where account_id = $1 order by lower(name), name`, accountID)
	if err != nil {
		return nil, fmt.Errorf("listing the views of %s: %w", accountID, err)
	}
	return views, nil
}

// SaveView keeps a view for a person. What is wrong with it is given; the same
// view again changes nothing.
func (s *Store) SaveView(ctx context.Context, accountID string, v View) (validate.Errors, error) {
	v = v.Clean()
	var errs validate.Errors
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// Two windows of one person wait for each other, so that neither has one too many.
		if _, err := tx.Exec(ctx, `select from staff_account where id = $1 for no key update`, accountID); err != nil {
			return err
		}
		kept, err := (&Store{DB: tx}).Views(ctx, accountID)
		if err != nil {
			return err
		}
		for _, one := range kept {
			if one.Name == v.Name && one.Query == v.Query {
				return nil
			}
		}
		if errs = v.Validate(kept); errs.Any() {
			return nil
		}
		_, err = tx.Exec(ctx, `insert into staff_view (account_id, name, query, created_at) values ($1, $2, $3, $4)`,
			accountID, v.Name, v.Query, s.Now().UTC().Truncate(time.Microsecond))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("saving a view of %s: %w", accountID, err)
	}
	return errs, nil
}

// DeleteView deletes a view of a person; one that is not there is deleted
// already. Nobody else's goes.
func (s *Store) DeleteView(ctx context.Context, accountID, id string) error {
	if uuid.Validate(id) != nil {
		return fmt.Errorf("deleting a view of a malformed id: %w", fault.NotFound)
	}
	if _, err := s.DB.Exec(ctx, `delete from staff_view where id = $1 and account_id = $2`, id, accountID); err != nil {
		return fmt.Errorf("deleting a view of %s: %w", accountID, err)
	}
	return nil
}

package staff

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/postgres"
)

// AddUninvited gives the accounts of addresses and adds those that are not there
// yet, without a password and without writing to anybody: for invented people,
// whose ids are those of their addresses. A command's links let them in.
func (s *Store) AddUninvited(ctx context.Context, people []NewAccount) ([]Account, error) {
	var accounts []Account
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		for _, n := range people {
			n = n.Clean()
			id := uuid.NewSHA1(uuid.NameSpaceURL, []byte("mailto:"+n.Email)).String()
			tag, err := tx.Exec(ctx, `
				insert into staff_account (id, email, name, role, created_at) values ($1, $2, $3, $4, $5)
				on conflict (email) do nothing`, id, n.Email, n.Name, n.Role, s.Now())
			if err != nil {
				return err
			}
			account, err := one(ctx, tx, selectAccount+`where email = $1`, n.Email)
			if err != nil {
				return err
			}
			accounts = append(accounts, account)
			if tag.RowsAffected() == 0 {
				continue
			}
			if err := record(ctx, tx, By{}, "staff.add", account.ID, audit.Done); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("adding invented staff: %w", err)
	}
	return accounts, nil
}

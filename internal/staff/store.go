package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// Store keeps accounts, links, attempts and searches. Every change it makes is
// in the audit.
type Store struct {
	DB      postgres.DB
	Outbox  mail.Outbox
	Secrets [][]byte           // that second factors are encrypted with, newest first; none where nobody signs in
	Party   *webauthn.WebAuthn // what makes and checks passkeys; nil where there are none
	Ways    Ways               // that the settings leave open
	Now     func() time.Time
}

const plainColumns = `
	staff_account.id::text, email, name, role, staff_account.epoch, password_hash is not null as has_password,
	created_at, disabled_at, last_signed_in_at`

const accountColumns = plainColumns + `,
	exists (select 1 from staff_identity where account_id = staff_account.id) as has_identity,
	exists (select 1 from staff_app where account_id = staff_account.id) as has_app,
	(select count(*) from staff_passkey where account_id = staff_account.id) as passkeys,
	(select count(*) from staff_recovery_code where account_id = staff_account.id and used_at is null) as recovery_left`

const selectAccount = `select ` + accountColumns + ` from staff_account `

// lockAccount gives an account that nobody else changes until the transaction
// ends. No key of it changes: what only points at it, such as an import of cases
// that are theirs, need not be waited for.
func lockAccount(ctx context.Context, tx pgx.Tx, id string) (Account, error) {
	return one(ctx, tx, selectAccount+`where id = $1 for no key update`, id)
}

// ByID gives an account; a NotFound fault without one.
func (s *Store) ByID(ctx context.Context, id string) (Account, error) {
	if uuid.Validate(id) != nil {
		return Account{}, fmt.Errorf("account of a malformed id: %w", fault.NotFound)
	}
	return one(ctx, s.DB, selectAccount+`where id = $1`, id)
}

// ByEmail gives the account of an address, however it is written; a NotFound
// fault without one.
func (s *Store) ByEmail(ctx context.Context, email string) (Account, error) {
	return one(ctx, s.DB, selectAccount+`where email = $1`, NormalEmail(email))
}

// List gives every account: those in use first, each part by name.
func (s *Store) List(ctx context.Context) ([]Account, error) {
	// The queue lists them on each page: how they all sign in is read once, and not
	// for one after the other.
	accounts, err := postgres.List[Account](ctx, s.DB, `
		select `+plainColumns+`,
			staff_account.id in (select account_id from staff_identity) as has_identity,
			staff_account.id in (select account_id from staff_app) as has_app,
			coalesce(passkeys, 0) as passkeys, coalesce(recovery_left, 0) as recovery_left
		from staff_account
			left join (select account_id, count(*) as passkeys from staff_passkey group by 1) passkey on passkey.account_id = staff_account.id
			left join (select account_id, count(*) as recovery_left from staff_recovery_code where used_at is null group by 1) code
				on code.account_id = staff_account.id
		order by disabled_at is not null, lower(name), email`)
	if err != nil {
		return nil, fmt.Errorf("listing staff: %w", err)
	}
	return accounts, nil
}

// Add adds an account without a password and sends its owner an invitation in
// the same transaction. An address that has an account is ErrEmailTaken.
func (s *Store) Add(ctx context.Context, by By, n NewAccount) (Account, error) {
	n = n.Clean()
	if n.Validate().Any() {
		return Account{}, fmt.Errorf("adding a member of staff: %w", fault.Invalid)
	}
	var added Account
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var id string
		err := tx.QueryRow(ctx, `
			insert into staff_account (email, name, role, created_at) values ($1, $2, $3, $4)
			on conflict (email) do nothing returning id::text`, n.Email, n.Name, n.Role, s.Now()).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrEmailTaken
		}
		if err != nil {
			return err
		}
		if err := s.Outbox.Enqueue(ctx, tx, mail.StaffInvite, id); err != nil {
			return err
		}
		if added, err = one(ctx, tx, selectAccount+`where id = $1`, id); err != nil {
			return err
		}
		return record(ctx, tx, by, "staff.add", id, audit.Done)
	})
	if err != nil {
		return Account{}, fmt.Errorf("adding a member of staff: %w", err)
	}
	return added, nil
}

// Disable ends an account's sessions and links and keeps it from being used.
// The last lead who can sign in stays: ErrLastLead.
func (s *Store) Disable(ctx context.Context, by By, id string) error {
	err := s.change(ctx, by, "staff.disable", id, func(tx pgx.Tx, before Account) error {
		if _, err := tx.Exec(ctx, `
			update staff_account set disabled_at = $2, epoch = epoch + 1
			where id = $1 and disabled_at is null`, id, s.Now()); err != nil {
			return err
		}
		return endLinks(ctx, tx, id, s.Now())
	})
	if err != nil {
		return fmt.Errorf("disabling account %s: %w", id, err)
	}
	return nil
}

// Enable lets a disabled account be used again, with the password it had.
func (s *Store) Enable(ctx context.Context, by By, id string) error {
	err := s.change(ctx, by, "staff.enable", id, func(tx pgx.Tx, before Account) error {
		_, err := tx.Exec(ctx, `update staff_account set disabled_at = null where id = $1`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("enabling account %s: %w", id, err)
	}
	return nil
}

// SetRole changes what somebody may do, from their next request on. The last
// lead who can sign in stays one: ErrLastLead.
func (s *Store) SetRole(ctx context.Context, by By, id string, role Role) error {
	if !role.Known() {
		return fmt.Errorf("giving account %s a role: %w", id, fault.Invalid)
	}
	err := s.change(ctx, by, "staff.role", id, func(tx pgx.Tx, before Account) error {
		_, err := tx.Exec(ctx, `update staff_account set role = $2 where id = $1`, id, role)
		return err
	})
	if err != nil {
		return fmt.Errorf("giving account %s a role: %w", id, err)
	}
	return nil
}

// change runs a change of one account, records it, and undoes it where it
// would leave no lead who can sign in.
func (s *Store) change(ctx context.Context, by By, action, id string, fn func(tx pgx.Tx, before Account) error) error {
	if uuid.Validate(id) != nil {
		return fmt.Errorf("account of a malformed id: %w", fault.NotFound)
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := lockLeads(ctx, tx); err != nil {
			return err
		}
		before, err := lockAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		leads, err := countLeads(ctx, tx, s.Ways)
		if err != nil {
			return err
		}
		if err := fn(tx, before); err != nil {
			return err
		}
		left, err := countLeads(ctx, tx, s.Ways)
		if err != nil {
			return err
		}
		if leads > 0 && left == 0 {
			return ErrLastLead
		}
		after, err := one(ctx, tx, selectAccount+`where id = $1`, id)
		if err != nil {
			return err
		}
		e := entry(by, action, id, audit.Done)
		if after.Role != before.Role {
			e.Detail = string(before.Role) + " > " + string(after.Role)
		}
		return audit.Record(ctx, tx, e)
	})
}

// CountLeadsWhoCanSignIn is the number of leads in use who have a password, or
// are known at the provider, where that is a way in.
func (s *Store) CountLeadsWhoCanSignIn(ctx context.Context) (int, error) {
	return countLeads(ctx, s.DB, s.Ways)
}

func countLeads(ctx context.Context, db postgres.DB, ways Ways) (int, error) {
	var leads int
	err := db.QueryRow(ctx, `
		select count(*) from staff_account
		where role = 'lead' and disabled_at is null and (password_hash is not null and not $1
			or exists (select 1 from staff_identity where account_id = staff_account.id and issuer = $2))`,
		ways.LocalOff, ways.Issuer).Scan(&leads)
	if err != nil {
		return 0, fmt.Errorf("counting leads: %w", err)
	}
	return leads, nil
}

// leadsLock is the key of the advisory lock that lets one transaction at a
// time change who the leads are: counting them is no lock.
const leadsLock = 7_290_001

func lockLeads(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, leadsLock)
	return err
}

// one reads one account.
func one(ctx context.Context, db postgres.DB, query string, args ...any) (Account, error) {
	account, err := postgres.One[Account](ctx, db, query, args...)
	if err != nil {
		return Account{}, fmt.Errorf("reading an account: %w", err)
	}
	return account, nil
}

// record adds an audit row about an account.
func record(ctx context.Context, db postgres.DB, by By, action, accountID, outcome string) error {
	return audit.Record(ctx, db, entry(by, action, accountID, outcome))
}

// entry is an audit row about an account: done by the person who is signed in,
// else by the system.
func entry(by By, action, accountID, outcome string) audit.Entry {
	kind := audit.System
	if by.ActorID != "" {
		kind = audit.Staff
	}
	return audit.Entry{
		ActorKind: kind, ActorID: by.ActorID, Action: action,
		SubjectKind: "staff", SubjectID: accountID, Outcome: outcome, RequestID: by.RequestID,
	}
}

package staff

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// Identities gives who an account is at providers, the newest first.
func (s *Store) Identities(ctx context.Context, accountID string) ([]Identity, error) {
	if uuid.Validate(accountID) != nil {
		return nil, fmt.Errorf("account of a malformed id: %w", fault.NotFound)
	}
	list, err := postgres.List[Identity](ctx, s.DB, `
		select id::text, issuer, subject, added_at, last_at from staff_identity where account_id = $1 order by added_at desc, id`, accountID)
	if err != nil {
		return nil, fmt.Errorf("listing the identities of %s: %w", accountID, err)
	}
	return list, nil
}

// RemoveIdentity takes an identity from an account, ends the account's sessions
// and tells its owner by email. The last lead who can sign in keeps theirs: ErrLastLead.
func (s *Store) RemoveIdentity(ctx context.Context, by By, accountID, id string) error {
	err := s.change(ctx, by, "identity.remove", accountID, func(tx pgx.Tx, _ Account) error {
		if uuid.Validate(id) != nil {
			return fault.NotFound
		}
		tag, err := tx.Exec(ctx, `delete from staff_identity where id = $1 and account_id = $2`, id, accountID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return fault.NotFound
		}
		if _, err = tx.Exec(ctx, `update staff_account set epoch = epoch + 1 where id = $1`, accountID); err != nil {
			return err
		}
		return s.Outbox.Enqueue(ctx, tx, mail.StaffIdentityRemoved, accountID)
	})
	if err != nil {
		return fmt.Errorf("removing an identity of %s: %w", accountID, err)
	}
	return nil
}

// SignInByProvider begins a session of the account that a person of the
// provider is, both factors proved. Who has none gets one where a claim gives
// them a role and nobody has their address; an email address never finds an
// account. Whoever is not let in gets a Refusal, which is recorded.
func (s *Store) SignInByProvider(ctx context.Context, by By, p Person) (Session, error) {
	return s.byProvider(ctx, by, p, func(tx pgx.Tx) (Account, error) {
		account, err := s.ofPerson(ctx, tx, p)
		if isNotFound(err) {
			return s.join(ctx, tx, p)
		}
		return account, err
	})
}

// UseLinkByProvider uses a one-time link up: the person of the provider is its
// account from now on, and is signed in. An account that has a second factor is
// not linked so, for whoever reads its mail could go round it. A link that was
// used or has ended is a Gone fault; another account's identity and other
// reasons are a Refusal, which is recorded.
func (s *Store) UseLinkByProvider(ctx context.Context, by By, linkID string, p Person) (Session, error) {
	return s.byProvider(ctx, by, p, func(tx pgx.Tx) (Account, error) {
		account, err := s.ofLink(ctx, tx, linkID)
		if err != nil {
			return Account{}, err
		}
		if account.HasSecondFactor() {
			return account, HasFactor
		}
		if err := s.addIdentity(ctx, tx, account.ID, p); err != nil {
			return account, err
		}
		if err := endLinks(ctx, tx, account.ID, s.Now()); err != nil {
			return account, err
		}
		by.ActorID = account.ID
		for _, action := range []string{"link.use", "identity.add"} {
			if err := record(ctx, tx, by, action, account.ID, audit.Done); err != nil {
				return account, err
			}
		}
		return account, nil
	})
}

// byProvider signs in the account that find finds, in one transaction.
func (s *Store) byProvider(ctx context.Context, by By, p Person, find func(tx pgx.Tx) (Account, error)) (Session, error) {
	var session Session
	var account Account
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := lockLeads(ctx, tx); err != nil {
			return err
		}
		var err error
		if account, err = find(tx); err != nil {
			return err
		}
		if account.Disabled() {
			return IsDisabled
		}
		if err := s.takeRole(ctx, tx, by, account, p); err != nil {
			return err
		}
		session, err = s.beginByProvider(ctx, tx, by, account)
		return err
	})
	if why, refused := asRefusal(err); refused {
		if err := s.refusedFor(ctx, by, account.ID, why); err != nil {
			return Session{}, err
		}
	}
	if err != nil {
		return Session{}, fmt.Errorf("signing in by the provider: %w", err)
	}
	return session, nil
}

// ofPerson gives the account that a person of the provider is, locks it, and
// notes that it was used; a NotFound fault without one.
func (s *Store) ofPerson(ctx context.Context, tx pgx.Tx, p Person) (Account, error) {
	var id string
	err := tx.QueryRow(ctx, `
		update staff_identity set last_at = $3 where issuer = $1 and subject = $2 returning account_id::text`,
		p.Issuer, p.Subject, s.Now()).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Account{}, fault.NotFound
	}
	if err != nil {
		return Account{}, err
	}
	return lockAccount(ctx, tx, id)
}

// join makes the account of somebody to whom a claim gives a role. An address
// that has an account is not theirs by saying so.
func (s *Store) join(ctx context.Context, tx pgx.Tx, p Person) (Account, error) {
	n := NewAccount{Email: p.Email, Name: p.Name, Role: p.Role}.Clean()
	if n.Name == "" {
		n.Name = n.Email
	}
	if !p.RoleFromClaim || !p.EmailVerified || n.Validate().Any() {
		return Account{}, NoAccount
	}
	var id string
	err := tx.QueryRow(ctx, `
		insert into staff_account (email, name, role, created_at) values ($1, $2, $3, $4)
		on conflict (email) do nothing returning id::text`, n.Email, n.Name, n.Role, s.Now()).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Account{}, NoAccount
	}
	if err != nil {
		return Account{}, err
	}
	if err := s.addIdentity(ctx, tx, id, p); err != nil {
		return Account{}, err
	}
	for _, action := range []string{"staff.add", "identity.add"} {
		if err := record(ctx, tx, By{}, action, id, audit.Done); err != nil {
			return Account{}, err
		}
	}
	return one(ctx, tx, selectAccount+`where id = $1`, id)
}

// addIdentity gives an account an identity, and tells its owner by email. One
// that it has is fine; one that another account has is the refusal SomebodyElse.
func (s *Store) addIdentity(ctx context.Context, tx pgx.Tx, accountID string, p Person) error {
	var owner string
	var added bool
	err := tx.QueryRow(ctx, `
		insert into staff_identity (account_id, issuer, subject, added_at, last_at) values ($1, $2, $3, $4, $4)
		on conflict (issuer, subject) do update set last_at = excluded.last_at returning account_id::text, xmax = 0`,
		accountID, p.Issuer, p.Subject, s.Now()).Scan(&owner, &added)
	if err == nil && owner != accountID {
		return SomebodyElse
	}
	if err != nil || !added {
		return err
	}
	return s.Outbox.Enqueue(ctx, tx, mail.StaffIdentityAdded, accountID)
}

// takeRole gives an account the role that a claim gives its owner. Without a
// role they are not let in; the last lead who can sign in stays one.
func (s *Store) takeRole(ctx context.Context, tx pgx.Tx, by By, account Account, p Person) error {
	if !p.RoleFromClaim || p.Role == account.Role {
		return nil
	}
	if !p.Role.Known() {
		return NoRole
	}
	outcome := audit.Done
	before, err := countLeads(ctx, tx, s.Ways)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update staff_account set role = $2 where id = $1`, account.ID, p.Role); err != nil {
		return err
	}
	after, err := countLeads(ctx, tx, s.Ways)
	if err != nil {
		return err
	}
	if before > 0 && after == 0 {
		outcome = audit.Refused
		if _, err := tx.Exec(ctx, `update staff_account set role = $2 where id = $1`, account.ID, account.Role); err != nil {
			return err
		}
	}
	return audit.Record(ctx, tx, audit.Entry{
		ActorKind: audit.System, Action: "staff.role", SubjectKind: "staff", SubjectID: account.ID,
		Outcome: outcome, RequestID: by.RequestID, Detail: string(account.Role) + ">" + string(p.Role),
	})
}

// beginByProvider makes a session whose holder is signed in.
func (s *Store) beginByProvider(ctx context.Context, tx pgx.Tx, by By, account Account) (Session, error) {
	var id string
	err := tx.QueryRow(ctx, `
		insert into staff_session (account_id, epoch, means, started_at, last_used_at, proved_at, device, network)
		values ($1, $2, $3, $4, $4, $4, $5, $6) returning id::text`,
		account.ID, account.Epoch, ByProvider, s.Now(), by.Device, shortened(by.Address)).Scan(&id)
	if err != nil {
		return Session{}, fmt.Errorf("beginning a session of %s: %w", account.ID, err)
	}
	if err := s.signedIn(ctx, tx, account.ID); err != nil {
		return Session{}, err
	}
	by.ActorID = account.ID
	if err := record(ctx, tx, by, "session.start", account.ID, audit.Done); err != nil {
		return Session{}, err
	}
	return s.session(ctx, tx, id)
}

// ConfirmByProvider notes that the holder of a session has shown again, at the
// provider, who they are. Anybody else is a Refusal, which is recorded.
func (s *Store) ConfirmByProvider(ctx context.Context, by By, session Session, p Person) (Session, error) {
	return s.again(ctx, by, session, func(tx pgx.Tx) (Session, error) {
		account, err := s.ofPerson(ctx, tx, p)
		if isNotFound(err) || (err == nil && account.ID != session.Account.ID) {
			return Session{}, SomebodyElse
		}
		if err != nil {
			return Session{}, err
		}
		return s.prove(ctx, tx, by, session, ByProvider)
	})
}

// AddIdentity lets the holder of a session sign in by the provider from now on.
// Another account's identity is a Refusal, which is recorded.
func (s *Store) AddIdentity(ctx context.Context, by By, session Session, p Person) error {
	_, err := s.again(ctx, by, session, func(tx pgx.Tx) (Session, error) {
		if err := s.addIdentity(ctx, tx, session.Account.ID, p); err != nil {
			return Session{}, err
		}
		by.ActorID = session.Account.ID
		return session, record(ctx, tx, by, "identity.add", session.Account.ID, audit.Done)
	})
	return err
}

// again does what a person who is signed in went to the provider for.
func (s *Store) again(ctx context.Context, by By, session Session, fn func(tx pgx.Tx) (Session, error)) (Session, error) {
	var after Session
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		after, err = fn(tx)
		return err
	})
	if why, refused := asRefusal(err); refused {
		if err := s.refusedFor(ctx, by, session.Account.ID, why); err != nil {
			return Session{}, err
		}
	}
	if err != nil {
		return Session{}, fmt.Errorf("coming back from the provider in session %s: %w", session.ID, err)
	}
	return after, nil
}

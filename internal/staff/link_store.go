package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// MintLink makes a one-time link to an account for a mail and gives its token,
// which is kept hashed only. Each attempt at sending may have its own.
func (s *Store) MintLink(ctx context.Context, accountID string, purpose Purpose) (string, error) {
	account, err := s.ByID(ctx, accountID)
	if err != nil {
		return "", err
	}
	return s.mint(ctx, By{}, account, purpose)
}

// NewLink makes a one-time link that a lead or the command line hands over, and
// gives its token: an invitation while the account has no password, else a new start. A disabled
// account gets none: a Conflict fault.
func (s *Store) NewLink(ctx context.Context, by By, accountID string) (string, Purpose, error) {
	account, err := s.ByID(ctx, accountID)
	if err != nil {
		return "", "", err
	}
	purpose := Reset
	if !account.HasPassword {
		purpose = Invite
	}
	token, err := s.mint(ctx, by, account, purpose)
	return token, purpose, err
}

func (s *Store) mint(ctx context.Context, by By, account Account, purpose Purpose) (string, error) {
	if account.Disabled() {
		return "", fmt.Errorf("making a link for disabled account %s: %w", account.ID, fault.Conflict)
	}
	token := rand.Text()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := insertLink(ctx, tx, token, purpose, &account.ID, s.Now()); err != nil {
			return err
		}
		return record(ctx, tx, by, "link.make", account.ID, audit.Done)
	})
	if err != nil {
		return "", fmt.Errorf("making a link for account %s: %w", account.ID, err)
	}
	return token, nil
}

func insertLink(ctx context.Context, tx pgx.Tx, token string, purpose Purpose, accountID *string, now time.Time) error {
	_, err := tx.Exec(ctx, `
		insert into staff_link (token_hash, purpose, account_id, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
		hashOf(token), purpose, accountID, now, now.Add(purpose.Lasts()))
	return err
}

// FirstLeadLink makes the link by which the first lead comes in, and makes
// older ones void. Where a lead can sign in already it makes none: "".
func (s *Store) FirstLeadLink(ctx context.Context) (string, error) {
	token := ""
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := lockLeads(ctx, tx); err != nil {
			return err
		}
		leads, err := countLeads(ctx, tx, s.Ways)
		if err != nil || leads > 0 {
			return err
		}
		if err := endFirstLeadLinks(ctx, tx, s.Now()); err != nil {
			return err
		}
		token = rand.Text()
		if err := insertLink(ctx, tx, token, FirstLead, nil, s.Now()); err != nil {
			return err
		}
		return record(ctx, tx, By{}, "link.make", "", audit.Done)
	})
	if err != nil {
		return "", fmt.Errorf("making a link for a first lead: %w", err)
	}
	return token, nil
}

// Link looks at a link and changes nothing. A link that was used, ended or
// never was is a Gone fault.
func (s *Store) Link(ctx context.Context, token string) (Link, error) {
	link, err := s.readLink(ctx, s.DB, token)
	if err != nil {
		return Link{}, fmt.Errorf("looking at a link: %w", err)
	}
	return link, nil
}

// UseLink uses a link up and sets the password of its account, or makes the
// first lead's account, in one transaction. It ends the account's sessions and
// its other links, and begins a session for which the second factor is still to
// be proved or set up. A link that was used, ended or never was is a Gone fault.
func (s *Store) UseLink(ctx context.Context, by By, token string, c Credentials) (Session, error) {
	link, err := s.Link(ctx, token)
	if err != nil {
		return Session{}, err
	}
	if c.Validate(link).Any() {
		return Session{}, fmt.Errorf("using a link: %w", fault.Invalid)
	}
	hash, err := hashing.hash(ctx, c.Password)
	if err != nil {
		return Session{}, err
	}
	var session Session
	err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		account, err := s.useUp(ctx, tx, token, c, hash)
		if err != nil {
			return err
		}
		if session, err = s.begin(ctx, tx, by, account); err != nil {
			return err
		}
		by.ActorID = account.ID
		for _, action := range []string{"link.use", "password.set"} {
			if err := record(ctx, tx, by, action, account.ID, audit.Done); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Session{}, fmt.Errorf("using a link: %w", err)
	}
	return session, nil
}

// useUp looks at the link again, one press at a time, so that of two one wins.
func (s *Store) useUp(ctx context.Context, tx pgx.Tx, token string, c Credentials, hash string) (Account, error) {
	if err := lockLeads(ctx, tx); err != nil {
		return Account{}, err
	}
	link, err := s.readLink(ctx, tx, token)
	if err != nil {
		return Account{}, err
	}
	if _, err := tx.Exec(ctx, `update staff_link set ended_at = $2 where token_hash = $1`, hashOf(token), s.Now()); err != nil {
		return Account{}, err
	}
	id := link.Account.ID
	if link.Purpose == FirstLead {
		if id, err = s.makeFirstLead(ctx, tx, c); err != nil {
			return Account{}, err
		}
	}
	if link.Account.HasPassword {
		if err := s.Outbox.Enqueue(ctx, tx, mail.StaffPasswordSet, id); err != nil {
			return Account{}, err
		}
	}
	return s.setPassword(ctx, tx, id, hash)
}

// makeFirstLead makes a lead's account, or makes the one with that address a
// lead's and lets it be used again: whoever reads what the server prints at
// its start is trusted with all of it.
func (s *Store) makeFirstLead(ctx context.Context, tx pgx.Tx, c Credentials) (string, error) {
	var id string
	err := tx.QueryRow(ctx, `
		insert into staff_account (email, name, role, created_at) values ($1, $2, $3, $4)
		on conflict (email) do update set name = excluded.name, role = excluded.role, disabled_at = null
		returning id::text`, NormalEmail(c.Email), validate.Line(c.Name), Lead, s.Now()).Scan(&id)
	if err != nil {
		return "", err
	}
	if err := endFirstLeadLinks(ctx, tx, s.Now()); err != nil {
		return "", err
	}
	return id, record(ctx, tx, By{}, "staff.add", id, audit.Done)
}

// readLink reads a link that may be used now. A first-lead link may be used
// only while no lead can sign in; one to an account only while it is in use.
func (s *Store) readLink(ctx context.Context, db postgres.DB, token string) (Link, error) {
	var link Link
	var accountID *string
	err := db.QueryRow(ctx, `
		select l.purpose, l.account_id::text, l.expires_at from staff_link l
		where l.token_hash = $1 and l.ended_at is null and l.expires_at > $2`,
		hashOf(token), s.Now()).Scan(&link.Purpose, &accountID, &link.ExpiresAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return Link{}, fault.Gone
	}
	if err != nil {
		return Link{}, err
	}
	if accountID == nil {
		leads, err := countLeads(ctx, db, s.Ways)
		if err == nil && leads > 0 {
			err = fault.Gone
		}
		return link, err
	}
	link.Account, err = one(ctx, db, selectAccount+`where id = $1`, *accountID)
	if err == nil && link.Account.Disabled() {
		err = fault.Gone
	}
	return link, err
}

// RequestReset sends the owner of an address a mail with a new link, where
// there is such an account in use. The answer is the same where there is none.
// Asking too often is a *fault.WaitError of kind Limited.
func (s *Store) RequestReset(ctx context.Context, by By, email string) error {
	email = NormalEmail(email)
	source, err := s.source(ctx, by)
	if err != nil {
		return err
	}
	// However often somebody else asks: each time the owner gets a link.
	err = s.attempts().Reserve(ctx, attempt.NewCounter(resetLimit, "reset", email), attempt.NewCounter(resetAddressLimit, "reset-source", source))
	if err != nil {
		return err
	}
	account, err := s.ByEmail(ctx, email)
	// Who signs in at the provider alone has no password to set: a mailbox is no
	// way round the second factor there.
	if isNotFound(err) || (err == nil && (account.Disabled() || account.HasIdentity && !account.HasPassword)) {
		return s.refused(ctx, by, "link.ask", account.ID)
	}
	if err != nil {
		return err
	}
	err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := s.Outbox.Enqueue(ctx, tx, mail.StaffReset, account.ID); err != nil {
			return err
		}
		return record(ctx, tx, by, "link.ask", account.ID, audit.Done)
	})
	if err != nil {
		return fmt.Errorf("asking for a link to account %s: %w", account.ID, err)
	}
	return nil
}

// endLinks makes every open link of an account void.
func endLinks(ctx context.Context, tx pgx.Tx, accountID string, now time.Time) error {
	_, err := tx.Exec(ctx, `
		update staff_link set ended_at = $2 where account_id = $1 and ended_at is null`, accountID, now)
	if err != nil {
		return fmt.Errorf("ending the links of %s: %w", accountID, err)
	}
	return nil
}

func endFirstLeadLinks(ctx context.Context, tx pgx.Tx, now time.Time) error {
	_, err := tx.Exec(ctx, `
		update staff_link set ended_at = $1 where purpose = 'first-lead' and ended_at is null`, now)
	if err != nil {
		return fmt.Errorf("ending first-lead links: %w", err)
	}
	return nil
}

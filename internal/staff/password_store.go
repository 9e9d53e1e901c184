package staff

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// SignIn checks an email address and a password and begins a session, for which
// the second factor is still to be proved. A pair that does not belong
// together is ErrWrong, and so is an account without a password or a disabled
// one; too many tries are a *fault.WaitError of kind Limited. The answer takes
// as long whether or not there is such an account.
func (s *Store) SignIn(ctx context.Context, by By, email, password string) (Session, error) {
	account, err := s.ByEmail(ctx, email)
	if err != nil && !isNotFound(err) {
		return Session{}, err
	}
	by.ActorID = account.ID
	var session Session
	err = s.verify(ctx, by, account, NormalEmail(email), password, "password.check", func(tx pgx.Tx) error {
		session, err = s.begin(ctx, tx, by, account)
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("signing in: %w", err)
	}
	return session, nil
}

// EndSessions ends every session of an account at its next request.
func (s *Store) EndSessions(ctx context.Context, by By, id string) error {
	if uuid.Validate(id) != nil {
		return fmt.Errorf("account of a malformed id: %w", fault.NotFound)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update staff_account set epoch = epoch + 1 where id = $1`, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return fault.NotFound
		}
		return record(ctx, tx, by, "session.end-all", id, audit.Done)
	})
	if err != nil {
		return fmt.Errorf("ending the sessions of %s: %w", id, err)
	}
	return nil
}

// ChangePassword replaces the signed-in person's own password and ends their
// other sessions. A current password that is wrong is ErrWrong, and counts as
// an attempt to sign in.
func (s *Store) ChangePassword(ctx context.Context, by By, session Session, current, next string) error {
	account := session.Account
	if CheckPassword(next, account.Name, account.Email) != "" {
		return fmt.Errorf("changing the password of %s: %w", account.ID, fault.Invalid)
	}
	hash, err := hashing.hash(ctx, next)
	if err != nil {
		return err
	}
	err = s.verify(ctx, by, account, account.Email, current, "password.set", func(tx pgx.Tx) error {
		after, err := s.setPassword(ctx, tx, account.ID, hash)
		if err != nil {
			return err
		}
		if err := s.Outbox.Enqueue(ctx, tx, mail.StaffPasswordSet, account.ID); err != nil {
			return err
		}
		return keepSession(ctx, tx, session.ID, after.Epoch)
	})
	if err != nil {
		return fmt.Errorf("changing the password of %s: %w", account.ID, err)
	}
	return nil
}

// keepSession lets one session go on under its account's new epoch.
func keepSession(ctx context.Context, tx pgx.Tx, id string, epoch int) error {
	if _, err := tx.Exec(ctx, `update staff_session set epoch = $2 where id = $1`, id, epoch); err != nil {
		return fmt.Errorf("keeping session %s: %w", id, err)
	}
	return nil
}

// verify checks an account's password within the limits and, when it is right,
// runs what follows in one transaction with the audit row. An account without
// an id stands for nobody's.
func (s *Store) verify(ctx context.Context, by By, account Account, email, password, action string, then func(tx pgx.Tx) error) error {
	hash, device := "", ""
	if account.CanSignIn() {
		var err error
		if hash, err = s.passwordHash(ctx, account.ID); err != nil {
			return err
		}
		if device, err = s.device(ctx, by, account.ID); err != nil {
			return err
		}
	}
	counted := counters("password", email, by.Address, device)
	if err := s.attempts().Reserve(ctx, counted...); err != nil {
		return err
	}
	right, err := hashing.matches(ctx, hash, password)
	if err != nil {
		return err
	}
	if !right {
		if err := s.refused(ctx, by, action, account.ID); err != nil {
			return err
		}
		return ErrWrong
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// What was read before the hash was made may have changed since: a
		// password that was just replaced, an account that was just disabled.
		now, err := lockAccount(ctx, tx, account.ID)
		if err != nil {
			return err
		}
		if now.Epoch != account.Epoch || !now.CanSignIn() {
			return ErrWrong
		}
		if err := attempt.Settle(ctx, tx, counted...); err != nil {
			return err
		}
		if err := then(tx); err != nil {
			return err
		}
		return record(ctx, tx, by, action, account.ID, audit.Done)
	})
}

// refused records an attempt that failed. Whoever made it is nobody until they
// have signed in.
func (s *Store) refused(ctx context.Context, by By, action, accountID string) error {
	return audit.Record(ctx, s.DB, audit.Entry{
		ActorKind: audit.Nobody, Action: action, SubjectKind: "staff", SubjectID: accountID,
		Outcome: audit.Refused, RequestID: by.RequestID,
	})
}

func (s *Store) passwordHash(ctx context.Context, id string) (string, error) {
	var hash string
	err := s.DB.QueryRow(ctx, `select coalesce(password_hash, '') from staff_account where id = $1`, id).Scan(&hash)
	if err != nil {
		return "", fmt.Errorf("reading the password of %s: %w", id, err)
	}
	return hash, nil
}

// setPassword stores a new hash, ends sessions and links that the old one
// stood for, and gives the account as it is now.
func (s *Store) setPassword(ctx context.Context, tx pgx.Tx, id, hash string) (Account, error) {
	_, err := tx.Exec(ctx, `
		update staff_account set password_hash = $2, epoch = epoch + 1 where id = $1`, id, hash)
	if err != nil {
		return Account{}, fmt.Errorf("setting the password of %s: %w", id, err)
	}
	if err := endLinks(ctx, tx, id, s.Now()); err != nil {
		return Account{}, err
	}
	return one(ctx, tx, selectAccount+`where id = $1`, id)
}

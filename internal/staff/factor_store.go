package staff

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// appPurpose is what the secrets of apps are sealed for.
const appPurpose = "app for codes"

// NewSecret gives the secret that a session offers an app for codes: the same
// until it is confirmed, so that the page and its picture agree.
func (s *Store) NewSecret(ctx context.Context, session Session) (AppSecret, error) {
	var secret AppSecret
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		if secret, err = s.offered(ctx, tx, session); err == nil || !isNotFound(err) {
			return err
		}
		secret = newAppSecret()
		sealed, err := s.seal(appPurpose, session.Account.ID, []byte(secret))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update staff_session set new_secret = $2 where id = $1 and ended_at is null`, session.ID, sealed)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("making a secret for session %s: %w", session.ID, err)
	}
	return secret, nil
}

// offered is the secret that a session offers; a NotFound fault where it offers none.
func (s *Store) offered(ctx context.Context, tx pgx.Tx, session Session) (AppSecret, error) {
	var sealed []byte
	err := tx.QueryRow(ctx, `
		select new_secret from staff_session where id = $1 and ended_at is null for update`, session.ID).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && sealed == nil) {
		return "", fault.NotFound
	}
	if err != nil {
		return "", err
	}
	plain, _, err := s.open(appPurpose, session.Account.ID, sealed)
	return AppSecret(plain), err
}

// ConfirmApp takes the app for codes whose secret the session offers, once a
// code shows that the app has it, in place of one that was there. It proves the
// session, ends the person's others, and gives new recovery codes, which are
// kept hashed only. A wrong code is ErrWrongCode. Who has proved the password
// alone may add a first second factor and no other: a Conflict fault.
func (s *Store) ConfirmApp(ctx context.Context, by By, session Session, code string) (Session, []string, error) {
	var codes []string
	after, err := s.try(ctx, by, session, ErrWrongCode, func(tx pgx.Tx) (Session, error) {
		secret, err := s.offered(ctx, tx, session)
		if err != nil {
			return Session{}, err
		}
		step, right := secret.stepThat(NormalCode(code), s.Now(), 0)
		if !right {
			return Session{}, ErrWrongCode
		}
		if err := s.putApp(ctx, tx, session, secret, step); err != nil {
			return Session{}, err
		}
		codes, err = s.added(ctx, tx, by, session, true)
		if err != nil {
			return Session{}, err
		}
		return s.prove(ctx, tx, by, session, ByCode)
	})
	if err != nil {
		return Session{}, nil, fmt.Errorf("adding an app for codes: %w", err)
	}
	return after, codes, nil
}

func (s *Store) putApp(ctx context.Context, tx pgx.Tx, session Session, secret AppSecret, step int64) error {
	sealed, err := s.seal(appPurpose, session.Account.ID, []byte(secret))
	if err != nil {
		return err
	}
	if err := s.mayAdd(ctx, tx, session); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into staff_app (account_id, secret, last_step, confirmed_at) values ($1, $2, $3, $4)
		on conflict (account_id) do update set secret = excluded.secret, last_step = excluded.last_step, confirmed_at = excluded.confirmed_at`,
		session.Account.ID, sealed, step, s.Now())
	return err
}

// mayAdd keeps whoever knows the password alone from adding a second factor
// beside one that is there. It locks the account, so that of two sessions one
// adds the first.
func (s *Store) mayAdd(ctx context.Context, tx pgx.Tx, session Session) error {
	now, err := lockAccount(ctx, tx, session.Account.ID)
	if err != nil {
		return err
	}
	if !session.Complete() && now.HasSecondFactor() {
		return fmt.Errorf("account %s has a second factor: %w", now.ID, fault.Conflict)
	}
	return nil
}

// added is what follows a new second factor: an end of the other sessions, a
// mail, and new recovery codes where they are wanted.
func (s *Store) added(ctx context.Context, tx pgx.Tx, by By, session Session, renew bool) (codes []string, err error) {
	if renew {
		if codes, err = s.replaceCodes(ctx, tx, session.Account.ID); err != nil {
			return nil, err
		}
	}
	if err := s.endOthers(ctx, tx, session); err != nil {
		return nil, err
	}
	if err := s.Outbox.Enqueue(ctx, tx, mail.StaffFactorAdded, session.Account.ID); err != nil {
		return nil, err
	}
	by.ActorID = session.Account.ID
	return codes, record(ctx, tx, by, "factor.add", session.Account.ID, audit.Done)
}

// endOthers ends every session of an account but one.
func (s *Store) endOthers(ctx context.Context, tx pgx.Tx, session Session) error {
	var epoch int
	err := tx.QueryRow(ctx, `update staff_account set epoch = epoch + 1 where id = $1 returning epoch`, session.Account.ID).Scan(&epoch)
	if err != nil {
		return err
	}
	return keepSession(ctx, tx, session.ID, epoch)
}

func (s *Store) replaceCodes(ctx context.Context, tx pgx.Tx, accountID string) ([]string, error) {
	if _, err := tx.Exec(ctx, `delete from staff_recovery_code where account_id = $1`, accountID); err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	for _, code := range codes {
		_, err := tx.Exec(ctx, `
			insert into staff_recovery_code (account_id, hash, made_at) values ($1, $2, $3)`, accountID, recoveryHash(accountID, code), s.Now())
		if err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// NewRecoveryCodes makes new recovery codes in place of the old.
func (s *Store) NewRecoveryCodes(ctx context.Context, by By, session Session) ([]string, error) {
	var codes []string
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		if codes, err = s.replaceCodes(ctx, tx, session.Account.ID); err != nil {
			return err
		}
		return record(ctx, tx, by, "factor.codes", session.Account.ID, audit.Done)
	})
	if err != nil {
		return nil, fmt.Errorf("making recovery codes for %s: %w", session.Account.ID, err)
	}
	return codes, nil
}

// UseCode proves a session with a code of the person's app. A code works once;
// one that is wrong or was used is ErrWrongCode, and too many tries are a
// *fault.WaitError of kind Limited.
func (s *Store) UseCode(ctx context.Context, by By, session Session, code string) (Session, error) {
	after, err := s.try(ctx, by, session, ErrWrongCode, func(tx pgx.Tx) (Session, error) {
		var sealed []byte
		var last int64
		err := tx.QueryRow(ctx, `
			select secret, last_step from staff_app where account_id = $1 for update`, session.Account.ID).Scan(&sealed, &last)
		if errors.Is(err, pgx.ErrNoRows) {
			return Session{}, ErrWrongCode
		}
		if err != nil {
			return Session{}, err
		}
		secret, _, err := s.open(appPurpose, session.Account.ID, sealed)
		if err != nil {
			return Session{}, err
		}
		step, right := AppSecret(secret).stepThat(NormalCode(code), s.Now(), last)
		if !right {
			return Session{}, ErrWrongCode
		}
		if _, err := tx.Exec(ctx, `update staff_app set last_step = $2 where account_id = $1`, session.Account.ID, step); err != nil {
			return Session{}, err
		}
		return s.prove(ctx, tx, by, session, ByCode)
	})
	if err != nil {
		return Session{}, fmt.Errorf("using a code: %w", err)
	}
	return after, nil
}

// UseRecoveryCode proves a session with a recovery code, which is used up, and
// tells the person by mail. A wrong one is ErrWrongCode.
func (s *Store) UseRecoveryCode(ctx context.Context, by By, session Session, code string) (Session, error) {
	after, err := s.try(ctx, by, session, ErrWrongCode, func(tx pgx.Tx) (Session, error) {
		tag, err := tx.Exec(ctx, `
			update staff_recovery_code set used_at = $3 where account_id = $1 and hash = $2 and used_at is null`,
			session.Account.ID, recoveryHash(session.Account.ID, code), s.Now())
		if err != nil {
			return Session{}, err
		}
		if tag.RowsAffected() == 0 {
			return Session{}, ErrWrongCode
		}
		if err := s.Outbox.Enqueue(ctx, tx, mail.StaffRecoveryUsed, session.Account.ID); err != nil {
			return Session{}, err
		}
		return s.prove(ctx, tx, by, session, ByRecovery)
	})
	if err != nil {
		return Session{}, fmt.Errorf("using a recovery code: %w", err)
	}
	return after, nil
}

// try lets somebody try a second factor within the limits: they are those of
// passwords, counted apart. What is wrong is undone and recorded.
func (s *Store) try(ctx context.Context, by By, session Session, wrong error, then func(tx pgx.Tx) (Session, error)) (Session, error) {
	device, err := s.device(ctx, by, session.Account.ID)
	if err != nil {
		return Session{}, err
	}
	counted := counters("code", session.Account.ID, by.Address, device)
	if err := s.attempts().Reserve(ctx, counted...); err != nil {
		return Session{}, err
	}
	var after Session
	err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if after, err = then(tx); err != nil {
			return err
		}
		return attempt.Settle(ctx, tx, counted...)
	})
	if errors.Is(err, wrong) {
		if err := s.refused(ctx, by, "factor.check", session.Account.ID); err != nil {
			return Session{}, err
		}
	}
	return after, err
}

// Confirm proves a session again, with the password and a code. A wrong
// password is ErrWrong, a wrong code ErrWrongCode.
func (s *Store) Confirm(ctx context.Context, by By, session Session, password, code string) (Session, error) {
	account := session.Account
	err := s.verify(ctx, by, account, account.Email, password, "password.check", func(pgx.Tx) error { return nil })
	if err != nil {
		return Session{}, fmt.Errorf("confirming session %s: %w", session.ID, err)
	}
	return s.UseCode(ctx, by, session, code)
}

// ResetSecondFactor takes every second factor of an account away, ends its
// sessions, and tells its owner by mail. They set a new one up when they sign
// in with their password.
func (s *Store) ResetSecondFactor(ctx context.Context, by By, id string) error {
	err := s.change(ctx, by, "factor.reset", id, func(tx pgx.Tx, before Account) error {
		for _, query := range []string{
			`delete from staff_app where account_id = $1`,
			`delete from staff_passkey where account_id = $1`,
			`delete from staff_recovery_code where account_id = $1`,
			`update staff_account set epoch = epoch + 1 where id = $1`,
		} {
			if _, err := tx.Exec(ctx, query, id); err != nil {
				return err
			}
		}
		return s.Outbox.Enqueue(ctx, tx, mail.StaffFactorReset, id)
	})
	if err != nil {
		return fmt.Errorf("resetting the second factor of %s: %w", id, err)
	}
	return nil
}

// Reseal encrypts with the newest secret what older ones encrypted, so that
// they can be taken away, and says how many secrets of apps no secret opens.
func (s *Store) Reseal(ctx context.Context) (lost int, err error) {
	err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		apps, err := postgres.List[struct {
			AccountID string
			Secret    []byte
		}](ctx, tx, `select account_id::text, secret from staff_app order by account_id for update`)
		if err != nil {
			return err
		}
		for _, app := range apps {
			plain, newest, err := s.open(appPurpose, app.AccountID, app.Secret)
			if errors.Is(err, errSealed) {
				lost++
				continue
			}
			if err != nil {
				return err
			}
			if newest {
				continue
			}
			sealed, err := s.seal(appPurpose, app.AccountID, plain)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `update staff_app set secret = $2 where account_id = $1`, app.AccountID, sealed); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("encrypting second factors again: %w", err)
	}
	return lost, nil
}

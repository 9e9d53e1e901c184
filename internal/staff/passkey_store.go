package staff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// ListPasskeys gives an account's passkeys, the oldest first.
func (s *Store) ListPasskeys(ctx context.Context, accountID string) ([]Passkey, error) {
	list, err := postgres.List[Passkey](ctx, s.DB, selectPasskey+`where account_id = $1 order by created_at, id`, accountID)
	if err != nil {
		return nil, fmt.Errorf("listing the passkeys of %s: %w", accountID, err)
	}
	return list, nil
}

const selectPasskey = `select id::text, name, created_at, last_used_at, suspect_at from staff_passkey `

// PasskeyOf gives one passkey of an account; a NotFound fault for any other.
func (s *Store) PasskeyOf(ctx context.Context, accountID, id string) (Passkey, error) {
	if uuid.Validate(id) != nil {
		return Passkey{}, fmt.Errorf("passkey of a malformed id: %w", fault.NotFound)
	}
	found, err := postgres.One[Passkey](ctx, s.DB, selectPasskey+`where id = $1 and account_id = $2`, id, accountID)
	if err != nil {
		return Passkey{}, fmt.Errorf("reading passkey %s: %w", id, err)
	}
	return found, nil
}

// OfferPasskey asks the browser of a session to make a passkey.
func (s *Store) OfferPasskey(ctx context.Context, session Session) (Question, error) {
	owner, err := holderOf(ctx, s.DB, session.Account)
	if err != nil {
		return Question{}, err
	}
	options, state, err := s.Party.BeginRegistration(owner, webauthn.WithExclusions(webauthn.Credentials(owner.credentials).CredentialDescriptors()))
	if err != nil {
		return Question{}, fmt.Errorf("offering a passkey to %s: %w", session.Account.ID, err)
	}
	return newQuestion(options.Response, state)
}

// holderOf is an account with its credentials.
func holderOf(ctx context.Context, db postgres.DB, account Account) (holder, error) {
	rows, err := postgres.List[struct{ Credential webauthn.Credential }](ctx, db, `
		select credential from staff_passkey where account_id = $1 order by created_at for update`, account.ID)
	if err != nil {
		return holder{}, fmt.Errorf("reading the passkeys of %s: %w", account.ID, err)
	}
	owner := holder{account: account}
	for _, row := range rows {
		owner.credentials = append(owner.credentials, row.Credential)
	}
	return owner, nil
}

// AddPasskey takes a passkey that the browser made as it was asked, names it
// after the device, and proves the session by it. It gives recovery codes where
// there are none yet. An answer that does not fit is ErrWrongPasskey.
func (s *Store) AddPasskey(ctx context.Context, by By, session Session, state, answer string) (Session, []string, error) {
	var codes []string
	after, err := s.try(ctx, by, session, ErrWrongPasskey, func(tx pgx.Tx) (Session, error) {
		if err := s.mayAdd(ctx, tx, session); err != nil {
			return Session{}, err
		}
		made, err := s.made(ctx, tx, session, state, answer)
		if err != nil {
			return Session{}, err
		}
		_, err = tx.Exec(ctx, `
			insert into staff_passkey (account_id, credential_id, credential, name, created_at) values ($1, $2, $3, $4, $5)`,
			session.Account.ID, made.ID, made, by.Device, s.Now())
		if postgres.IsUnique(err, "") {
			return Session{}, ErrWrongPasskey
		}
		if err != nil {
			return Session{}, err
		}
		if codes, err = s.added(ctx, tx, by, session, session.Account.RecoveryLeft == 0); err != nil {
			return Session{}, err
		}
		return s.prove(ctx, tx, by, session, ByKey)
	})
	if err != nil {
		return Session{}, nil, fmt.Errorf("adding a passkey: %w", err)
	}
	return after, codes, nil
}

// made checks the passkey that a browser made.
func (s *Store) made(ctx context.Context, tx pgx.Tx, session Session, state, answer string) (*webauthn.Credential, error) {
	owner, err := holderOf(ctx, tx, session.Account)
	if err != nil {
		return nil, err
	}
	var asked webauthn.SessionData
	if json.Unmarshal([]byte(state), &asked) != nil {
		return nil, ErrWrongPasskey
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return nil, ErrWrongPasskey
	}
	made, err := s.Party.CreateCredential(owner, asked, parsed)
	if err != nil {
		return nil, ErrWrongPasskey
	}
	return made, nil
}

// SignInByPasskey signs somebody in by a passkey alone, which is both factors.
func (s *Store) SignInByPasskey(ctx context.Context, by By, state, answer string) (Session, error) {
	source, err := s.source(ctx, by)
	if err != nil {
		return Session{}, err
	}
	counted := attempt.NewCounter(addressLimit, "passkey-source", source)
	if err := s.attempts().Reserve(ctx, counted); err != nil {
		return Session{}, err
	}
	var in Session
	err = s.signing(ctx, by, "", func(tx pgx.Tx) error {
		account, err := s.answered(ctx, tx, state, answer)
		if err != nil {
			return err
		}
		begun, err := s.begin(ctx, tx, by, account)
		if err != nil {
			return err
		}
		if in, err = s.prove(ctx, tx, by, begun, ByPasskey); err != nil {
			return err
		}
		return attempt.Settle(ctx, tx, counted)
	})
	if err != nil {
		return Session{}, fmt.Errorf("signing in by a passkey: %w", err)
	}
	return in, nil
}

// UsePasskey proves a session by a passkey of its account: after the password,
// or again.
func (s *Store) UsePasskey(ctx context.Context, by By, session Session, state, answer string) (Session, error) {
	var after Session
	err := s.signing(ctx, by, session.Account.ID, func(tx pgx.Tx) error {
		account, err := s.answered(ctx, tx, state, answer)
		if err != nil {
			return err
		}
		if account.ID != session.Account.ID {
			return ErrWrongPasskey
		}
		after, err = s.prove(ctx, tx, by, session, ByKey)
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("using a passkey: %w", err)
	}
	return after, nil
}

// signing runs what a passkey is used for, and records when it is wrong. What
// is learnt of a copy stays, though nothing else does.
func (s *Store) signing(ctx context.Context, by By, accountID string, use func(tx pgx.Tx) error) error {
	err := postgres.InTx(ctx, s.DB, use)
	var copied *copiedError
	if errors.As(err, &copied) {
		accountID = copied.accountID
		if _, err := s.DB.Exec(ctx, `update staff_passkey set suspect_at = $2 where credential_id = $1`, copied.credentialID, s.Now()); err != nil {
			return fmt.Errorf("marking a passkey: %w", err)
		}
	}
	if errors.Is(err, ErrWrongPasskey) {
		if err := s.refused(ctx, by, "passkey.check", accountID); err != nil {
			return err
		}
	}
	return err
}

// copiedError is a passkey whose signatures count backwards: there may be a copy.
type copiedError struct {
	accountID    string
	credentialID []byte
}

// Error says that the passkey is not to be trusted.
func (e *copiedError) Error() string { return "the passkey may have been copied" }

// Unwrap makes it a wrong passkey for who signs in.
func (e *copiedError) Unwrap() error { return ErrWrongPasskey }

// answered checks a browser's answer to AskPasskey and gives whose passkey it
// is. Two answers by one passkey are looked at one after the other.
func (s *Store) answered(ctx context.Context, tx pgx.Tx, state, answer string) (Account, error) {
	var asked webauthn.SessionData
	if json.Unmarshal([]byte(state), &asked) != nil {
		return Account{}, ErrWrongPasskey
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return Account{}, ErrWrongPasskey
	}
	var owner holder
	_, used, err := s.Party.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		var err error
		owner, err = s.holderOfHandle(ctx, tx, handle)
		return owner, err
	}, asked, parsed)
	if postgres.IsUnavailable(err) {
		return Account{}, err
	}
	if err != nil || !owner.account.CanSignIn() {
		return Account{}, ErrWrongPasskey
	}
	if used.Authenticator.CloneWarning {
		return Account{}, &copiedError{owner.account.ID, used.ID}
	}
	return owner.account, s.keepUse(ctx, tx, used, s.Now())
}

func (s *Store) holderOfHandle(ctx context.Context, tx pgx.Tx, handle []byte) (holder, error) {
	id, err := uuid.FromBytes(handle)
	if err != nil {
		return holder{}, err
	}
	account, err := one(ctx, tx, selectAccount+`where id = $1`, id.String())
	if err != nil {
		return holder{}, err
	}
	return holderOf(ctx, tx, account)
}

// keepUse keeps how often a passkey has signed, and that it did.
func (s *Store) keepUse(ctx context.Context, tx pgx.Tx, used *webauthn.Credential, now time.Time) error {
	_, err := tx.Exec(ctx, `
		update staff_passkey set credential = $2, last_used_at = $3 where credential_id = $1`, used.ID, used, now)
	return err
}

// NamePasskey gives one of the person's own passkeys another name.
func (s *Store) NamePasskey(ctx context.Context, by By, id, name string) error {
	if ValidatePasskeyName(name).Any() {
		return fmt.Errorf("naming passkey %s: %w", id, fault.Invalid)
	}
	return s.changePasskey(ctx, by, id, "passkey.name", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update staff_passkey set name = $2 where id = $1`, id, validate.Line(name))
		return err
	})
}

// RemovePasskey takes one of the person's own passkeys away. Their only second
// factor stays: ErrLastFactor.
func (s *Store) RemovePasskey(ctx context.Context, by By, id string) error {
	return s.changePasskey(ctx, by, id, "passkey.remove", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from staff_passkey where id = $1`, id); err != nil {
			return err
		}
		after, err := one(ctx, tx, selectAccount+`where id = $1`, by.ActorID)
		if err == nil && !after.HasSecondFactor() {
			err = ErrLastFactor
		}
		return err
	})
}

// changePasskey changes one of the person's own passkeys. It locks the account,
// so that of the last two one stays.
func (s *Store) changePasskey(ctx context.Context, by By, id, action string, change func(tx pgx.Tx) error) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := lockAccount(ctx, tx, by.ActorID); err != nil {
			return err
		}
		if _, err := (&Store{DB: tx}).PasskeyOf(ctx, by.ActorID, id); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return record(ctx, tx, by, action, by.ActorID, audit.Done)
	})
	if err != nil {
		return fmt.Errorf("changing passkey %s: %w", id, err)
	}
	return nil
}
